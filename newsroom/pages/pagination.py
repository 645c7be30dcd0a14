"""Lists cut into pages from the oldest item, so that a closed page never changes.

Page 7 of a list stays page 7 for ever, and once page 8 is closed too its bytes stay
(till then its link to newer items leads to the newest page). A new item touches only that
page, which is served at the list's own address and holds what is not yet a page
of its own: from ``per_page`` to twice that, so that it is never nearly empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from newsroom.pages.document import Head
from newsroom.pages.structured_data import breadcrumbs
from newsroom.settings import Site

T = TypeVar("T")
Shown = TypeVar("Shown")


class ListPage(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list, its items newest first; ``list_url`` is the address of the newest page.

    What changes with every item (``count`` of pages, ``total`` of items,
    ``closed`` pages with their addresses) is told on the newest page only.
    """

    url: str
    list_url: str
    number: int
    items: Sequence[T]
    newest: bool
    newer_url: str = ""
    older_url: str = ""
    count: int = 0
    total: int = 0
    closed: tuple[tuple[int, str], ...] = ()

    def showing(self, items: Sequence[Shown]) -> ListPage[Shown]:
        """The same page with ``items`` in place of its own: the cards of entries, say."""
        return replace(self, items=items)  # type: ignore[arg-type]


def paginate(url: str, items: Sequence[T], per_page: int) -> Iterator[ListPage[T]]:
    """The pages of a list at ``url``, newest page first; ``items`` come newest first."""
    yield newest_page(url, items, per_page)
    yield from closed_pages(url, items, per_page, range(closed_count(len(items), per_page), 0, -1))


def newest_page(url: str, items: Sequence[T], per_page: int) -> ListPage[T]:
    """The page at the list's own address."""
    closed = closed_count(len(items), per_page)
    return ListPage(
        url=url,
        list_url=url,
        number=closed + 1,
        items=items[: len(items) - closed * per_page],
        newest=True,
        older_url=_closed_url(url, closed) if closed else "",
        count=closed + 1,
        total=len(items),
        closed=tuple((number, _closed_url(url, number)) for number in range(closed, 0, -1)),
    )


def closed_pages(url: str, items: Sequence[T], per_page: int, numbers: range) -> Iterator[ListPage[T]]:
    """The closed pages of these ``numbers``, which go down one by one."""
    closed, last = closed_count(len(items), per_page), len(items)
    some = items[last - numbers.start * per_page : last - numbers.stop * per_page]
    for place, number in enumerate(numbers):
        yield ListPage(
            url=_closed_url(url, number),
            list_url=url,
            number=number,
            items=some[place * per_page : (place + 1) * per_page],
            newest=False,
            newer_url=url if number == closed else _closed_url(url, number + 1),
            older_url=_closed_url(url, number - 1) if number > 1 else "",
        )


def page_count(count: int, per_page: int) -> int:
    """How many pages ``paginate`` makes of so many items."""
    return closed_count(count, per_page) + 1


def page_urls(url: str, count: int, per_page: int) -> list[str]:
    """The addresses of the pages that ``paginate`` makes of so many items, in its order."""
    return [url, *(_closed_url(url, number) for number in range(closed_count(count, per_page), 0, -1))]


def list_head(
    listing: ListPage[Any],
    title: str,
    crumbs: tuple[tuple[str, str], ...],
    site: Site,
    *,
    crumb: str = "",
    data: tuple[Mapping[str, Any], ...] = (),
) -> Head:
    """The head of a page of a list: a closed page says its number and stands below its list.

    ``crumbs`` lead to the list; ``crumb`` names it on its closed pages where
    ``title`` would be too long; ``data`` are schema.org objects beside the crumbs.
    """
    numbered = title if listing.newest else f"{title}, страница {listing.number}"
    if not listing.newest:
        crumbs = (*crumbs, (crumb or title, listing.list_url))
    return Head(
        url=listing.url,
        title=numbered,
        description=f"{numbered}: {site.name}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, numbered, listing.url, site), *data),
    )


def closed_count(count: int, per_page: int) -> int:
    """How many pages of a list of so many items are closed."""
    return max(0, count // per_page - 1)


def _closed_url(url: str, number: int) -> str:
    return f"{url}page/{number}/"
