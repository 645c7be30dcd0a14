"""What kind of page or file a path of a site is, whichever program wrote it."""

from __future__ import annotations

import re

_RULES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("release pages", r"news/\d{4}/\d\d/[^/]*[a-z][^/]*/index\.html"),
        ("days", r"news/\d{4}/\d\d/\d\d/(?:page/\d+/)?index\.html"),
        ("months", r"news/\d{4}/\d\d/(?:page/\d+/)?index\.html"),
        ("years", r"news/\d{4}/index\.html"),
        ("list of news", r"news/(?:page/\d+/)?index\.html"),
        ("lists of rubrics", r"rubrics/[^/]+/(?:page/\d+/)?index\.html"),
        ("lists of tags", r"tags/[^/]+/(?:page/\d+/)?index\.html"),
        ("lists of departments", r"departments/[^/]+/(?:page/\d+/)?index\.html"),
        ("directories", r"(?:(?:rubrics|tags|departments|feeds)/)?index\.html|404\.html"),
        ("feeds, RSS", r"(?:.*/)?rss\.xml"),
        ("feeds, Atom", r"(?:.*/)?atom\.xml"),
        ("sitemaps", r"(?:sitemaps/.*|(?:news-)?sitemap)\.xml"),
        ("pictures", r"news/.*\.(?:jpg|avif|webp)"),
    )
)
OTHER = "other files"
KINDS = (*(kind for kind, _ in _RULES), OTHER)


def kind_of(path: str) -> str:
    """One of KINDS."""
    return next((kind for kind, pattern in _RULES if pattern.fullmatch(path)), OTHER)
