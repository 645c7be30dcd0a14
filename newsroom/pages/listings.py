"""Lists of releases: all of them, and those of each rubric, tag and department."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.content.library import Library
from newsroom.content.plurals import plural
from newsroom.content.types import Department, Release, Tag, Term
from newsroom.pages.document import Document, Head
from newsroom.pages.feeds import feed_links
from newsroom.pages.heads import HOME, head_under_home
from newsroom.pages.pagination import ListPage, paginate
from newsroom.pages.structured_data import breadcrumbs, collection_page
from newsroom.settings import Site

NEWS = ("Новости", "/news/")
RUBRICS = ("Рубрики", "/rubrics/")
TAGS = ("Темы", "/tags/")
DEPARTMENTS = ("Подразделения", "/departments/")


def documents(library: Library, site: Site) -> Iterator[Document]:
    """All list pages and the three indexes that lead to them."""
    yield from _news(library, site)
    for rubric in library.rubrics:
        yield from _list(rubric, library.by_rubric.get(rubric.id, ()), (HOME, RUBRICS), site)
    for tag in library.tags:
        yield from _list(tag, library.by_tag.get(tag.id, ()), (HOME, TAGS), site)
    for department in library.departments:
        releases = library.by_department.get(department.id, ())
        yield from _list(department, releases, (HOME, DEPARTMENTS), site, always=True)
    yield _index(
        "rubrics", RUBRICS, [(r, len(library.by_rubric.get(r.id, ()))) for r in library.rubrics], site
    )
    entries = [(d, len(library.by_department.get(d.id, ()))) for d in library.departments]
    yield _index("departments", DEPARTMENTS, entries, site)
    yield _tags_index(library, site)


def _news(library: Library, site: Site) -> Iterator[Document]:
    title, url = NEWS
    years = sorted({release.date.year for release in library.releases}, reverse=True)
    for listing in paginate(url, library.releases, site.per_page):
        context = {
            "title": title,
            "intro": "",
            "term": None,
            "contact": None,
            "years": [(year, f"/news/{year}/") for year in years] if listing.newest else [],
        }
        yield _page(title, f"Все пресс-релизы: {site.name}", listing, (HOME,), context, site)


def _list(
    term: Term | Department,
    releases: tuple[Release, ...],
    crumbs: tuple[tuple[str, str], ...],
    site: Site,
    *,
    always: bool = False,
) -> Iterator[Document]:
    """The pages of one list; none for a term that no published release uses."""
    if not releases and not always:
        return
    intro = term.summary if isinstance(term, Department) else term.description
    contact = term.contact if isinstance(term, Department) else None
    context: dict[str, Any] = {"title": term.title, "intro": intro, "term": term, "contact": contact}
    context["years"] = []
    description = intro or f"Пресс-релизы: {term.title}"
    for listing in paginate(term.url, releases, site.per_page):
        yield _page(term.title, description, listing, crumbs, context, site, feeds=bool(releases), term=term)


def _page(
    title: str,
    description: str,
    listing: ListPage[Release],
    crumbs: tuple[tuple[str, str], ...],
    context: dict[str, Any],
    site: Site,
    *,
    feeds: bool = True,
    term: Term | Department | None = None,
) -> Document:
    numbered = title if listing.newest else f"{title}, страница {listing.number}"
    if not listing.newest:
        crumbs = (*crumbs, (title, listing.list_url))
    head = Head(
        url=listing.url,
        title=numbered,
        description=description,
        crumbs=crumbs,
        feeds=feed_links(term or site) if feeds else (),
        data=(
            breadcrumbs(crumbs, numbered, listing.url, site),
            collection_page(numbered, description, listing.url, listing.items, site),
        ),
        source=getattr(term, "source", ""),
    )
    return Document(head=head, template="listing.html", context={**context, "listing": listing})


def _index(name: str, crumb: tuple[str, str], entries: list[tuple[Any, int]], site: Site) -> Document:
    title, url = crumb
    used = [(term, count) for term, count in entries if count or isinstance(term, Department)]
    head = head_under_home(title, url, site)
    return Document(head=head, template="terms.html", context={"title": title, "terms": used, "kind": name})


def _tags_index(library: Library, site: Site) -> Document:
    """All tags in use by their first letter."""
    groups: dict[str, list[tuple[Tag, int]]] = {}
    used = [tag for tag in library.tags if tag.id in library.by_tag]
    for tag in sorted(used, key=lambda tag: _sorting_key(tag.title)):
        letter = _sorting_key(tag.title)[:1].upper()
        groups.setdefault(letter, []).append((tag, len(library.by_tag[tag.id])))
    title, url = TAGS
    description = f"{plural(len(used), 'тема', 'темы', 'тем')} пресс-релизов по алфавиту"
    head = head_under_home(title, url, site, description)
    return Document(head=head, template="tags.html", context={"title": title, "groups": list(groups.items())})


def _sorting_key(title: str) -> str:
    return title.lower().lstrip("«„").replace("ё", "е")
