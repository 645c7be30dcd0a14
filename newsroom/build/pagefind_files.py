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
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

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
_VERSION, _PAGES, _PIECES, _FILTERS = range(4)


def index_files(bundle: Mapping[str, bytes]) -> Files:
    """The files of an index alone, out of all that Pagefind made."""
    entry = msgspec.json.decode(bundle[ENTRY])
    told = entry["languages"][LANGUAGE]
    meta = _unpacked(bundle[f"pagefind.{told['hash']}.pf_meta"])
    files = {path: data for path, data in bundle.items() if path.startswith("fragment/")}
    meta[_PIECES] = list(_pieces(meta[_PIECES], bundle, files))
    meta[_FILTERS] = sorted(_filters(meta[_FILTERS], bundle, files))
    return files | _named(meta, entry, told)


def empty_index(bundle: Mapping[str, bytes]) -> Files:
    """The files of an index of nothing, beside which others are laid, with the script and the program."""
    entry = msgspec.json.decode(bundle[ENTRY])
    told = entry["languages"][LANGUAGE] | {"page_count": 0}
    whole = _unpacked(bundle[f"pagefind.{told['hash']}.pf_meta"])
    meta = [whole[_VERSION], *([] for _ in whole[1:])]
    return {name: bundle[name] for name in (SCRIPT, WASM)} | _named(meta, entry, told)


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


def _named(meta: list[Any], entry: dict[str, Any], told: dict[str, Any]) -> Files:
    """What is read first, and the list of pages and pieces that it names."""
    data = _packed(meta)
    name = _name(data)
    languages = {LANGUAGE: told | {"hash": name}}
    first = msgspec.json.encode(entry | {"languages": languages}, order="deterministic")
    return {ENTRY: first, f"pagefind.{name}.pf_meta": data}


def _filters(named: Sequence[Any], bundle: Mapping[str, bytes], files: Files) -> Iterator[list[str]]:
    for name, file in named:
        told, values = _unpacked(bundle[f"filter/{file}.pf_filter"])
        data = _packed([told, sorted(values)])
        files[f"filter/{_name(data)}.pf_filter"] = data
        yield [name, _name(data)]


def _pieces(named: Sequence[Any], bundle: Mapping[str, bytes], files: Files) -> Iterator[list[str]]:
    """The first and the last word of each piece, as far as they are needed, and its name."""
    words = [word for _, _, file in named for word in _unpacked(bundle[f"index/{file}.pf_index"])[0]]
    pieces = list(_cut(words))
    ends = [("", pieces[0][0][0]), *_borders(pieces), (pieces[-1][-1][0], "")] if pieces else []
    for piece, (_, start), (stop, _) in zip(pieces, ends, ends[1:], strict=False):
        data = _packed([piece])
        files[f"index/{_name(data)}.pf_index"] = data
        yield [start, stop, _name(data)]


def _cut(words: Sequence[Any]) -> Iterator[list[Any]]:
    """Words that begin alike stay in one piece: who asks for a beginning shall find all of them."""
    import cbor2

    piece: list[Any] = []
    size = 0
    for word in words:
        if size >= _PIECE and piece[-1][0][:_ALIKE] != word[0][:_ALIKE]:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += len(cbor2.dumps(word))
    if piece:
        yield piece


def _borders(pieces: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str]]:
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

    data = _SIGNATURE + cbor2.dumps(value)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    ending = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return _GZIP + packer.compress(data) + packer.flush() + ending


def _unpacked(data: bytes) -> Any:
    import cbor2

    return cbor2.loads(zlib.decompress(data, wbits=zlib.MAX_WBITS | 16).removeprefix(_SIGNATURE))
