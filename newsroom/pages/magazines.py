"""The archive of the magazine, its numbers, and their pages to leaf through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.content.plain_text import excerpt
from newsroom.content.types import Issue, Leaf
from newsroom.pages import file_texts
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.pagination import ListPage, list_head, paginate
from newsroom.pages.structured_data import breadcrumbs, periodical, publication_issue
from newsroom.settings import Site

MAGAZINE = ("Журнал", "/magazine/")


def sections(desk: Desk) -> Iterator[Section]:
    """The archive; a section for each number with its leaves and its pictures."""
    yield _archive(desk)
    for issue in desk.library.issues:
        yield _issue_section(issue, desk)


def _archive(desk: Desk) -> Section:
    title, url = MAGAZINE
    site = desk.site
    name = f"Журнал «{site.magazine}»" if site.magazine else title

    def compose(listing: ListPage[Issue]) -> Document:
        data = (periodical(site, listing.items),)
        head = list_head(listing, name, (HOME,), site, crumb=title, data=data)
        return Document(head=head, template="magazine.html", context={"listing": listing})

    def outputs() -> Iterator[Output]:
        for listing in paginate(url, desk.library.issues, site.per_page):
            path = f"{listing.url.lstrip('/')}index.html"
            yield desk.press.page(path, "magazine.html", partial(compose, listing), {"items": listing})

    return desk.press.section("magazine", outputs, desk.library.issues, templates=["magazine.html"])


def _issue_section(issue: Issue, desk: Desk) -> Section:
    library = desk.library
    named = [library.by_id[id] for id in issue.releases if id in library.by_id]
    cards = [entry.card for entry in named]

    def outputs() -> Iterator[Output]:
        yield desk.press.page(
            f"{issue.url.lstrip('/')}index.html",
            "issue.html",
            lambda: _issue(issue, named, desk),
            {"issue": issue, "releases": cards},
            source=issue.source,
        )
        for leaf in issue.leaves:
            yield desk.press.page(
                f"{leaf.url.lstrip('/')}index.html",
                "leaf.html",
                partial(_leaf, issue, leaf, desk.site),
                {"issue": issue},
                source=issue.source,
            )
        yield from desk.media.outputs(issue, desk.press)
        yield from file_texts.outputs(issue, desk)
        yield from desk.media.leaves(issue, desk.press)

    templates = ("issue.html", "leaf.html", file_texts.TEMPLATE)
    weight = 11 * len(issue.leaves)
    return desk.press.section(
        f"magazine/{issue.id}", outputs, issue, cards, templates=templates, weight=weight
    )


def _issue(issue: Issue, named: Sequence[Entry], desk: Desk) -> Document:
    crumbs, site = (HOME, MAGAZINE), desk.site
    head = Head(
        url=issue.url,
        title=issue.title,
        description=issue.summary,
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, issue.title, issue.url, site), publication_issue(issue, site)),
        source=issue.source,
    )
    context = {"issue": issue, "releases": list(desk.library.cards(named))}
    return Document(head=head, template="issue.html", context=context)


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
