"""A register of indexes: which of them have a word, so that only those are laid which can have an answer.

It is an index too, whose pages are indexes: Pagefind asks it as it asks any other, and reads words to
the same stems. Where in a text a word stands it does not know: a phrase is asked for word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from newsroom.build.cbor import ARRAY, NUMBER, TEXT, head
from newsroom.build.pagefind_files import Files, Pages, index_filters, index_words, own_index


class Contents(Struct, frozen=True):
    """The words of an index, as stems; what its texts are chosen by, and the values of that."""

    words: list[str]
    filters: dict[str, list[str]]


def contents(files: Mapping[str, bytes]) -> Contents:
    """What a register has of an index."""
    words = [word for word, *_ in index_words(files)]
    return Contents(words, {name: sorted(values) for name, values in index_filters(files).items()})


def register_files(indexes: Mapping[str, Contents], like: Files) -> Files:
    """The files of the register of ``indexes`` by their names; ``like`` is any index."""
    stems = _where([each.words for each in indexes.values()])
    steps = [b"\x83%b\x80\x80" % head(NUMBER, step) for step in range(len(indexes))]
    words = ((stem, _word(stem, stems[stem], steps)) for stem in sorted(stems))
    names = sorted({name for each in indexes.values() for name in each.filters})
    filters = {name: _where([each.filters.get(name, []) for each in indexes.values()]) for name in names}
    return own_index(list(indexes), words, filters, like)


def _where(lists: Sequence[Sequence[str]]) -> dict[str, Pages]:
    """The numbers of the lists that have a thing, by things."""
    where: dict[str, Pages] = defaultdict(list)
    for number, things in enumerate(lists):
        for thing in things:
            where[thing].append(number)
    return where


def _word(stem: str, numbers: Pages, steps: Sequence[bytes]) -> bytes:
    """The word and its pages: of each how far its number is from the last, and no places."""
    text = stem.encode()
    pages = b"".join([steps[number - before] for before, number in pairwise([0, *numbers])])
    return b"\x83%b%b%b%b\x80" % (head(TEXT, len(text)), text, head(ARRAY, len(numbers)), pages)
