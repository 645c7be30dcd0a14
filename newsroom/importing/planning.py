"""Which entry of an export becomes which file: settled before bodies are read, for these name one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from zoneinfo import ZoneInfo

from newsroom.content.addresses import address_of
from newsroom.content.draft import free_slug
from newsroom.content.plain_text import excerpt
from newsroom.content.values import LONGEST_TITLE
from newsroom.importing.addresses import full_address
from newsroom.importing.entry import Entry
from newsroom.importing.known_releases import KnownReleases
from newsroom.importing.moments import moment_of
from newsroom.importing.old_addresses import alias_of, key_of, path_of
from newsroom.importing.old_release import Planned, plain
from newsroom.importing.terms import Terms
from newsroom.problems import NewsroomError


@dataclass
class Outcome:
    """What became of an entry: ``state`` is one of «вошёл», «уже был», «не вошёл».

    ``old`` is the path that readers may still ask for, where the new page has no alias for it.
    """

    entry: Entry
    state: str
    file: str = ""
    old: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return address_of(self.file) if self.file else ""


IMPORTED, KNOWN, FAILED = "вошёл", "уже был", "не вошёл"


class Plan:
    """``releases`` are to be made, with their outcomes by file; ``outcomes`` are of all entries in order.

    ``pages`` has the files of all releases, known ones too, by the keys of their old addresses.
    """

    def __init__(
        self, entries: Sequence[Entry], known: KnownReleases, terms: Terms, zone: ZoneInfo, base: str
    ) -> None:
        self.outcomes: list[Outcome] = []
        self.releases: dict[str, Planned] = {}
        self.by_file: dict[str, Outcome] = {}
        self.pages: dict[str, str] = {}
        self._known, self._terms, self._zone, self._base = known, terms, zone, base
        self._seen: dict[tuple[str, ...], str] = {}
        for entry in entries:
            self.outcomes.append(self._settle(entry))

    def _settle(self, entry: Entry) -> Outcome:
        if faults := [*entry.faults, *self._faults(entry)]:
            return Outcome(entry, FAILED, remarks=faults)
        page = full_address(entry.address, self._base) if entry.address else ""
        identity = (key_of(page),) if page else (entry.title, entry.date, entry.body)
        if identity in self._seen:
            return Outcome(entry, KNOWN, self._seen[identity], remarks=["в выгрузке эта запись стоит дважды"])
        planned = self._planned(entry, page or self._base)
        alias, reason = alias_of(page) if page else ("", "")
        file = self._known.find(alias, planned.title, f"{planned.date:%Y-%m-%d %H:%M}")
        outcome = Outcome(entry, KNOWN if file else IMPORTED, file)
        if not file:
            outcome.file = self._new_file(planned)
            alias = "" if alias == outcome.url else alias
            self.releases[outcome.file] = replace(planned, file=outcome.file, alias=alias)
            self.by_file[outcome.file] = outcome
            outcome.remarks += self._remarks(entry, planned)
        if reason:
            outcome.old = path_of(page)
            outcome.remarks.append(
                f"старый адрес {outcome.old} — только перенаправлением на сервере: {reason}"
            )
        self._seen[identity] = outcome.file
        if page:
            self.pages[key_of(page)] = outcome.file
        return outcome

    def _faults(self, entry: Entry) -> Iterator[str]:
        title = plain(entry.title)
        if not any(map(str.isalnum, title)):
            yield "нет заголовка"
        if not _has_words(entry.body) and "<img" not in entry.body and not plain(entry.summary):
            yield "нет текста"
        if moment_of(entry.date, self._zone) is None:
            yield f"дата не читается: «{entry.date}»" if entry.date else "нет даты"
        if not self._terms.rubric_of(entry.rubric):
            mapped = f"--rubrics '{entry.rubric}=…' или " if entry.rubric else ""
            yield f"рубрики «{entry.rubric}» у нас нет: добавьте {mapped}--rubric для всех таких"

    def _planned(self, entry: Entry, page: str) -> Planned:
        date = moment_of(entry.date, self._zone)
        assert date is not None
        return Planned(
            entry=entry,
            file="",
            title=excerpt(plain(entry.title), LONGEST_TITLE),
            date=date,
            rubric=self._terms.rubric_of(entry.rubric),
            department=self._terms.department,
            tags=tuple(self._terms.tags_of(entry.tags)),
            page=page,
        )

    def _new_file(self, planned: Planned) -> str:
        folder = f"releases/{planned.date:%Y/%m}"
        try:
            slug = free_slug(planned.title, self._known.slugs[folder])
        except NewsroomError:
            slug = free_slug("reliz", self._known.slugs[folder])
        self._known.slugs[folder].add(slug)
        return f"{folder}/{planned.date:%Y-%m-%d}-{slug}.md"

    def _remarks(self, entry: Entry, planned: Planned) -> Iterator[str]:
        if len(plain(entry.title)) > LONGEST_TITLE:
            yield f"заголовок длиннее {LONGEST_TITLE} знаков сокращён; был: «{plain(entry.title)}»"
        if entry.rubric and not self._terms.is_rubric(entry.rubric):
            yield f"рубрики «{entry.rubric}» нет: поставлена {planned.rubric}"
        unknown = [tag for tag in entry.tags if not self._terms.is_tag(tag)]
        if unknown:
            yield f"нет в списке тем: {', '.join(unknown)}"


def _has_words(html: str) -> bool:
    """Whether anything stands between the tags."""
    return bool(re.search(r"\w", unescape(re.sub(r"<[^>]*>", "", html))))
