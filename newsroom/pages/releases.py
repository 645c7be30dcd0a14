"""The page of a release, all that stands beside it, and the notice of a withdrawn one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from newsroom.build.fingerprint import SIZE
from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.types import Release
from newsroom.pages import changes, file_texts, package
from newsroom.pages.announcing import posts, posts_print
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import feed_links
from newsroom.pages.heads import HOME
from newsroom.pages.listings import NEWS
from newsroom.pages.related import related
from newsroom.pages.structured_data import breadcrumbs, news_article
from newsroom.pages.structured_parts import Data
from newsroom.pages.twins import markdown_twin, text_twin
from newsroom.settings import Site

_SHARE = (
    ("ВКонтакте", "https://vk.com/share.php?url={url}&title={title}"),
    ("Одноклассники", "https://connect.ok.ru/offer?url={url}&title={title}"),
    ("MAX", "https://max.ru/:share?text={title}%20{url}"),
    ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
)


def sections(desk: Desk) -> Iterator[Section]:
    """A section for each month that has releases: their pages and all that stands beside them."""
    months = desk.yearbooks.months
    with_package = package.packaged(desk.library, desk.site)
    published = ["", *(name for name, month in months.items() if month.cards), ""]
    around = dict(zip(published[1:], zip(published, published[2:], strict=False), strict=False))
    for name, month in months.items():
        newer, older = around.get(name, ("", ""))
        yield desk.press.section(
            f"releases/{name}",
            partial(_outputs, name, newer, older, desk, with_package),
            month.whole,
            months[newer].cards[-SIZE:] if newer else b"",
            months[older].cards[:SIZE] if older else b"",
            month.window,
            posts_print(name, desk.library),
            sorted(id for id in with_package if id.startswith(name)),
            templates=("article.html", changes.TEMPLATE, file_texts.TEMPLATE, "withdrawn.html"),
            releases=partial(_ids, name, desk.library),
            weight=4 * len(month.cards) // SIZE + 1,
        )


def _ids(month: str, library: Library) -> tuple[str, ...]:
    return tuple(entry.id for entry in library.within(month))


def _outputs(
    month: str, newer: str, older: str, desk: Desk, with_package: frozenset[str]
) -> Iterator[Output]:
    """The releases of ``month``; ``newer`` and ``older`` are the next months that have some."""
    library = desk.library
    after = library.within(newer)[-1] if newer else None
    before = library.within(older)[0] if older else None
    chain = (after, *library.within(month), before)
    for next_one, entry, last_one in zip(chain, chain[1:], chain[2:], strict=False):
        assert entry
        is_packaged = entry.id in with_package
        yield _page(entry, next_one, last_one, desk, is_packaged=is_packaged)
        yield from _beside(entry, desk)
        if is_packaged:
            yield package.output(entry, desk)
        yield from changes.outputs(entry, desk)
    for entry in library.withdrawn_within(month):
        yield desk.press.page(
            _path(entry.url),
            "withdrawn.html",
            partial(_notice, entry, desk),
            {"release": desk.prints.of(entry)},
            source=entry.file,
        )


def _page(entry: Entry, newer: Entry | None, older: Entry | None, desk: Desk, *, is_packaged: bool) -> Output:
    library, site, shows = desk.library, desk.site, partial(desk.press.shows, "article.html")
    alike = related(entry, library) if shows("related") else []
    networks = posts(entry, library) if shows("posts") else ()

    def compose() -> Document:
        release = library.release(entry)
        context = {
            "release": release,
            "newer": library.card(newer) if newer else None,
            "older": library.card(older) if older else None,
            "related": library.cards(alike),
            "package_size": package.size(release, desk) if is_packaged and shows("package_size") else 0,
            "posts": networks,
            "share_links": share_links(release, site) if shows("share_links") else (),
            "boilerplate": Markup(site.boilerplate),
            "contact": release.contact,
        }
        head = _head(release, site, with_data=shows("data"))
        return Document(head=head, template="article.html", context=context)

    return desk.press.page(
        _path(entry.url),
        "article.html",
        compose,
        {
            "release": desk.prints.of(entry),
            "neighbours": [other.card if other else b"" for other in (newer, older)],
            "related": [other.card for other in alike],
            "posts": networks,
            # All that its size depends on is in the release's own print.
            "package": is_packaged,
        },
        source=entry.file,
    )


def _beside(entry: Entry, desk: Desk) -> Iterator[Output]:
    """The plain-text and Markdown versions of a release, its drawn card, its pictures and files."""
    library, site = desk.library, desk.site
    release = library.release(entry)
    if "twins" in site.extras:
        shown = {"release": desk.prints.of(entry)}
        text, markdown = release.text_url.lstrip("/"), release.markdown_url.lstrip("/")
        yield desk.press.file(text, lambda: text_twin(library.release(entry), site), shown, source=entry.file)
        yield desk.press.file(
            markdown, lambda: markdown_twin(library.release(entry), site), shown, source=entry.file
        )
    if "cards" in site.extras:
        yield desk.cards.output(release.card_url, desk.press, source=entry.file, release=release)
    yield from desk.media.outputs(release, desk.press)
    yield from file_texts.outputs(release, desk)


def _path(url: str) -> str:
    return f"{url.lstrip('/')}index.html"


def share_links(release: Release, site: Site) -> list[tuple[str, str]]:
    """Plain links to the networks' own pages for sharing: no foreign script."""
    url, title = quote(site.absolute(release.url), safe=""), quote(release.title, safe="")
    return [(network, address.format(url=url, title=title)) for network, address in _SHARE]


def _head(release: Release, site: Site, *, with_data: bool) -> Head:
    year, month = release.date.year, release.date.month
    crumbs = (HOME, NEWS, (release.rubric.title, release.rubric.url))
    return Head(
        url=release.url,
        title=release.title,
        description=release.summary,
        kind="article",
        card=release.card_url,
        card_alt=release.title,
        crumbs=crumbs,
        feeds=feed_links(site),
        data=_data(release, crumbs, site) if with_data else (),
        archive=f"/news/{year}/{month:02}/",
        source=release.source,
    )


def _data(release: Release, crumbs: tuple[tuple[str, str], ...], site: Site) -> tuple[Data, ...]:
    return news_article(release, site), breadcrumbs(crumbs, release.title, release.url, site)


def _notice(entry: Entry, desk: Desk) -> Document:
    crumbs, release = (HOME, NEWS), desk.library.release(entry)
    head = Head(
        url=release.url,
        title="Релиз отозван",
        description="Этот пресс-релиз отозван.",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, "Релиз отозван", release.url, desk.site),),
        listed=False,
        source=release.source,
    )
    return Document(head=head, template="withdrawn.html", context={"release": release})
