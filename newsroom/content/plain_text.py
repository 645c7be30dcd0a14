"""The plain-text twin of a body, for editors who paste it into their own systems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from newsroom.content.html_tree import Element, Node, parse

_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS = frozenset({"div", "section", "article", "aside", "header", "footer", "main", "body", "html"})
_SPACES = re.compile("  +")
_NEAR = 20
"""No abbreviation that tells a full stop from the end of a sentence is longer, in characters."""
_OTHER_SPACES = "\t\r\n\u00a0\u202f"
_SENTENCE_END = re.compile(r"[.!?…]+[»“”\")]*(?=[ \u00a0\n]+[«„\"(—]*[ \u00a0]?[А-ЯЁA-Z\d])")
_ABBREVIATED = re.compile(
    r"(?:^|[^\w])(?:[А-ЯЁA-Zа-яё]|(?i:гг|ул|им|пр|просп|пер|пл|наб|мкр|бул|туп|кв|корп|стр|оф|эт|обл|пос|дер"
    r"|тел|доб|моб|тыс|млн|млрд|руб|коп|долл|чел|шт|экз|мин|сек|др|св|см|ст|ок|рис|табл|прим|напр|ред|гл|зам"
    r"|нач|акад|проф|доц|вкл))\.$"
)
_NUMBERED = re.compile(r"(?:^|\n|[.!?…;:][»“”\")]*\s)\d{1,3}\.$")
_SPOKEN = re.compile(r"[»“”\"]$")
_SPEAKER = re.compile(r"[ \u00a0]—[ \u00a0]")

NO_WORDS = re.compile(r"\((?:https?:/)?/[^\s)]*\)|\[Фото: [^\]]*\]")
"""What the text of a page has beside its words: the addresses of links, the descriptions of pictures."""
Absolute = Callable[[str], str]


def plain_text(html: str, absolute: Absolute = str) -> str:
    """Paragraphs with an empty line between them and ordinary spaces; ends without a line break.

    Items begin with «— » or their number, rows of a table are «cell | cell», links
    are followed by their address in brackets, given through ``absolute``, pictures
    are «[Фото: …]». Lines are not wrapped.
    """
    return "\n\n".join(_blocks(parse(html), absolute))


def word_count(text: str) -> int:
    """Words of a plain text; dashes, addresses and descriptions of pictures are none."""
    words = (NO_WORDS.sub("", text) if "(" in text or "[" in text else text).split()
    marks = [word for word in words if not word[0].isalnum() and not any(map(str.isalnum, word))]
    return len(words) - len(marks)


def excerpt(text: str, limit: int) -> str:
    """At most ``limit`` characters in one line: whole sentences, or whole words and «…».

    Sentences are preferred where they fill at least half of the room.
    """
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if len(line) <= limit:
        return line
    whole = max((end for end in sentence_ends(line) if end <= limit), default=0)
    if whole * 2 >= limit:
        return line[:whole]
    head = line[: max(limit - 1, 0)]
    if not re.match(r"\s", line[len(head) :]):
        head = re.sub(r"\S*$", "", head) or head
    return re.sub(r"[\s,;:.!?…«„(—–-]+$", "", head) + "…"


def sentence_ends(text: str) -> Iterator[int]:
    """Where sentences of a text of one paragraph end before its end; ascending.

    None is after an abbreviation («ул. Мира»), after the number of an item («1. Сдать отчёт»), or between
    a quotation and who said it.
    """
    for found in _SENTENCE_END.finditer(text):
        end = found.end()
        head = text[max(0, end - _NEAR) : end]
        is_told = _SPOKEN.search(head) and _SPEAKER.match(text, end)
        if not (_ABBREVIATED.search(head) or _NUMBERED.search(head) or is_told):
            yield end


def _blocks(parent: Element, absolute: Absolute) -> list[str]:
    """Texts of the blocks inside; words between blocks are a paragraph of their own."""
    texts: list[str] = []
    inline: list[Node] = []
    for child in parent.children:
        if isinstance(child, str):
            if inline or not child.isspace():
                inline.append(child)
        elif child.name not in _BLOCKS:
            inline.append(child)
        else:
            texts += _paragraph(inline, absolute)
            texts += _block(child, absolute)
            inline = []
    return texts + _paragraph(inline, absolute)


def _block(element: Element, absolute: Absolute) -> list[str]:
    if element.name in _TEXTS:
        return _paragraph(element.children, absolute)
    if element.name in _CONTAINERS:
        return _blocks(element, absolute)
    return [_OTHERS[element.name](element, absolute)]


def _paragraph(nodes: Sequence[Node], absolute: Absolute) -> list[str]:
    """The text of a paragraph; nothing of an empty one."""
    if not nodes:
        return []
    lines = "".join([_inline(node, absolute) for node in nodes]).split("\v")
    text = "\n".join(filter(None, map(_single_spaces, lines)))
    return [text] if text else []


def _single_spaces(text: str) -> str:
    for space in _OTHER_SPACES:
        text = text.replace(space, " ")
    return (_SPACES.sub(" ", text) if "  " in text else text).strip()


def _inline(node: Node, absolute: Absolute) -> str:
    if isinstance(node, str):
        return node.replace("\u00ad", "").replace("\v", " ")
    if node.name == "br":
        return "\v"
    if node.name == "img":
        return _picture(node)
    text = "".join([_inline(child, absolute) for child in node.children])
    return _link(node, text, absolute) if node.name == "a" else text


def _link(link: Element, text: str, absolute: Absolute) -> str:
    address = link.get("href")
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    if not address or address.startswith(("#", "tel:")) or shown == text.strip():
        return text
    return f"{text} ({shown if address.startswith('mailto:') else absolute(shown)})"


def _list(items: Element, absolute: Absolute) -> str:
    return "\n".join(_items(items, absolute))


def _items(items: Element, absolute: Absolute) -> Iterator[str]:
    start = items.get("start") or "1"
    number = int(start) if start.isdigit() else 1
    for item in items.elements("li"):
        marker = f"{number}. " if items.name == "ol" else "— "
        number += 1
        yield _indented("\n".join(_blocks(item, absolute)), marker, " " * len(marker))


def _table(table: Element, absolute: Absolute) -> str:
    rows = (row.elements("th", "td") for row in table.inside("tr"))
    return "\n".join(" | ".join(" ".join(_blocks(cell, absolute)) for cell in row).rstrip() for row in rows)


def _quotation(quotation: Element, absolute: Absolute) -> str:
    return _indented("\n\n".join(_blocks(quotation, absolute)), "> ", "> ")


def _figure(figure: Element, absolute: Absolute) -> str:  # noqa: ARG001
    image, caption = next(figure.inside("img"), None), next(figure.inside("figcaption"), None)
    words = _single_spaces(" ".join(caption.texts())) if caption else ""
    return _picture(image, words) if image else words


def _preformatted(element: Element, absolute: Absolute) -> str:  # noqa: ARG001
    return "".join(element.texts()).rstrip()


def _rule(element: Element, absolute: Absolute) -> str:  # noqa: ARG001
    return "* * *"


def _picture(image: Element, caption: str = "") -> str:
    alt = _single_spaces(image.get("alt"))
    parts = [alt.rstrip("."), caption if caption != alt else ""]
    return f"[Фото: {'. '.join(part for part in parts if part)}]" if any(parts) else ""


def _indented(text: str, first: str, rest: str) -> str:
    return first + "\n".join(
        line if number == 0 else f"{rest}{line}".rstrip() for number, line in enumerate(text.split("\n"))
    )


_OTHERS = {
    "ul": _list,
    "ol": _list,
    "table": _table,
    "blockquote": _quotation,
    "figure": _figure,
    "pre": _preformatted,
    "hr": _rule,
}
_BLOCKS = _TEXTS | _CONTAINERS | _OTHERS.keys()
