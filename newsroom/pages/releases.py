"""The page of a release, its plain twins beside it, and the notice of a withdrawn one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup

from newsroom.content.dates import day
from newsroom.content.library import Library
from newsroom.content.numbers import filesize
from newsroom.content.types import Attachment, Contact, Release
from newsroom.pages.document import Document, File, Head
from newsroom.pages.feed_items import CONVENTIONAL, corrections
from newsroom.pages.feeds import feed_links
from newsroom.pages.heads import HOME
from newsroom.pages.listings import NEWS
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
        start = _place_after(release, releases)
        shared.update({other.id: weight for other in releases[start : start + _LOOKED_AT]})
    score = {id: points + (library.by_id[id].rubric == release.rubric) for id, points in shared.items()}
    ranked = sorted(score, key=lambda id: (score[id], *_order(library.by_id[id])), reverse=True)
    return [library.by_id[id] for id in ranked[:_RELATED]]


def _place_after(release: Release, releases: tuple[Release, ...]) -> int:
    """Index of the first of ``releases`` that is older; the list is sorted by ``_order``, greatest first."""
    count = len(releases)
    older = bisect_left(range(count), _order(release), key=lambda place: _order(releases[count - 1 - place]))
    return count - older


def _order(release: Release) -> tuple[datetime, str]:
    """Key by which the library sorts its lists."""
    return release.date, release.id


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
    documents = _documents(release, "— {title} ({kind}): {address}", site)
    return _twin(release, release.title, release.text, documents, site)


def _markdown_twin(release: Release, site: Site) -> str:
    documents = _documents(release, "- [{title}]({address}) ({kind})", site)
    return _twin(release, f"# {release.title}", release.markdown, documents, site)


def _twin(release: Release, title: str, body: str, documents: str, site: Site) -> str:
    parts = (
        title,
        _issued(release),
        release.summary,
        body,
        *_notes(release, site),
        documents,
        _press_contact(release.contact),
        site.absolute(release.url),
    )
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _issued(release: Release) -> str:
    return f"{day(release.date)} · {release.department.title}"


def _notes(release: Release, site: Site) -> tuple[str, ...]:
    """What the reader must know of the text: its corrections, and that its date is conventional."""
    return (*corrections(release, site), CONVENTIONAL if release.conventional_date else "")


def _documents(release: Release, line: str, site: Site) -> str:
    """The attachments, one a line: ``line`` is a pattern of title, kind and address."""

    def told(file: Attachment) -> str:
        kind = f"{file.kind}, {filesize(file.size)}"
        return line.format(title=file.title, kind=kind, address=site.absolute(file.url))

    lines = "\n".join(told(file) for file in release.attachments)
    return f"Документы:\n\n{lines}" if lines else ""


def _press_contact(contact: Contact) -> str:
    known = ", ".join(part for part in (contact.name, contact.phone, contact.email) if part)
    return f"Контакт для СМИ: {known}" if known else ""
