"""A text made to fit: what is least needed goes first, and nothing is cut in its middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile

from msgspec.structs import replace

from newsroom.publish.networks.network import Wording
from newsroom.publish.wording.passages import Passages, word_ends

Fits = Callable[[Wording], bool]


class TooNarrowError(Exception):
    """There is no room even for the link."""


def fitted(whole: Wording, passages: Passages, fits: Fits) -> Wording:
    """As much of the title, the passages and the hashtags as fits; the link always.

    ``whole`` has the title, the link and all hashtags, and no paragraphs. What is essential is said with
    as many hashtags as there is room for, then sentence after sentence. Where there is too little room
    hashtags go, then sentences from the last, then words of the first one, then words of the title.
    Raises TooNarrowError.
    """
    essential = replace(whole, paragraphs=passages.until(passages.essential))
    if fits(essential):
        return _longest(_with_more(essential, passages), fits) or essential
    return next(filter(fits, _with_less(essential, passages)), None) or _bare(whole, fits)


def _with_more(essential: Wording, passages: Passages) -> Iterator[Wording]:
    for stop in passages.stops:
        if stop > passages.essential:
            yield replace(essential, paragraphs=passages.until(stop))


def _with_less(essential: Wording, passages: Passages) -> Iterator[Wording]:
    """The same with fewer hashtags, with fewer sentences, with fewer words, with the title alone."""
    for kept in range(len(essential.hashtags) - 1, -1, -1):
        yield replace(essential, hashtags=essential.hashtags[:kept])
    bare = replace(essential, hashtags=())
    for stop in reversed(passages.stops):
        if stop < passages.essential:
            yield replace(bare, paragraphs=passages.until(stop))
    first = passages.text[: min(passages.stops, default=0)]
    for end in reversed(word_ends(first)):
        yield replace(bare, paragraphs=(f"{first[:end]}…",))
    yield replace(bare, paragraphs=())
    for end in reversed(word_ends(essential.title)):
        yield replace(bare, paragraphs=(), title=f"{essential.title[:end]}…")


def _bare(whole: Wording, fits: Fits) -> Wording:
    bare = Wording(title="", paragraphs=(), link=whole.link)
    if not fits(bare):
        raise TooNarrowError
    return bare


def _longest(growing: Iterator[Wording], fits: Fits) -> Wording | None:
    """The last that fits of those before the first that does not."""
    last = None
    for last in takewhile(fits, growing):  # noqa: B007
        pass
    return last
