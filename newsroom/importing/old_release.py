"""An entry of an export made a release: the text of its file and what lies beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from newsroom.content.draft import quoted
from newsroom.content.markdown import Converter
from newsroom.content.plain_text import excerpt
from newsroom.importing.blocks import Block, Figure, Paragraph, without_title, write
from newsroom.importing.entry import Entry
from newsroom.importing.escaping import address_escaped, escaped, visible
from newsroom.importing.html_reading import parsed
from newsroom.importing.html_to_markdown import read_html
from newsroom.importing.inline import link
from newsroom.importing.kept import missing
from newsroom.importing.mute_files import TEXT_LATER, mute
from newsroom.importing.old_desk import OldDesk
from newsroom.importing.reading_back import page_text

SUMMARY_LIMIT = 200
"""Characters of the first paragraph that become the summary of an entry without one."""
_LISTED = 10
_TAG = re.compile(r"<[a-zA-Z/!]")
_BLOCK_TAG = re.compile(r"<(?:p|div|br|table|ul|ol|h[1-6]|blockquote|tr|section|article)\b", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;(?:p|br|div|a|b|strong|i|em|img|span|table|ul)\b", re.IGNORECASE)
_NO_WORDS = (
    "script",
    "style",
    "title",
    "template",
    "svg",
    "canvas",
    "math",
    "input",
    "select",
    "button",
    "textarea",
)


@dataclass(frozen=True)
class Planned:
    """A release to be: its file, address and header's fields are settled, its body is not read yet."""

    entry: Entry
    file: str
    title: str
    date: datetime
    rubric: str
    department: str
    tags: tuple[str, ...] = ()
    is_draft: bool = False
    alias: str = ""
    page: str = ""
    """The full old address of its page."""


@dataclass(frozen=True)
class Made:
    """The text of the file, what lies beside it, the releases it names, and what was not kept."""

    text: str
    files: dict[str, bytes]
    linked: frozenset[str]
    losses: tuple[str, ...]


def make(planned: Planned, desk: OldDesk, converter: Converter) -> Made:
    """The release of an entry; the ``converter`` shows what a reader will see of it."""
    html = as_html(planned.entry.body)
    image = Figure(desk.picture(planned.entry.image), planned.title) if planned.entry.image else Figure("")
    image, blocks = _image_apart(image, without_title(read_html(html, desk), planned.title))
    attached = {address: desk.attachment(address) for address in planned.entry.files}
    summary = _summary(planned, blocks)
    blocks += _not_found(planned.entry, image, attached, desk, write(blocks))
    markdown = write(blocks)
    without_text = mute(desk.files)
    for name in without_text:
        desk.lost(f"у файла {name} нет текста: положите рядом расшифровку, читателям пока сказано text_later")
    header = "\n".join(_header(planned, summary, image, attached, TEXT_LATER if without_text else ""))
    if lost := missing(_texts(html), f"{planned.title} {page_text(markdown, converter)} {markdown}"):
        desk.lost(f"этих слов старой страницы в тексте нет: {', '.join(lost[:_LISTED])}")
    losses = tuple(dict.fromkeys(desk.losses))
    return Made(f"---\n{header}\n---\n\n{markdown}", dict(desk.files), frozenset(desk.linked), losses)


def as_html(body: str) -> str:
    """The body as HTML: a plain text's lines become lines, and tags written as text become tags."""
    if not _TAG.search(body) and _ESCAPED_TAG.search(body):
        body = unescape(body)
    return body if _BLOCK_TAG.search(body) else body.strip().replace("\r\n", "\n").replace("\n", "<br>\n")


def plain(html: str) -> str:
    """The words of a title or a summary, which old sites let have tags in it."""
    text = parsed(html).get_text(" ") if re.search("[<&]", html) else html
    return " ".join(visible(text).split())


def _texts(html: str) -> Iterator[str]:
    """All texts that stand on a page."""
    soup = parsed(html)
    for element in soup.find_all(_NO_WORDS):
        element.decompose()
    return soup.stripped_strings


def _image_apart(image: Figure, blocks: list[Block]) -> tuple[Figure, list[Block]]:
    """The main picture, and the blocks without it: the page shows it above the text."""
    for place, block in enumerate(blocks):
        if isinstance(block, Figure) and image.name and block.name == image.name:
            return block, [*blocks[:place], *blocks[place + 1 :]]
    return image, blocks


def _summary(planned: Planned, blocks: Sequence[Block]) -> str:
    written = plain(planned.entry.summary)
    first = next((block.words for block in blocks if isinstance(block, Paragraph) and block.words), "")
    return written or excerpt(first, SUMMARY_LIMIT) or planned.title


def _not_found(
    entry: Entry, image: Figure, attached: Mapping[str, str], desk: OldDesk, markdown: str
) -> list[Block]:
    """A paragraph of links to what the old site had beside the text, and the copy of it has not."""
    pictures = [("Картинка", entry.image)] if entry.image and not image.name else []
    files = [("Вложение", address) for address, name in attached.items() if not name]
    whole = [(what, desk.whole(address)) for what, address in (*pictures, *files)]
    lines = [
        f"{what}: {link(escaped(_title_of(address)), address)}"
        for what, address in dict.fromkeys(whole)
        if address and f"({address_escaped(address)})" not in markdown
    ]
    return [Paragraph("  \n".join(lines))] if lines else []


def _header(
    planned: Planned, summary: str, image: Figure, attached: Mapping[str, str], text_later: str
) -> Iterator[str]:
    """The lines of the header, its fields in the order of the schema."""
    yield f"title: {quoted(planned.title)}"
    yield f"date: {planned.date:%Y-%m-%d %H:%M}"
    yield f"rubric: {planned.rubric}"
    yield f"department: {planned.department}"
    yield f"summary: {quoted(summary)}"
    yield from _listed("tags", planned.tags)
    yield from ["status: draft"] if planned.is_draft else []
    if image.name:
        yield from ("image:", f"  src: {image.name}", f"  alt: {quoted(image.alt)}")
        yield from [f"  caption: {quoted(image.caption)}"] if image.caption else []
    kept = {name: address for address, name in attached.items() if name}
    if kept:
        yield "attachments:"
        for name, address in kept.items():
            yield from (f"  - file: {name}", f"    title: {quoted(_title_of(address))}")
    yield from _listed("aliases", [quoted(planned.alias)] if planned.alias else [])
    yield from [f"text_later: {quoted(text_later)}"] if text_later else []


def _listed(field: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{field}:"
        yield from (f"  - {value}" for value in values)


def _title_of(address: str) -> str:
    from newsroom.importing.old_files import name_of

    return visible(name_of(address)) or "Файл"
