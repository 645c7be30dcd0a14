"""Pages that stand by themselves: the channels, standing pages, feeds, open data, 404, redirects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from newsroom.content.library import Library
from newsroom.content.types import Channel
from newsroom.pages.document import Document, Head
from newsroom.pages.feeds import all_feeds
from newsroom.pages.heads import head_under_home
from newsroom.pages.open_data_sets import datasets
from newsroom.settings import Site

_LATEST = 5


def documents(library: Library, site: Site) -> Iterator[Document]:
    """All of them; a redirect for each former address."""
    yield _channels(library, site)
    for page in library.pages:
        head = head_under_home(page.title, page.url, site, page.summary, source=page.source)
        yield Document(head=head, template="page.html", context={"content": page})
    head = head_under_home("Ленты", "/feeds/", site, f"RSS, Atom, JSON Feed и календарь: {site.name}")
    yield Document(head=head, template="feeds.html", context={"feeds": all_feeds(library, site)})
    head = head_under_home("Открытые данные", "/data/", site, f"Наборы открытых данных: {site.name}")
    yield Document(head=head, template="data.html", context={"datasets": datasets(library, site)})
    yield _not_found(library)
    yield from _redirects(library)


def _channels(library: Library, site: Site) -> Document:
    by_owner = sorted(library.channels, key=lambda channel: channel.owner)
    groups = []
    for owner, entries in groupby(by_owner, lambda channel: channel.owner):
        channels = sorted(entries, key=_by_audience)
        groups.append((owner, channels, sum(channel.subscribers for channel in channels)))
    total = sum(subscribers for _, _, subscribers in groups)
    description = f"Официальные страницы в сетях: {site.organization}"
    head = head_under_home("Каналы", "/channels/", site, description)
    return Document(head=head, template="channels.html", context={"groups": groups, "total": total})


def _by_audience(channel: Channel) -> tuple[bool, int, str]:
    return channel.status != "active", -channel.subscribers, channel.title


def _not_found(library: Library) -> Document:
    head = Head(url="/404.html", title="Страница не найдена", listed=False)
    context = {"latest": library.releases[:_LATEST]}
    return Document(head=head, template="404.html", context=context, path="404.html")


def _redirects(library: Library) -> Iterator[Document]:
    for entry in (*library.materials(), *library.withdrawn):
        for alias in entry.aliases:
            head = Head(url=alias, title=entry.title, listed=False, source=entry.source)
            path = alias.lstrip("/") + ("index.html" if alias.endswith("/") else "")
            yield Document(head=head, template="redirect.html", context={"target": entry.url}, path=path)
