"""Lists cut into pages from the oldest item, so that a closed page never changes.

Page 7 of a list stays page 7 for ever; a new release touches only the newest
page, which is served at the list's own address and holds what is not yet a page
of its own: from ``per_page`` to twice that, so that it is never nearly empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.content.types import Release


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page of a list, its releases newest first.

    What changes with every release (``count`` of pages, ``total`` of releases,
    ``closed`` pages with their addresses) is told on the newest page only.
    """

    url: str
    number: int
    releases: tuple[Release, ...]
    newest: bool
    newer_url: str = ""
    older_url: str = ""
    count: int = 0
    total: int = 0
    closed: tuple[tuple[int, str], ...] = ()


def paginate(url: str, releases: tuple[Release, ...], per_page: int) -> Iterator[ListPage]:
    """The pages of a list at ``url``, newest page first; ``releases`` come newest first."""
    closed = max(0, len(releases) // per_page - 1)
    fresh = len(releases) - closed * per_page
    yield ListPage(
        url=url,
        number=closed + 1,
        releases=releases[:fresh],
        newest=True,
        older_url=_closed_url(url, closed) if closed else "",
        count=closed + 1,
        total=len(releases),
        closed=tuple((number, _closed_url(url, number)) for number in range(closed, 0, -1)),
    )
    for number in range(closed, 0, -1):
        start = fresh + (closed - number) * per_page
        yield ListPage(
            url=_closed_url(url, number),
            number=number,
            releases=releases[start : start + per_page],
            newest=False,
            newer_url=url if number == closed else _closed_url(url, number + 1),
            older_url=_closed_url(url, number - 1) if number > 1 else "",
        )


def _closed_url(url: str, number: int) -> str:
    return f"{url}page/{number}/"
