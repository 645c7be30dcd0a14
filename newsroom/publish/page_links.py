"""Every address a page of HTML or a style sheet names, and whether a browser requests it by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CSS = re.compile(
    r"/\*.*?\*/|@import\s+(?P<quote>['\"])(?P<sheet>.*?)(?P=quote)"
    r"|url\(\s*(?P<mark>['\"]?)(?P<url>.*?)(?P=mark)\s*\)",
    re.DOTALL | re.IGNORECASE,
)
_SOURCES = {
    "script": ("src",),
    "img": ("src",),
    "source": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "input": ("src",),
    "track": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "object": ("data",),
    "use": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "image": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "body": ("background",),
}
_LINKS = {
    "a": ("href", "ping"),
    "area": ("href",),
    "form": ("action",),
    "q": ("cite",),
    "blockquote": ("cite",),
}
_NAMED_BY_LINK = frozenset(
    {
        "alternate",
        "author",
        "canonical",
        "help",
        "license",
        "me",
        "next",
        "prev",
        "search",
        "up",
        "webmention",
    }
)
"""Values of rel for which a browser requests nothing (HTML, 4.6.7)."""
_META_ADDRESSES = frozenset({"og:image", "og:image:url", "og:image:secure_url", "og:url", "twitter:image"})


_SPEAKING = (
    "//*[@href or @src or @srcset or @imagesrcset or @style or @poster or @data or @action or @cite or @ping"
    " or @background or self::meta or self::style or self::use or self::image]"
)
"""The elements that can name an address: few of a page's, and libxml2 finds them faster than a loop."""


@dataclass(frozen=True)
class Reference:
    """An address as it stands in the file; ``requested`` if showing the page fetches it."""

    line: int
    address: str
    requested: bool


def references(tree: Any) -> Iterator[Reference]:
    """All addresses of a page, an lxml tree of HTML, in document order."""
    for element in tree.xpath(_SPEAKING):
        name, line = element.tag, element.sourceline or 0
        for attribute in _SOURCES.get(name, ()):
            yield from _one(line, element.get(attribute), requested=True)
        for attribute in _LINKS.get(name, ()):
            yield from _one(line, element.get(attribute), requested=False)
        yield from _srcsets(line, element)
        yield from _styles(line, element)
        if name == "link":
            rel = set(element.get("rel", "").lower().split())
            requested = "stylesheet" in rel or not rel <= _NAMED_BY_LINK
            yield from _one(line, element.get("href"), requested=requested)
        elif name == "meta":
            yield from _meta(line, element)


def anchors(tree: Any) -> frozenset[str]:
    """Every name a fragment of an address can point to."""
    return frozenset(map(str, tree.xpath("//@id | //a/@name")))


def srcset_addresses(value: str) -> list[str]:
    """The addresses of a ``srcset`` attribute (HTML, 4.8.4.2.1), without widths and densities."""
    if not value:
        return []
    candidates = re.findall(r"[\s,]*(\S*[^\s,])(?:\s+[^,]*)?,?", value)
    return [str(address) for address in candidates]


def css_addresses(text: str) -> Iterator[tuple[int, str]]:
    """(line, address) of every ``url()`` and ``@import`` of a style sheet outside comments."""
    for found in _CSS.finditer(text):
        address = found["sheet"] or found["url"]
        if address and not address.startswith("data:"):
            yield text.count("\n", 0, found.start()) + 1, address.strip()


def _one(line: int, address: str | None, *, requested: bool) -> Iterator[Reference]:
    if address is not None and not address.startswith("data:"):
        yield Reference(line, address.strip(), requested)


def _srcsets(line: int, element: Any) -> Iterator[Reference]:
    for attribute in ("srcset", "imagesrcset"):
        for address in srcset_addresses(element.get(attribute) or ""):
            yield Reference(line, address, requested=True)


def _meta(line: int, element: Any) -> Iterator[Reference]:
    content = element.get("content", "")
    if (element.get("property") or element.get("name")) in _META_ADDRESSES:
        yield Reference(line, content, requested=False)
    elif element.get("http-equiv", "").lower() == "refresh":
        match = re.search(r"url\s*=\s*['\"]?([^'\"]+)", content, re.IGNORECASE)
        if match:
            yield Reference(line, match[1].strip(), requested=False)


def _styles(line: int, element: Any) -> Iterator[Reference]:
    texts = [element.get("style", "")]
    if element.tag == "style":
        texts.append(element.text or "")
    for text in filter(None, texts):
        for offset, address in css_addresses(text):
            yield Reference(line + offset - 1, address, requested=True)
