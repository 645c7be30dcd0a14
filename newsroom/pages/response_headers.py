"""What a server must say with each file to keep readers safe, in the form of ``_headers`` files."""

from __future__ import annotations

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


def files() -> list[File]:
    """The same for every site."""
    return [File(path=PATH, data=_text().encode())]


def _text() -> str:
    policy, of_search = _written(_POLICY), _written({**_POLICY, "script-src": "'self' 'wasm-unsafe-eval'"})
    return (
        f"/*\n  Content-Security-Policy: {policy}\n  X-Content-Type-Options: nosniff\n\n"
        f"/search/*\n  Content-Security-Policy: {of_search}\n"  # Pagefind is a program in WebAssembly
    )


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
