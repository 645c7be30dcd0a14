"""What becomes of an old page's address: an alias, where a static site can answer there."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from newsroom.content.fields import FaultsError
from newsroom.content.values import root_address

LONGEST_SEGMENT = 200
"""Bytes between two slashes; of a longer one no folder can be made everywhere."""
_KEPT = "/%!$&'()*+,;=:@~-._"
"""What stands in a path as it is; a letter in percents already is not written so once more."""


def alias_of(address: str) -> tuple[str, str]:
    """The path that can be an alias, or "" and the reason in Russian why there is none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", "адрес не читается"
    if parts.query:
        return "", "в адресе есть параметры (после «?»)"
    path = unquote(parts.path)
    if not re.search(r"/$|\.\w+$", path):
        path += "/"  # a static server leads there from the address without it
    if any(len(segment.encode()) > LONGEST_SEGMENT for segment in path.split("/")):
        return "", f"в адресе часть длиннее {LONGEST_SEGMENT} байт"
    if re.search(r"\.(?!html?$)\w+$", path):
        return "", f"адрес кончается на «.{path.rpartition('.')[2]}»"
    try:
        return root_address(path), ""
    except FaultsError:
        return "", "в адресе знаки, которых у страницы быть не может"


def is_home(address: str) -> bool:
    """Whether an address is that of a whole site, which no release can answer for."""
    return path_of(address).lower() in {"/", "/index.html", "/index.htm", "/index.php"}


def key_of(address: str, *, with_place: bool = False) -> str:
    """What two ways of writing an address have in common: no scheme, no «www.», no slash at the end.

    The place on a page («#n1») counts only where it is asked for.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path).rstrip("/").removesuffix("/index.html").removesuffix("/index.php")
    place = f"#{parts.fragment}" if with_place and parts.fragment else ""
    return f"{host}{path}{'?' if parts.query else ''}{parts.query}{place}"


def path_of(address: str) -> str:
    """The address without its host, as browsers ask a server for it: letters and spaces in percents."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    query = f"?{quote(parts.query, safe=f'{_KEPT}?')}" if parts.query else ""
    return f"{quote(parts.path or '/', safe=_KEPT)}{query}"
