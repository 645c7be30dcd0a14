"""The plain-text twin of a body, for editors who paste it into their own systems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS = frozenset({"div", "section", "article", "aside", "header", "footer", "main", "body", "html"})
_BLOCKS = _HEADINGS | _CONTAINERS | {"p", "ul", "ol", "table", "blockquote", "figure", "pre", "hr"}
_SPACES = re.compile(r"[ \t\r\n\u00a0\u202f]+")
_SENTENCE_END = re.compile(r"[.!?…]+[»“”\")]*(?=[ \u00a0\n]+[«„\"(—]*[ \u00a0]?[А-ЯЁA-Z\d])")
_ABBREVIATED = re.compile(
    r"(?:^|[^\w])(?:[А-ЯЁA-Zа-яё]|гг|ул|им|пр|просп|пер|пл|наб|мкр|кв|стр|рис|обл|пос|тел|тыс|руб|чел|др|св|см|ст)\.$"
)

_NO_WORDS = re.compile(r"\((?:https?:/)?/[^\s)]*\)|\[Фото: [^\]]*\]")
Absolute = Callable[[str], str]


def plain_text(html: str, absolute: Absolute = str) -> str:
    """Paragraphs with an empty line between them and ordinary spaces; ends without a line break.

    Items begin with «— » or their number, rows of a table are «cell | cell», links
    are followed by their address in brackets, given through ``absolute``, pictures
    are «[Фото: …]». Lines are not wrapped.
    """
    from bs4 import BeautifulSoup

    return "\n\n".join(_blocks(BeautifulSoup(html, "html.parser"), absolute))


def excerpt(text: str, limit: int) -> str:
    """At most ``limit`` characters in one line: whole sentences, or whole words and «…».

    Sentences are preferred where they fill at least half of the room.
    """
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if len(line) <= limit:
        return line
    whole = max((end for end in _sentence_ends(line) if end <= limit), default=0)
    if whole * 2 >= limit:
        return line[:whole]
    head = line[: max(limit - 1, 0)]
    if not re.match(r"\s", line[len(head) :]):
        head = re.sub(r"\S*$", "", head) or head
    return re.sub(r"[\s,;:.!?…«„(—–-]+$", "", head) + "…"


def _sentence_ends(text: str) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[: found.end()]):
            yield found.end()


def _blocks(parent: Tag | BeautifulSoup, absolute: Absolute) -> Iterator[str]:
    """Texts of the blocks inside; words between blocks are a paragraph of their own."""
    inline: list[PageElement] = []
    for child in parent.children:
        if _name(child) not in _BLOCKS:
            inline.append(child)
            continue
        yield from _paragraph(inline, absolute)
        inline = []
        yield from _block(_tag(child), absolute)
    yield from _paragraph(inline, absolute)


def _block(tag: Tag, absolute: Absolute) -> Iterator[str]:
    if tag.name in _CONTAINERS:
        yield from _blocks(tag, absolute)
    elif tag.name in {"ul", "ol"}:
        yield "\n".join(_items(tag, absolute))
    elif tag.name == "table":
        yield "\n".join(_rows(tag, absolute))
    elif tag.name == "blockquote":
        yield _indented("\n\n".join(_blocks(tag, absolute)), "> ", "> ")
    elif tag.name == "figure":
        yield _figure(tag)
    elif tag.name == "pre":
        yield tag.get_text().rstrip()
    elif tag.name == "hr":
        yield "* * *"
    else:
        yield from _paragraph(list(tag.children), absolute)


def _paragraph(nodes: list[PageElement], absolute: Absolute) -> Iterator[str]:
    lines = "".join(_inline(node, absolute) for node in nodes).split("\v")
    text = "\n".join(line for line in (_SPACES.sub(" ", line).strip() for line in lines) if line)
    if text:
        yield text


def _inline(node: PageElement, absolute: Absolute) -> str:
    from bs4 import Tag
    from bs4.element import NavigableString, PreformattedString

    if isinstance(node, NavigableString):
        return "" if isinstance(node, PreformattedString) else node.replace("\u00ad", "").replace("\v", " ")
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "\v"
    if node.name == "img":
        return _picture(node)
    text = "".join(_inline(child, absolute) for child in node.children)
    return _link(node, text, absolute) if node.name == "a" else text


def _link(link: Tag, text: str, absolute: Absolute) -> str:
    address = str(link.get("href") or "")
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    if not address or address.startswith(("#", "tel:")) or shown == text.strip():
        return text
    return f"{text} ({absolute(shown)})"


def _items(items: Tag, absolute: Absolute) -> Iterator[str]:
    start = str(items.get("start") or "1")
    number = int(start) if start.isdigit() else 1
    for item in items.find_all("li", recursive=False):
        marker = f"{number}. " if items.name == "ol" else "— "
        number += 1
        yield _indented("\n".join(_blocks(item, absolute)), marker, " " * len(marker))


def _rows(table: Tag, absolute: Absolute) -> Iterator[str]:
    for row in table.find_all("tr"):
        cells = row.find_all(["th", "td"], recursive=False)
        yield " | ".join(" ".join(_blocks(cell, absolute)) for cell in cells).rstrip()


def _figure(figure: Tag) -> str:
    image, caption = figure.find("img"), figure.find("figcaption")
    words = _SPACES.sub(" ", caption.get_text(" ")).strip() if caption else ""
    return _picture(image, words) if image else words


def _picture(image: Tag, caption: str = "") -> str:
    alt = _SPACES.sub(" ", str(image.get("alt") or "")).strip()
    parts = [alt.rstrip("."), caption if caption != alt else ""]
    return f"[Фото: {'. '.join(part for part in parts if part)}]" if any(parts) else ""


def _indented(text: str, first: str, rest: str) -> str:
    return first + "\n".join(
        line if number == 0 else f"{rest}{line}".rstrip() for number, line in enumerate(text.split("\n"))
    )


def _name(node: PageElement) -> str:
    from bs4 import Tag

    return node.name if isinstance(node, Tag) else ""


def _tag(node: PageElement) -> Tag:
    from bs4 import Tag

    assert isinstance(node, Tag)
    return node


def word_count(text: str) -> int:
    """Words of a plain text; dashes, addresses and descriptions of pictures are none."""
    words = _NO_WORDS.sub("", text).split()
    return sum(any(character.isalnum() for character in word) for word in words)
