"""What becomes of an old page's address: an alias, where a static site can answer there."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newsroom.content.fields import FaultsError
from newsroom.content.values import root_address


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
    if re.search(r"\.(?!html?$)\w+$", path):
        return "", f"адрес кончается на «.{path.rpartition('.')[2]}»"
    try:
        return root_address(path), ""
    except FaultsError:
        return "", "в адресе знаки, которых у страницы быть не может"


def key_of(address: str) -> str:
    """What two ways of writing an address have in common: no scheme, no «www.», no slash at the end."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path).rstrip("/").removesuffix("/index.html").removesuffix("/index.php")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def path_of(address: str) -> str:
    """The address without its host, as a server is asked for it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
