"""Content Security Policies of the site (CSP Level 3, Trusted Types): what pages may load and do.

Nothing but the site's own files, nothing written into a page, and of other sites only the players of
videos, which come into a page when its reader asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from newsroom.content.video_hosts import allowed_hosts
from newsroom.settings import Editor, Site

Policy = Mapping[str, str]
"""Directives; an empty value is a directive that has none."""

_IN_HEADERS_ALONE = frozenset({"frame-ancestors"})
"""What a policy within a page may not say (CSP 3, 3.3)."""
_APIS = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}
"""Where Decap CMS asks by itself."""


def of_pages(site: Site) -> Policy:
    """The policy of every address that has no other."""
    players = " ".join(host.origin for host in allowed_hosts(site.video_hosts))
    return {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        **({"frame-src": players} if players else {}),
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
        **({"upgrade-insecure-requests": ""} if site.is_secure else {}),
    }


def of_lite(site: Site) -> Policy:
    """The light page asks for nothing, and says so to browsers by an icon of no bytes («data:,»)."""
    return {
        "default-src": "'none'",
        "img-src": "data:",
        # Programs that look at pages, such as Lighthouse, ask for robots.txt from within; there is no script.
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        **({"upgrade-insecure-requests": ""} if site.is_secure else {}),
    }


def of_theme() -> Policy:
    """Sheets, scripts, faces and icons load and run nothing by themselves: no browser need be told more."""
    return {"default-src": "'none'"}


def of_search(site: Site) -> Policy:
    """Search has a program in WebAssembly; it has no worker, and writes no HTML."""
    return {**of_pages(site), "script-src": "'self' 'wasm-unsafe-eval'"}


def of_editor(site: Site, editor: Editor) -> Policy:
    """Decap CMS compiles its own checks, writes styles into the page and asks the API of its repository."""
    return {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' blob: data:",
        "connect-src": " ".join(["'self'", "blob:", *_apis(editor)]),
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        **({"upgrade-insecure-requests": ""} if site.is_secure else {}),
    }


def in_header(policy: Policy) -> str:
    """The value of the header ``Content-Security-Policy``."""
    return "; ".join(f"{name} {value}".rstrip() for name, value in policy.items())


def in_page(url: str, site: Site) -> str:
    """The policy of the page at ``url`` as it may stand in the page, for hosts that send no headers."""
    policy = of_search(site) if url.startswith("/search/") else of_pages(site)
    return in_header({name: value for name, value in policy.items() if name not in _IN_HEADERS_ALONE})


def _apis(editor: Editor) -> list[str]:
    """The origins that the editor asks: a server of one's own instead of the well-known one."""
    if editor.backend == "local":
        return []
    named = [address for address in (editor.api_root, editor.base_url) if address]
    # What ``base_url`` names for GitHub only lets in: the API stays where it is.
    known = _APIS.get(editor.backend, "") if editor.backend == "github" or not named else ""
    origins = ["{0.scheme}://{0.netloc}".format(urlsplit(each)) for each in (known, *named) if each]
    return list(dict.fromkeys(origins))
