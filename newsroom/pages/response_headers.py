"""What a server must say with each file: the one table of it, for ``_headers`` and for nginx."""

from __future__ import annotations

from newsroom.build.headers_file import PATH, Rule, written
from newsroom.build.media_types import media_type
from newsroom.build.pictures import EXTENSIONS, WIDTHS
from newsroom.pages import nginx_files, security_policy
from newsroom.pages.document import File
from newsroom.settings import Site

_POLICY = "Content-Security-Policy"
_CACHE = "Cache-Control"
_REFUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
    "midi", "payment", "usb",
)  # fmt: skip
"""Powers of the browser (Permissions Policy) that no page here has a use for."""

_OF_DOCUMENTS = frozenset(
    {"x-frame-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy"}
)
"""Headers that say something of pages alone."""

_BRIEFLY = "public, max-age=60, must-revalidate"
"""What is withdrawn or corrected is gone from every cache in a minute; what is the same costs a 304."""
_MOST_BRIEFLY = "public, max-age=30, must-revalidate"
_FOR_EVER = "public, max-age=31536000, immutable"
"""Names with a digest or a version: another content has another name."""
_NEVER = "no-cache"

_MEDIA_TYPES = {
    # Feeds too: under a media type of their own browsers show their source, not their page (decision 6).
    "/*.xml": media_type(".xml"),
    "/*feed.json": "application/feed+json; charset=utf-8",
    "/emergency/cap/*.xml": "application/cap+xml; charset=utf-8",
    "/*.ics": media_type(".ics"),
    "/*.map": media_type(".map"),
    "/*.md": media_type(".md"),
    "/*.vtt": media_type(".vtt"),
}
"""Files whose media type hosts do not know by the ending of their names."""
_FOR_PROGRAMS = ("csv", "ics", "json", "md", "txt", "xml")
"""Endings of files that programs of other sites may read: feeds, open data, texts."""


def files(site: Site) -> list[File]:
    """The file for static hosts and those for nginx."""
    table = rules(site)
    return [File(path=PATH, data=written(table).encode()), *nginx_files.files(table, site)]


def rules(site: Site) -> list[Rule]:
    """The table: a later rule overrules an earlier one in the headers that it names."""
    return [
        Rule(f"{site.base}{rule.pattern}", rule.headers, rule.detached)
        for rule in (*_everywhere(site), *_by_name(), *_by_folder(site))
    ]


def _everywhere(site: Site) -> list[Rule]:
    secure = {"Strict-Transport-Security": "max-age=31536000"} if site.is_secure else {}
    headers = {
        _POLICY: security_policy.in_header(security_policy.of_pages(site)),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _REFUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
        # All is public: other sites may show our pictures and cards, translators our styles.
        "Cross-Origin-Resource-Policy": "cross-origin",
        **secure,
        _CACHE: _BRIEFLY,
    }
    return [Rule("/*", headers)]


def _by_name() -> list[Rule]:
    """A derivative of a picture is known by its width: no other file's name has a second dot there."""
    return [
        *(Rule(f"/*.{ending}", {"Access-Control-Allow-Origin": "*"}) for ending in _FOR_PROGRAMS),
        *(Rule(pattern, {"Content-Type": told}) for pattern, told in _MEDIA_TYPES.items()),
        *(Rule(f"/*.{width}.{ending}", {_CACHE: _FOR_EVER}) for width in WIDTHS for ending in EXTENSIONS),
    ]


def _by_folder(site: Site) -> list[Rule]:
    search = security_policy.in_header(security_policy.of_search(site))
    lite = security_policy.in_header(security_policy.of_lite(site))
    theme = security_policy.in_header(security_policy.of_theme())
    return [
        # A page comes with eight of them: over HTTP/1.1 what is told of pages would be 6 KB of its weight.
        Rule("/theme/*", {_POLICY: theme, _CACHE: _FOR_EVER}, _OF_DOCUMENTS),
        Rule("/emergency/*", {_CACHE: _MOST_BRIEFLY}),
        Rule("/emergency/notice.css", {_POLICY: theme}, _OF_DOCUMENTS),
        Rule("/verify/*.css", {_POLICY: theme}, _OF_DOCUMENTS),
        Rule("/search/*", {_POLICY: search}),
        Rule("/search/engine-*", {_CACHE: _FOR_EVER}),
        Rule("/lite/*", {_POLICY: lite}),
        *([_of_editor(site)] if site.editor else []),
    ]


def _of_editor(site: Site) -> Rule:
    assert site.editor
    headers = {
        _POLICY: security_policy.in_header(security_policy.of_editor(site, site.editor)),
        # Who lets the editor in does so in a window of its own, which must be able to say so.
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
        "Cross-Origin-Resource-Policy": "same-origin",
        _CACHE: _NEVER,
    }
    return Rule("/admin/*", headers)
