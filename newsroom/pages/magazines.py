"""The archive of the magazine, its numbers, and their pages to leaf through."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.content.library import Library
from newsroom.content.plain_text import excerpt
from newsroom.content.types import Issue, Leaf
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.pagination import list_head, paginate
from newsroom.pages.structured_data import breadcrumbs, periodical, publication_issue
from newsroom.settings import Site

MAGAZINE = ("Журнал", "/magazine/")


def documents(library: Library, site: Site) -> Iterator[Document]:
    """The archive, a page for each number, a page for each leaf."""
    yield from _archive(library, site)
    for issue in library.issues:
        yield _issue(issue, library, site)
        for leaf in issue.leaves:
            yield _leaf(issue, leaf, site)


def _archive(library: Library, site: Site) -> Iterator[Document]:
    title, url = MAGAZINE
    name = f"Журнал «{site.magazine}»" if site.magazine else title
    for listing in paginate(url, library.issues, site.per_page):
        data = (periodical(site, listing.items),)
        head = list_head(listing, name, (HOME,), site, crumb=title, data=data)
        yield Document(head=head, template="magazine.html", context={"listing": listing})


def _issue(issue: Issue, library: Library, site: Site) -> Document:
    crumbs = (HOME, MAGAZINE)
    head = Head(
        url=issue.url,
        title=issue.title,
        description=issue.summary,
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, issue.title, issue.url, site), publication_issue(issue, site)),
        source=issue.source,
    )
    releases = [library.by_id[id] for id in issue.releases if id in library.by_id]
    return Document(head=head, template="issue.html", context={"issue": issue, "releases": releases})


def _leaf(issue: Issue, leaf: Leaf, site: Site) -> Document:
    crumbs = (HOME, MAGAZINE, (issue.title, issue.url))
    title = f"{issue.title}: страница {leaf.number}"
    index = leaf.number - 1
    head = Head(
        url=leaf.url,
        title=title,
        description=excerpt(leaf.text, 160),
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, title, leaf.url, site),),
    )
    context = {
        "issue": issue,
        "leaf": leaf,
        "older_url": issue.leaves[index - 1].url if index else "",
        "newer_url": issue.leaves[index + 1].url if index + 1 < issue.pages else "",
    }
    return Document(head=head, template="leaf.html", context=context)
