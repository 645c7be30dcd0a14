"""The page that shows what the corrections of a release changed, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from newsroom.build.section import Output
from newsroom.content.catalogue import Entry
from newsroom.content.types import Change, Release, Version
from newsroom.pages.desk import Desk
from newsroom.pages.difference import Paragraph, difference
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import correction_feeds
from newsroom.pages.heads import HOME
from newsroom.pages.listings import NEWS
from newsroom.pages.structured_data import breadcrumbs

TEMPLATE = "changes.html"


class Step(Struct, frozen=True, kw_only=True):
    """What came with some corrections: in the title, the summary and the text, () where nothing did."""

    changes: tuple[Change, ...]
    title: tuple[Paragraph, ...]
    summary: tuple[Paragraph, ...]
    text: tuple[Paragraph, ...]


def outputs(entry: Entry, desk: Desk) -> Iterator[Output]:
    """The page of a release, if it has a correction whose hour has come and that can be looked behind."""
    compared = entry.compared
    if compared and any(entry.changes[number] <= desk.prints.now for number in compared.corrections):
        yield desk.press.page(
            f"{entry.url.lstrip('/')}changes/index.html",
            TEMPLATE,
            lambda: _document(entry, desk),
            {"release": desk.prints.of(entry)},
            source=entry.file,
        )


def steps(release: Release, versions: Sequence[Version]) -> Iterator[Step]:
    """What changed, oldest first; corrections whose hour has not come are in no release."""
    for before, after in pairwise(versions):
        due = [number for number in after.corrections if number < len(release.changes)]
        if due:
            yield Step(
                changes=tuple(release.changes[number] for number in due),
                title=difference(before.title, after.title),
                summary=difference(before.summary, after.summary),
                text=difference(before.text, after.text),
            )


def _document(entry: Entry, desk: Desk) -> Document:
    release = desk.library.release(entry)
    shown = list(steps(release, desk.library.versions(entry)))[::-1]
    title, crumbs = f"Что изменилось: {release.title}", (HOME, NEWS, (release.title, release.url))
    head = Head(
        url=release.differences_url,
        title=title,
        description=f"Исправления в пресс-релизе «{release.title}», слово за словом.",
        card=release.card_url,
        card_alt=release.title,
        crumbs=crumbs,
        feeds=correction_feeds(),
        data=(breadcrumbs(crumbs, "Что изменилось", release.differences_url, desk.site),),
        listed=False,
        source=release.source,
    )
    return Document(head=head, template=TEMPLATE, context={"release": release, "steps": shown})
