"""Which entry of an export becomes which file: settled before bodies are read, for these name one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from newsroom.content.addresses import address_of
from newsroom.content.draft import free_slug
from newsroom.content.plain_text import excerpt
from newsroom.content.values import LONGEST_TITLE
from newsroom.importing.addresses import full_address
from newsroom.importing.entry import Entry
from newsroom.importing.known_releases import KnownReleases
from newsroom.importing.moments import moment_of
from newsroom.importing.old_addresses import alias_of, is_home, key_of, path_of
from newsroom.importing.old_release import Planned, plain
from newsroom.importing.old_states import KINDS, unpublished
from newsroom.importing.terms import Terms
from newsroom.problems import NewsroomError


@dataclass
class Outcome:
    """What became of an entry: ``state`` is one of «вошёл», «уже был», «не вошёл», «пропущен».

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


IMPORTED, KNOWN, FAILED, SKIPPED = "вошёл", "уже был", "не вошёл", "пропущен"


class Plan:
    """``releases`` are to be made, with their outcomes by file; ``outcomes`` are of all entries in order.

    ``pages`` has the files of all releases, known ones too, by the keys of their old addresses;
    ``hidden`` those that readers cannot see at ``now``, a moment of the newsroom's zone.
    """

    def __init__(
        self, entries: Sequence[Entry], known: KnownReleases, terms: Terms, now: datetime, base: str
    ) -> None:
        self.outcomes: list[Outcome] = []
        self.releases: dict[str, Planned] = {}
        self.by_file: dict[str, Outcome] = {}
        self.pages: dict[str, str] = {}
        self.hidden = known.hidden
        self._known, self._terms, self._base = known, terms, base
        assert isinstance(now.tzinfo, ZoneInfo)
        self._zone = now.tzinfo
        self._now = now.replace(tzinfo=None)
        self._seen: dict[tuple[str, ...], str] = {}
        self._sharers = Counter(
            alias_of(entry.address)[0]
            for entry in {(e.address, e.title, e.date): e for e in entries}.values()
        )
        for entry in entries:
            self.outcomes.append(self._settle(entry))

    def keep_free(self, taken: frozenset[str] | None) -> None:
        """Send nobody away from a page of the new site, nor to one that is not to be seen yet."""
        for outcome in self.outcomes:
            if outcome.old and (why := self._no_redirect(outcome, taken)):
                outcome.remarks.append(f"перенаправления с адреса {outcome.old} нет: {why}")
                outcome.old = ""

    def _no_redirect(self, outcome: Outcome, taken: frozenset[str] | None) -> str:
        """Why an old address leads nowhere; where the new site's own are not known, it may be one of them."""
        path = unquote(outcome.old).lower()
        if outcome.file in self.hidden:
            return "читатели этого релиза пока не видят"
        if taken is None and "?" not in path:
            return "в материалах есть ошибки, и не видно, свободен ли он; исправьте их и повторите перенос"
        return "на новом сайте это своя страница" if taken and {path, f"{path}/"} & taken else ""

    def _settle(self, entry: Entry) -> Outcome:
        if entry.kind not in KINDS:
            told = f"в WordPress это «{entry.kind}», а не запись"
            return Outcome(entry, SKIPPED, remarks=[told])
        if faults := [*entry.faults, *self._faults(entry)]:
            return Outcome(entry, FAILED, remarks=faults)
        page = full_address(entry.address, self._base) if entry.address else ""
        key = key_of(page, with_place=True) if page else ""
        identity = (key, entry.title, entry.date) if page else (entry.title, entry.date, entry.body)
        if identity in self._seen:
            return Outcome(entry, KNOWN, self._seen[identity], remarks=["в выгрузке эта запись стоит дважды"])
        outcome = self._settled(entry, page, key)
        self._seen[identity] = outcome.file
        if page:
            self.pages.setdefault(key, outcome.file)
        return outcome

    def _settled(self, entry: Entry, page: str, key: str) -> Outcome:
        planned = self._planned(entry, page or self._base)
        alias, reason = alias_of(page) if page else ("", "")
        date, is_shared = f"{planned.date:%Y-%m-%d %H:%M}", self._sharers[alias] > 1
        own = "" if "#" in key else alias
        file = self._known.find(own, planned.title, date, is_shared=is_shared)
        outcome = Outcome(entry, KNOWN if file else IMPORTED, file)
        told = self._no_own_address(page, key)
        if not file:
            outcome.file = self._new_file(planned)
            alias = "" if told or alias == outcome.url else alias
            self.releases[outcome.file] = replace(planned, file=outcome.file, alias=alias)
            self.by_file[outcome.file] = outcome
            outcome.remarks += self._remarks(entry, planned)
            if planned.is_draft or planned.date > self._now:
                self.hidden.add(outcome.file)
        if told:
            outcome.remarks.append(told)
        elif reason:
            outcome.old = path_of(page)
            outcome.remarks.append(
                f"старый адрес {outcome.old} — только перенаправлением на сервере: {reason}"
            )
        return outcome

    def _no_own_address(self, page: str, key: str) -> str:
        """Why what stands as an entry's address is not its own; "" where it is."""
        if page and is_home(page):
            return f"старый адрес {page} — главная страница: прежнего адреса у релиза нет"
        if page and "#" in key:
            return f"старый адрес {page} — место на странице, а не страница: прежнего адреса у релиза нет"
        if key in self.pages:
            return f"старый адрес {page} есть и у другой записи выгрузки: прежнего адреса у релиза нет"
        return ""

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
            is_draft=bool(unpublished(entry.states, self._zone)),
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
        if planned.is_draft:
            said = ", ".join(f"«{state}»" for state in unpublished(entry.states, self._zone))
            yield f"на прежнем сайте это не опубликовано ({said}): вошло черновиком (status: draft)"
        if entry.kind == "page":
            yield "на прежнем сайте это страница, а не новость"
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
