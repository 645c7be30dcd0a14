"""A line of Markdown out of pieces of text with their emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from newsroom.content.typography import typograph
from newsroom.importing.escaping import address_escaped, escaped, line_head_escaped


class Style(NamedTuple):
    """What is emphasised, and how."""

    bold: bool = False
    italic: bool = False


PLAIN = Style()


class Piece(NamedTuple):
    """Words in one style, Markdown that is finished (a link, a picture), or the end of a line.

    ``words`` are those that a reader sees of finished Markdown.
    """

    text: str
    style: Style = PLAIN
    kind: Literal["words", "markdown", "break"] = "words"
    words: str = ""


BREAK = Piece("", kind="break")

_SPACES = re.compile(r"\s+")
_ENTITY = re.compile(r"&\w+;")
_MARGINS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def lines_of(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces between line breaks."""
    for is_break, line in groupby(pieces, lambda piece: piece.kind == "break"):
        if not is_break:
            yield list(line)


def paragraph(pieces: Iterable[Piece]) -> str:
    """Markdown of a paragraph; line breaks stay, empty lines do not."""
    lines = filter(None, map(markdown_line, lines_of(pieces)))
    return "  \n".join(map(line_head_escaped, lines))


def markdown_line(pieces: Iterable[Piece], *, emphasis: bool = True) -> str:
    """Markdown of pieces without line breaks; spaces of any kind and number become one."""
    segments: list[tuple[Style, str]] = list(_segments(pieces)) if emphasis else []
    if not emphasis:
        segments = [(PLAIN, _joined([text for _, text in _bare(pieces)]))]
    line = _joined([_emphasised(style, text) for style, text in segments])
    return _SPACES.sub(" ", line).strip()


def plain_line(pieces: Iterable[Piece]) -> str:
    """The words of pieces as they are read."""
    seen = {"words": "{0.text}", "markdown": "{0.words}", "break": " "}
    return _SPACES.sub(" ", "".join(seen[piece.kind].format(piece) for piece in pieces)).strip()


def link(label: str, address: str) -> str:
    """A link as Markdown writes it; ``label`` is Markdown already."""
    if label == escaped(address) == address and address.startswith(("http://", "https://")):
        return f"<{address}>"
    return f"[{label}]({address_escaped(address)})"


def picture(name: str, alt: str, caption: str) -> str:
    """A picture as Markdown writes it, with the title that becomes its caption."""
    label, title = (
        escaped(" ".join(alt.split())),
        escaped(" ".join(typograph(caption).split()).replace('"', "”")),
    )
    if not title:
        return f"![{label}]({name})"
    # Where a title has marks that end one, Markdown finds its end by the angle brackets.
    return f'![{label}](<{name}> "{title}")' if re.search("[()']", title) else f'![{label}]({name} "{title}")'


def _bare(pieces: Iterable[Piece]) -> Iterator[tuple[Style, str]]:
    """Neighbours of one style joined, so that a word in two pieces is escaped as one."""
    for (style, kind), group in groupby(pieces, lambda piece: (piece.style, piece.kind)):
        text = "".join([piece.text for piece in group])
        yield style, escaped(text) if kind == "words" else text


def _segments(pieces: Iterable[Piece]) -> Iterator[tuple[Style, str]]:
    """Stretches of one style, spaces around them left out of it.

    Two styles that touch become one: Markdown would read «**a***b*» in its own way.
    """
    tokens = [token for style, text in _bare(pieces) for token in _margins_apart(style, text)]
    runs = [
        (style, _joined([text for _, text in group])) for style, group in groupby(_bridged(tokens), _style)
    ]
    runs = [(style if re.search(r"[^\W_]", text) else PLAIN, text) for style, text in runs]
    for is_plain, group in groupby(runs, lambda run: run[0] == PLAIN):
        together = list(group)
        styles = [style for style, _ in together]
        common = PLAIN if is_plain else Style(any(map(_bold, styles)), all(map(_italic, styles)))
        yield common, _joined([text for _, text in together])


def _margins_apart(style: Style, text: str) -> Iterator[tuple[Style, str]]:
    found = _MARGINS.fullmatch(text)
    if style == PLAIN or not found:
        yield style, text
        return
    before, core, after = found.groups()
    yield from ((PLAIN, before), (style, core), (PLAIN, after))


def _bridged(tokens: Iterable[tuple[Style, str]]) -> Iterator[tuple[Style, str]]:
    """The tokens; a space between two of one style has that style too."""
    kept = [token for token in tokens if token[1]]
    for place, (style, text) in enumerate(kept):
        around = {kept[place - 1][0], kept[place + 1][0]} if 0 < place < len(kept) - 1 else set[Style]()
        yield (around.pop() if text.isspace() and len(around) == 1 else style), text


def _emphasised(style: Style, text: str) -> str:
    # Where one element of a line holds another, Python-Markdown reads entities a second time.
    marks = "" if _ENTITY.search(text) else "**" * style.bold + "*" * style.italic
    return f"{marks}{text}{marks}"


def _joined(texts: Sequence[str]) -> str:
    """The texts one after another; «!» before a link would make a picture of it."""
    line = ""
    for text in texts:
        if line.endswith("!") and text.startswith("["):
            line = f"{line[:-1]}\\!"
        line += text
    return line


def _style(run: tuple[Style, str]) -> Style:
    return run[0]


def _bold(style: Style) -> bool:
    return style.bold


def _italic(style: Style) -> bool:
    return style.italic
