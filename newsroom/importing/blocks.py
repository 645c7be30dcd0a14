"""The blocks a text is made of, and how each is written in our Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsroom.importing.inline import picture
from newsroom.importing.kept import letters

LONGEST_BOLD_HEADING = 80
"""Characters of a bold paragraph that may be a heading; a longer one is a lead."""

FIRST_BLOCKS = 6
"""Blocks among which a title stands: over it are a letterhead, a date, an addressee."""

_TOP = 2
_LOWEST = 6
_INDENT = "    "


@dataclass(frozen=True)
class Paragraph:
    """``bold`` is the Markdown of a line that is bold as a whole, without the marks of emphasis.

    ``is_bold`` is one of several lines, too.
    """

    markdown: str
    words: str = ""
    bold: str = ""
    is_caption: bool = False
    is_bold: bool = False


@dataclass(frozen=True)
class Heading:
    level: int
    markdown: str
    words: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture alone in its line."""

    name: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Listing:
    """A list; ``start`` is the first number of a numbered one, 0 for bullets."""

    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quotation:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells, each the Markdown of a line; the first row is the head."""

    rows: tuple[tuple[str, ...], ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


Block = Paragraph | Heading | Figure | Listing | Quotation | Table | Rule


def write(blocks: Sequence[Block]) -> str:
    """Markdown of a whole text: headings from the second level down, without a level skipped."""
    text = _written(_in_order(blocks))
    return f"{text}\n" if text else ""


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, short bold lines that stand over a text made the headings they were meant to be."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    level = max(levels, default=_TOP)
    return [_promoted(block, blocks[place + 1 :], level) for place, block in enumerate(blocks)]


def with_captions(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, captions put into the pictures they follow."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if (
            isinstance(block, Paragraph)
            and block.is_caption
            and isinstance(last, Figure)
            and not last.caption
        ):
            result[-1] = replace(last, caption=block.words)
        else:
            result.append(block)
    return result


def without_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks without the one near the beginning that says the title again."""
    for place, block in enumerate(blocks[:FIRST_BLOCKS]):
        if isinstance(block, Heading | Paragraph) and letters(block.words) == letters(title):
            return [*blocks[:place], *blocks[place + 1 :]]
    return list(blocks)


def _promoted(block: Block, following: Sequence[Block], level: int) -> Block:
    if not isinstance(block, Paragraph) or not block.bold or len(block.words) > LONGEST_BOLD_HEADING:
        return block
    stands_over = bool(following) and not isinstance(following[0], Heading | Rule)
    neighbour = following[0] if stands_over else None
    if not stands_over or (isinstance(neighbour, Paragraph) and neighbour.bold):
        return block
    if block.words[-1:] in set(".,;:!…»)") or not any(map(str.isalpha, block.words)):
        return block
    return Heading(level, unmarked_end(block.bold), block.words)


def unmarked_end(heading: str) -> str:
    """The words of a heading whose last «#» Markdown would take for its end."""
    return re.sub(r"#(?=#*$)", r"\\#", heading)


def _in_order(blocks: Sequence[Block]) -> Iterator[Block]:
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    deepest = _TOP - 1
    for block in blocks:
        if isinstance(block, Heading):
            deepest = min(_TOP + levels.index(block.level), deepest + 1, _LOWEST)
            yield replace(block, level=deepest)
        else:
            yield block


def _written(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, map(_one, _lists_joined(blocks))))


def _lists_joined(blocks: Iterable[Block]) -> list[Block]:
    """Two lists of a kind that touch are one to Markdown: they are one here too."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(block, Listing) and isinstance(last, Listing) and bool(block.start) == bool(last.start):
            result[-1] = replace(last, items=last.items + block.items)
        else:
            result.append(block)
    return result


def _one(block: Block) -> str:
    match block:
        case Paragraph():
            return block.markdown
        case Heading():
            return f"{'#' * block.level} {block.markdown}"
        case Figure():
            return picture(block.name, block.alt, block.caption)
        case Listing():
            return _listing(block)
        case Quotation():
            return _quotation(block)
        case Table():
            return _table(block)
    return "* * *"


def _quotation(block: Quotation) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in _written(block.blocks).split("\n"))


def _listing(block: Listing) -> str:
    is_tight = all(_is_tight(item) for item in block.items)
    items = []
    for number, item in enumerate(block.items):
        marker = f"{block.start + number}. " if block.start else "- "
        text = ("\n" if is_tight else "\n\n").join(filter(None, map(_one, _lists_joined(item))))
        items.append(marker + text.replace("\n", f"\n{_INDENT}").replace(f"\n{_INDENT}\n", "\n\n"))
    return ("\n" if is_tight else "\n\n").join(items)


def _is_tight(item: Sequence[Block]) -> bool:
    """Whether an item is a paragraph, with a list under it at most."""
    kinds = [type(block) for block in item]
    lists = [block for block in item if isinstance(block, Listing)]
    return kinds in ([Paragraph], [Paragraph, Listing]) and all(
        _is_tight(inner) for one in lists for inner in one.items
    )


def _table(block: Table) -> str:
    head, *rows = [f"| {' | '.join(row)} |" for row in block.rows]
    return "\n".join([head, "|" + "---|" * len(block.rows[0]), *rows])
