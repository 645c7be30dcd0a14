"""How the words of a post are set: in HTML where a network takes it, in plain letters where not."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from newsroom.publish.networks.network import Wording

READ_ON = "Читать на сайте"


class PlainLetters:
    """What networks share that take plain letters and say no other way to count them: UTF-16 units."""

    def length(self, wording: Wording, *, images: bool) -> int:
        del images
        return units(self.render(wording))

    def render(self, wording: Wording) -> str:
        return plain(wording)


def plain(wording: Wording) -> str:
    """Plain letters with a bare address, which networks make a link of."""
    return _joined(wording.title, wording.paragraphs, f"{READ_ON}: {wording.link}", wording.hashtags)


def html(wording: Wording) -> str:
    """HTML of Telegram and MAX: a bold title, a link; only «&», «<», «>» and quotes are escaped."""
    title = f"<b>{escape(wording.title, quote=False)}</b>"
    paragraphs = tuple(escape(paragraph, quote=False) for paragraph in wording.paragraphs)
    return _joined(title, paragraphs, f'<a href="{escape(wording.link)}">{READ_ON}</a>', wording.hashtags)


def seen(wording: Wording) -> str:
    """What a reader sees of the HTML: it is what Telegram counts («after entities parsing»)."""
    return _joined(wording.title, wording.paragraphs, READ_ON, wording.hashtags)


def units(text: str) -> int:
    """The length in UTF-16 units, in which Telegram counts: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def names(address: str, thing: Any) -> bool:
    """Whether something that came as JSON has an address in any of its texts.

    The scheme, marks after «?» and the two ways to write a Cyrillic host or path do not matter.
    """
    wanted = _forms(address)
    return any(form in text for text in _texts(thing) for form in wanted)


def in_ascii(host: str) -> str:
    """A host as networks name it: «xn--c1ac3aaj.xn--p1ai» for «город.рф»."""
    return host.encode("idna").decode() if not host.isascii() else host


def _joined(title: str, paragraphs: tuple[str, ...], link: str, hashtags: tuple[str, ...]) -> str:
    marks = " ".join(f"#{hashtag}" for hashtag in hashtags)
    return "\n\n".join(part for part in (title, *paragraphs, link, marks) if part)


def _forms(address: str) -> set[str]:
    parts = urlsplit(address)
    rest = unquote(parts.path)
    return {f"//{host}{rest}".lower() for host in (parts.netloc, in_ascii(parts.netloc))}


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield unquote(thing).lower()
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _texts(value)
