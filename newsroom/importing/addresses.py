"""Addresses as old pages and letters write them, made such as a release may hold."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from newsroom.content.safe_addresses import is_external, is_safe_address

_FORGOTTEN_SCHEME = re.compile(
    r"(?:www\.|(?:[\w-]+\.)+(?:ru|su|рф|com|org|net|info)(?:[/?#]|$))", re.IGNORECASE
)
_MAIL = re.compile(r"[^\s@/:?]+@[^\s@/:?]+\.[^\s@/:?]+")
_OWN_SCHEMES = ("mailto:", "tel:")


def full_address(written: str, base: str = "") -> str:
    """The address as a link of a release may have it; "" for one that leads nowhere from there.

    What is relative is taken from ``base``, the address of the page it stood on.
    """
    address = written.strip().replace("\\", "/")
    if _MAIL.fullmatch(address):
        return f"mailto:{address}"
    if _FORGOTTEN_SCHEME.match(address):
        address = f"http://{address}"
    if address.startswith("//"):
        address = f"https:{address}"
    if not address.lower().startswith(_OWN_SCHEMES):
        address = _joined(base, address)
    if not is_safe_address(address) or not (is_external(address) or address.lower().startswith(_OWN_SCHEMES)):
        return ""
    return address


def _joined(base: str, address: str) -> str:
    try:
        joined = urljoin(base, address)
        urlsplit(joined)
    except ValueError:  # a bracket that opens no address of IPv6
        return ""
    return joined
