"""Pagefind's files as the site has them: the same bytes from the same texts, in small pieces.

Its filters come in the order of a hash table that is another in each run; here they are
sorted, and what names them is named by its content again. Its pieces of the list of words are of
some twenty kilobytes, and a question needs one for each word in each index: here they are an eighth of
that. Files are CBOR (RFC 8949) after a signature, packed as gzip (RFC 1952).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from newsroom.build.cbor import ARRAY, head
from newsroom.build.pagefind import LANGUAGE

ENTRY = "pagefind-entry.json"
SCRIPT = "pagefind.js"
WASM = f"wasm.{LANGUAGE}.pagefind"
_SIGNATURE = b"pagefind_dcd"
_PIECE = 6_000
"""Bytes of a piece before it is packed to about a third; the more pieces, the longer the list of them."""
_ALIKE = 4
"""Letters that two words begin with together, so that they are not parted."""
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""The head of a packed file that tells neither the hour nor the system."""

_MEANT = [(a.encode(), b.encode()) for a, b in (("\u200b", ""), ("ӗ", "й"), ("Ӗ", "Й"))]

Files = dict[str, bytes]
Pages = list[int]
Packed = tuple[str, bytes]
"""A word, and all that an index has of it as CBOR."""
_VERSION, _PAGES, _PIECES, _FILTERS = range(4)


def index_files(bundle: Mapping[str, bytes]) -> Files:
    """The files of an index alone, out of all that Pagefind made."""
    meta = _meta(bundle)
    files = {path: data for path, data in bundle.items() if path.startswith("fragment/")}
    meta[_PIECES] = list(_pieces(map(_word, index_words(bundle)), files))
    meta[_FILTERS] = list(_filters(index_filters(bundle), files))
    return files | _named(meta, bundle)


def empty_index(bundle: Mapping[str, bytes]) -> Files:
    """The files of an index of nothing, beside which others are laid, with the script and the program."""
    version, *others = _meta(bundle)
    return {name: bundle[name] for name in (SCRIPT, WASM)} | _named([version, *([] for _ in others)], bundle)


def own_index(
    pages: Sequence[str], words: Iterable[Packed], filters: Mapping[str, Mapping[str, Pages]], like: Files
) -> Files:
    """The files of an index that Pagefind did not make, ``like`` one that it did: results have the names of
    ``pages``, and no texts."""
    version, _, _, _, *others = _meta(like)
    files: Files = {}
    named = [list(_pieces(words, files)), list(_filters(filters, files))]
    return files | _named([version, [[page, 1] for page in pages], *named, *([] for _ in others)], like)


def index_words(files: Mapping[str, bytes]) -> Iterator[Any]:
    """All words of an index in their order: the stem, its places on pages, its places spelt with signs."""
    for _, _, name in _meta(files)[_PIECES]:
        yield from _unpacked(files[f"index/{name}.pf_index"])[0]


def index_filters(files: Mapping[str, bytes]) -> dict[str, dict[str, Pages]]:
    """The pages of an index by what they are chosen by."""
    named = _meta(files)[_FILTERS]
    found = [_unpacked(files[f"filter/{name}.pf_filter"]) for _, name in named]
    return {name: dict(values) for name, values in found}


def searched_bytes(data: bytes) -> bytes:
    """What stands in a file of Pagefind, to look for phrases in; the file itself if it is not packed.

    Marks that it sets within words, where they may be parted, are taken out; «ӗ» stands for «й».
    """
    try:
        found = zlib.decompress(data, wbits=zlib.MAX_WBITS | 16)
    except zlib.error:
        return data
    for sign, meant in _MEANT:
        found = found.replace(sign, meant)
    return found


def _meta(files: Mapping[str, bytes]) -> list[Any]:
    """The list of pages and pieces."""
    name = msgspec.json.decode(files[ENTRY])["languages"][LANGUAGE]["hash"]
    meta: list[Any] = _unpacked(files[f"pagefind.{name}.pf_meta"])
    return meta


def _named(meta: list[Any], like: Mapping[str, bytes]) -> Files:
    """What is read first, and the list of pages and pieces that it names."""
    data = _packed(meta)
    name = _name(data)
    entry = msgspec.json.decode(like[ENTRY])
    entry["languages"][LANGUAGE] |= {"hash": name, "page_count": len(meta[_PAGES])}
    return {ENTRY: msgspec.json.encode(entry, order="deterministic"), f"pagefind.{name}.pf_meta": data}


def _filters(filters: Mapping[str, Mapping[str, Pages]], files: Files) -> Iterator[list[str]]:
    for name, values in sorted(filters.items()):
        data = _packed([name, sorted(values.items())])
        files[f"filter/{_name(data)}.pf_filter"] = data
        yield [name, _name(data)]


def _word(word: Any) -> Packed:
    import cbor2

    return word[0], cbor2.dumps(word)


def _pieces(words: Iterable[Packed], files: Files) -> Iterator[list[str]]:
    """The first and the last word of each piece, as far as they are needed, and its name."""
    pieces = list(_cut(words))
    ends = [("", pieces[0][0][0]), *_borders(pieces), (pieces[-1][-1][0], "")] if pieces else []
    for piece, (_, start), (stop, _) in zip(pieces, ends, ends[1:], strict=False):
        told = [each for _, each in piece]
        data = _packed_bytes(b"".join([head(ARRAY, 1), head(ARRAY, len(told)), *told]))
        files[f"index/{_name(data)}.pf_index"] = data
        yield [start, stop, _name(data)]


def _cut(words: Iterable[Packed]) -> Iterator[list[Packed]]:
    """Words that begin alike stay in one piece: who asks for a beginning shall find all of them."""
    piece: list[Packed] = []
    size = 0
    for word in words:
        if size >= _PIECE and piece[-1][0][:_ALIKE] != word[0][:_ALIKE]:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += len(word[1])
    if piece:
        yield piece


def _borders(pieces: Sequence[Sequence[Packed]]) -> Iterator[tuple[str, str]]:
    """Of the words where one piece ends and the next begins: what they share, and a letter more of each."""
    for before, after in pairwise(pieces):
        last, first = before[-1][0], after[0][0]
        same = next((at for at, pair in enumerate(zip(last, first, strict=False)) if len({*pair}) > 1), None)
        length = (min(len(last), len(first)) if same is None else same) + 1
        yield last[:length], first[:length]


def _name(data: bytes) -> str:
    return f"{LANGUAGE}_{hashlib.sha256(data).hexdigest()[:10]}"


def _packed(value: object) -> bytes:
    import cbor2

    return _packed_bytes(cbor2.dumps(value))


def _packed_bytes(data: bytes) -> bytes:
    data = _SIGNATURE + data
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    ending = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return _GZIP + packer.compress(data) + packer.flush() + ending


def _unpacked(data: bytes) -> Any:
    import cbor2

    return cbor2.loads(zlib.decompress(data, wbits=zlib.MAX_WBITS | 16).removeprefix(_SIGNATURE))
