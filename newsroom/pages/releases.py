"""The page of a release, its plain twins beside it, and the notice of a withdrawn one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from markupsafe import Markup

from newsroom.content.dates import day
from newsroom.content.types import Library, Release
from newsroom.pages.document import Document, File, Head
from newsroom.pages.feeds import feed_links
from newsroom.pages.listings import HOME, NEWS
from newsroom.pages.structured_data import breadcrumbs, news_article
from newsroom.settings import Site

_RELATED = 4
_LOOKED_AT = 40

_SHARE = (
    ("ВКонтакте", "https://vk.com/share.php?url={url}&title={title}"),
    ("Одноклассники", "https://connect.ok.ru/offer?url={url}&title={title}"),
    ("MAX", "https://max.ru/:share?text={title}%20{url}"),
    ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
)


def documents(library: Library, site: Site) -> Iterator[Document]:
    """A page for each published release, a notice for each withdrawn one."""
    releases = library.releases
    for index, release in enumerate(releases):
        newer = releases[index - 1] if index else None
        older = releases[index + 1] if index + 1 < len(releases) else None
        context = {
            "release": release,
            "newer": newer,
            "older": older,
            "related": related(release, library),
            "share_links": share_links(release, site),
            "boilerplate": Markup(site.boilerplate),
            "contact": release.contact,
        }
        yield Document(head=_head(release, site), template="article.html", context=context)
    for release in library.withdrawn:
        yield _notice(release, site)


def files(library: Library, site: Site) -> Iterator[File]:
    """The plain-text and Markdown versions of each release."""
    for release in library.releases:
        yield File(path=release.text_url.lstrip("/"), data=_text_twin(release, site).encode())
        yield File(path=release.markdown_url.lstrip("/"), data=_markdown_twin(release, site).encode())


def related(release: Release, library: Library) -> list[Release]:
    """Earlier releases that share most with this one: an event weighs 3, a tag 2, the rubric 1.

    Of equals, the latest comes first. Only earlier ones, and of each list only the
    nearest: so a new release changes no old page, and the work does not grow
    with the archive.
    """
    shared: Counter[str] = Counter()
    lists = [(3, library.by_event[event.id]) for event in release.events]
    lists += [(2, library.by_tag[tag.id]) for tag in release.tags]
    for weight, releases in lists:
        start = bisect_left(releases, _age(release), key=_age) + 1
        shared.update({other.id: weight for other in releases[start : start + _LOOKED_AT]})
    score = {id: points + (library.by_id[id].rubric == release.rubric) for id, points in shared.items()}
    ranked = sorted(score, key=lambda id: (-score[id], _age(library.by_id[id]), id))
    return [library.by_id[id] for id in ranked[:_RELATED]]


def _age(release: Release) -> tuple[float, list[int]]:
    """Key of the order of the lists: newest first, of one minute the greatest id first."""
    return -release.date.timestamp(), [-ord(letter) for letter in release.id]


def share_links(release: Release, site: Site) -> list[tuple[str, str]]:
    """Plain links to the networks' own pages for sharing: no foreign script."""
    url, title = quote(site.absolute(release.url), safe=""), quote(release.title, safe="")
    return [(network, address.format(url=url, title=title)) for network, address in _SHARE]


def _head(release: Release, site: Site) -> Head:
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
        data=(
            news_article(release, site),
            breadcrumbs(crumbs, release.title, release.url, site),
        ),
        archive=f"/news/{year}/{month:02}/",
        source=release.source,
    )


def _notice(release: Release, site: Site) -> Document:
    crumbs = (HOME, NEWS)
    head = Head(
        url=release.url,
        title="Релиз отозван",
        description="Этот пресс-релиз отозван.",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, "Релиз отозван", release.url, site),),
        listed=False,
        source=release.source,
    )
    return Document(head=head, template="withdrawn.html", context={"release": release})


def _text_twin(release: Release, site: Site) -> str:
    """What «copy the text» copies: everything a newspaper needs, without markup."""
    parts = [
        release.title,
        f"{day(release.date)} · {release.department.title}",
        release.summary,
        release.text,
        *(f"Исправлено {day(change.date)}: {change.note}" for change in release.changes),
        site.absolute(release.url),
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _markdown_twin(release: Release, site: Site) -> str:
    header = [f"# {release.title}", f"{day(release.date)} · {release.department.title}"]
    parts = [*header, release.summary, release.markdown.strip(), site.absolute(release.url)]
    return "\n\n".join(part for part in parts if part) + "\n"
