"""Where a link in a press release may lead, and how its address is written."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The only schemes of RFC 3986 a link may have; a link without one is to this site."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Characters HTML has no place for; browsers drop some of them inside an address."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_EXTENSION = re.compile(r"\b(?:доб|вн|ext)\b\.?|#", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);")
_SHORTEST = 5
"""Digits of a local telephone number."""
_UNENCODED = re.compile(r'[\s"<>^`{|}]|%(?![0-9A-Fa-f]{2})')


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto, tel, or a path or anchor of this site.

    Control characters and backslashes are refused, since browsers drop the
    former and read the latter as slashes; so is «//host», which takes any scheme.
    """
    plain = unescape(address).strip()
    if CONTROL.search(plain) or "\\" in plain or plain.startswith("//"):
        return False
    scheme = _SCHEME.match(plain)
    if scheme:
        return scheme[1].lower() in SCHEMES and names_its_host(plain)
    return ":" not in re.split(r"[/?#]", plain, maxsplit=1)[0]


def names_its_host(address: str) -> bool:
    """Whether an address of the web names a host, and nothing before it; others need none.

    «https://city.example@other.example/» leads to the other, whatever it seems to say; so does
    «https://other.example\\@city.example/», since browsers take the backslash for a slash.
    """
    if not is_external(address):
        return True
    if "\\" in address:
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:  # a bracket that opens no address of IPv6, a port that is no number
        return False


def is_external(address: str) -> bool:
    """Whether the address names a host of its own."""
    return address.lower().startswith(("http:", "https:"))


def telephone(phone: str) -> str:
    """The address that dials a number as people write it (RFC 3966); «доб. 12» is its extension.

    Of several numbers the first; what stands in brackets after a number is a remark.
    """
    number, *extension = _EXTENSION.split(phone, maxsplit=1)
    dialled = "tel:" + re.sub(r"[^\d+]", "", _first_number(number))
    inner = re.sub(r"\D", "", "".join(extension))
    return f"{dialled};ext={inner}" if inner else dialled


def _first_number(written: str) -> str:
    first = re.split(r"[,;/]", written, maxsplit=1)[0]
    for bracket in re.finditer(r"\(", first):
        # Brackets of a code come early: «8 (3953) 12-34-56».
        if sum(character.isdigit() for character in first[: bracket.start()]) >= _SHORTEST:
            return first[: bracket.start()]
    return first


def unescaped(text: str) -> str:
    """The text with its character references replaced, and only those that are whole.

    ``html.unescape`` takes «&reg» for one as well, and so would «?id=5&region=38» become another address.
    """
    return _REFERENCE.sub(lambda found: _character(found[0]), text) if "&" in text else text


def _character(reference: str) -> str:
    return unescape(reference) if reference[1] == "#" or reference[1:] in html5 else reference


def encoded_address(address: str) -> str:
    """The address with everything percent-encoded that RFC 3986 forbids, Cyrillic left readable.

    A telephone keeps only what a telephone dials.
    """
    if address.lower().startswith("tel:"):
        return telephone(address[4:])
    return _UNENCODED.sub(lambda found: quote(found[0]), address)
