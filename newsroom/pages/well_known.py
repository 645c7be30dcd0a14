"""Files that machines look for at fixed addresses: robots.txt and security.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newsroom.pages.document import File
from newsroom.settings import Site

SECURITY_PATH = ".well-known/security.txt"


def files(site: Site) -> Iterator[File]:
    """robots.txt always; security.txt only with an address to write to, without which it is not valid."""
    yield File(path="robots.txt", data=robots(site).encode())
    if site.security_contact:
        yield File(path=SECURITY_PATH, data=security(site).encode())


def robots(site: Site) -> str:
    """Everything may be read (RFC 9309), but the editor, which is no page of the site."""
    closed = [f"Disallow: {site.base}/admin/"] if site.editor else []
    sitemaps = (f"Sitemap: {site.absolute(path)}" for path in ("/sitemap.xml", "/news-sitemap.xml"))
    return "\n".join(["User-agent: *", "Allow: /", *closed, "", *sitemaps, ""])


def security(site: Site) -> str:
    """Where to report a hole (RFC 9116)."""
    lines = (
        f"Contact: {site.security_contact}",
        f"Expires: {expires(site.now.date()).isoformat()}T00:00:00Z",
        "Preferred-Languages: ru, en",
        f"Canonical: {site.absolute(f'/{SECURITY_PATH}')}",
    )
    return "\n".join([*lines, ""])


def expires(today: date) -> date:
    """The first day of a quarter, six to nine months ahead.

    RFC 9116 (§2.5.5) wants less than a year; counted in quarters it changes four
    times a year and not with every build.
    """
    quarter = today.year * 4 + (today.month - 1) // 3 + 3
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)
