"""What a server must say with each file to keep readers safe, in the form of ``_headers`` files."""

from __future__ import annotations

from collections.abc import Mapping

from newsroom.pages.document import File

PATH = "_headers"

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""Content Security Policy Level 3: nothing but the site's own files, and nothing written into a page."""
_LITE_POLICY = {
    "default-src": "'none'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""Of the light page: it asks for nothing, and says so to browsers by an icon of no bytes («data:,»)."""
_FOR_EVER = "public, max-age=31536000, immutable"
"""RFC 8246. The name of a file of the theme carries its digest: another file has another name."""


def files() -> list[File]:
    """The same for every site."""
    return [File(path=PATH, data=_text().encode())]


def _text() -> str:
    return (
        f"/*\n  Content-Security-Policy: {_line(_POLICY)}\n  X-Content-Type-Options: nosniff\n"
        f"/lite/\n  Content-Security-Policy: {_line(_LITE_POLICY)}\n"
        f"/theme/*\n  Cache-Control: {_FOR_EVER}\n"
    )


def _line(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
