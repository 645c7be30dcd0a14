"""The address the public site is served from: known before a deploy, never guessed from pages."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from newsroom.problems import NewsroomError, Problem

_REMEDY = "задайте адрес публичного сайта переменной SITEURL, например: SITEURL=https://news.example"


def public_address(url: str) -> str:
    """``url`` without a slash at its end; raises NewsroomError unless others can reach a site there."""
    if not url.strip():
        raise NewsroomError([Problem("SITEURL", 0, "адрес публичного сайта не задан", _REMEDY)])
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or parts.username:
        raise NewsroomError([Problem("SITEURL", 0, f"это не адрес сайта: «{url}»", _REMEDY)])
    if _is_this_machine(host):
        message = f"по адресу «{url}» сайт виден только на этом компьютере"
        raise NewsroomError([Problem("SITEURL", 0, message, _REMEDY)])
    return url.strip().rstrip("/")


def _is_this_machine(host: str) -> bool:
    name = host.rstrip(".")
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
