"""Addresses as machines read them: whole, in ASCII, and the same wherever a text stands."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

from newsroom.settings import Site

# Start tags that have attributes, and their addresses, as our serialiser writes them.
_START_TAG = re.compile(r"<[a-z][^\s>]*\s[^>]*>")
_ADDRESS = re.compile(r"""\s(href|src|poster|srcset)=("[^"]*"|'[^']*')""")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# A root address with nothing in it to resolve or to encode.
_PLAIN_ROOT = re.compile(r"(?:/[\w%~-][\w%.~-]*)+/?", re.ASCII)
_URI = re.compile(r"[\w%:/?#\[\]@!$&'()*+,;=~.-]*", re.ASCII)
_URI_MARKS = "%:/?#[]@!$&'()*+,;=~"


def tag_uri(site: Site, name: str) -> str:
    """A permanent id by RFC 4151: «tag:news.example,2024:release/…»."""
    return f"tag:{site.id_authority},{site.id_date}:{quote(name, safe='/')}"


def uri(site: Site, path: str) -> str:
    """Full address of a path of this site, in ASCII: validators refuse Cyrillic ones."""
    return in_ascii(site.absolute(path))


def in_ascii(address: str) -> str:
    """An address as a URI (RFC 3986): «https://город.рф/ё» → «https://xn--c1ac3aaj.xn--p1ai/%D1%91»."""
    if _URI.fullmatch(address):
        return address
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return quote(parts._replace(netloc=host).geturl(), safe=_URI_MARKS)


def absolute_addresses(html: str, site: Site, page: str) -> str:
    """``html`` of the page at path ``page`` with all its links and pictures made absolute.

    Root addresses in ``html`` carry the site's base path already. Only start tags
    are looked at, by patterns: bodies are serialised by us, and parsing each one
    costs thirty times as much.
    """
    here, origin = site.absolute(page), _origin(site.url)

    def mend_attribute(found: re.Match[str]) -> str:
        name, quoted = found.groups()
        mend = _absolute_srcset if name == "srcset" else _absolute
        return f" {name}={quoted[0]}{escape(mend(unescape(quoted[1:-1]), here, origin))}{quoted[0]}"

    return _START_TAG.sub(lambda tag: _ADDRESS.sub(mend_attribute, tag[0]), html)


def _absolute(address: str, here: str, origin: str) -> str:
    if _PLAIN_ROOT.fullmatch(address):
        return origin + address
    return address if _SCHEME.match(address) else in_ascii(urljoin(here, address))


def _absolute_srcset(srcset: str, here: str, origin: str) -> str:
    candidates = (candidate.split() for candidate in srcset.split(",") if candidate.strip())
    return ", ".join(
        " ".join([_absolute(address, here, origin), *descriptor]) for address, *descriptor in candidates
    )


@lru_cache(maxsize=8)
def _origin(address: str) -> str:
    """Scheme and host of an address, in ASCII."""
    parts = urlsplit(address)
    return in_ascii(f"{parts.scheme}://{parts.netloc}")
