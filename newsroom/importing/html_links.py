"""Links, pictures and players of HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.importing.blocks import Figure
from newsroom.importing.escaping import escaped, visible
from newsroom.importing.found_pictures import is_pixel
from newsroom.importing.html_reading import Maker, Reading
from newsroom.importing.inline import BREAK, PLAIN, Piece, Style, link, markdown_line, picture, plain_line
from newsroom.importing.old_files import OldFiles

if TYPE_CHECKING:
    from bs4 import Tag

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE)
_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")
"""Where the address of a picture stands; where it is shown late, «src» has only what holds its place."""
_PLAYERS = {"audio": "запись", "embed": "видео", "iframe": "видео", "object": "видео", "video": "видео"}


def _link(reading: Reading, element: Tag, style: Style) -> None:
    if element.find(["img", "table"]):
        _around_pictures(reading, element, style)
        return
    pieces = [Piece(" ") if piece == BREAK else piece for piece in reading.line_of(element)]
    styles = {piece.style for piece in pieces if piece.text.strip()}
    own = styles.pop() if len(styles) == 1 else PLAIN
    style = Style(style.bold or own.bold, style.italic or own.italic)
    written, label = _attribute(element, "href"), markdown_line(pieces, emphasis=False)
    address = reading.desk.link(written) if written and label else ""
    if not address:
        reading.pieces += [piece._replace(style=style) for piece in pieces]
        return
    # Spaces at the ends of a link stay outside of it.
    words = "".join(piece.text for piece in pieces)
    reading.pieces += [Piece(" ", style)] * words[:1].isspace()
    reading.pieces.append(Piece(link(label, address), style, "markdown", plain_line(pieces)))
    reading.pieces += [Piece(" ", style)] * words[-1:].isspace()


def _around_pictures(reading: Reading, element: Tag, style: Style) -> None:
    """A small picture that leads to a large one gives way to it; other links of pictures are told."""
    written, images = _attribute(element, "href"), element.find_all("img")
    if written and _PICTURE.search(written) and len(images) == 1:
        if reading.desk.picture(written):
            images[0]["src"] = written
    elif written and (address := reading.desk.link(written)):
        reading.desk.lost(f"у картинки была ссылка на {address}")
    reading.inside(element, style)


def _image(reading: Reading, element: Tag, _: Style) -> None:
    _put_picture(reading, element, "")


def _put_picture(reading: Reading, element: Tag, caption: str) -> None:
    address = next(filter(None, (_attribute(element, name) for name in _SOURCES)), "")
    if not address or _is_counter(element) or _is_placeholder(address):
        return
    written = " ".join((_attribute(element, "alt") or _attribute(element, "title")).split())
    name = reading.desk.picture(address)
    if not name:
        _link_instead(reading, address, written or caption)
        return
    alt = reading.desk.alt(written, caption)
    if reading.in_line:
        reading.pieces.append(Piece(picture(name, alt, caption), kind="markdown"))
    else:
        reading.end_paragraph()
        reading.blocks.append(Figure(name, alt, caption))


def _link_instead(reading: Reading, address: str, words: str) -> None:
    """Of a picture that is not there, a link to where it was."""
    if target := reading.desk.link(address):
        label = f"картинка: {words}" if words else "картинка"
        reading.pieces += [Piece(" "), Piece(link(escaped(label), target), kind="markdown"), Piece(" ")]


def _figure(reading: Reading, element: Tag, style: Style) -> None:
    captions, images = element.find_all("figcaption"), element.find_all("img")
    reading.end_paragraph()
    if len(captions) == len(images) == 1:
        words = " ".join(visible(captions[0].extract().get_text(" ")).split())
        _put_picture(reading, images[0].extract(), words)
        reading.end_paragraph()
    reading.inside(element, style)
    reading.end_paragraph()


def _player(reading: Reading, element: Tag, style: Style) -> None:
    inner = element.find(["source", "embed", "iframe"])
    address = _attribute(element, "src") or _attribute(element, "data")
    address = address or (_attribute(inner, "src") if inner else "")
    target = reading.desk.link(address) if address else ""
    what = _PLAYERS[element.name]
    reading.end_paragraph()
    if target:
        reading.pieces.append(Piece(link(escaped(f"{what.capitalize()}: {target}"), target), kind="markdown"))
        reading.desk.lost(f"{what}: вместо показа на странице ссылка на {target}")
    else:
        reading.desk.lost(f"{what} без адреса: вставка не перенесена")
    reading.end_paragraph()
    for embedded in element.find_all(["embed", "iframe"]):
        embedded.extract()  # the same player for other browsers
    if element.name != "iframe":
        reading.inside(element, style)


def _attribute(element: Tag, name: str) -> str:
    return visible(str(element.get(name) or "")).strip()


def _is_counter(element: Tag) -> bool:
    """Whether a picture is there to count visitors: a pixel in size."""
    return str(element.get("width")) in {"0", "1"} and str(element.get("height")) in {"0", "1"}


def _is_placeholder(address: str) -> bool:
    """Whether a picture inside the text is a single point, there until another is shown."""
    data = OldFiles(None).find(address) if address.startswith("data:") else None
    return data is not None and is_pixel(data)


MAKERS: dict[str, Maker] = {"a": _link, "figure": _figure, "img": _image, **dict.fromkeys(_PLAYERS, _player)}
