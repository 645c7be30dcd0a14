"""What a human says of a release in a channel, written into the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from newsroom.content.types import Release
from newsroom.problems import NewsroomError, Problem
from newsroom.publish.announce.newsdesk import Run
from newsroom.publish.ledger.book import Book
from newsroom.publish.ledger.record import Record, State, key_of
from newsroom.publish.networks.network import Remote

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
Verdict = Literal["posted", "not-posted", "never", "edited", "removed"]
VERDICTS: Mapping[Verdict, str] = {
    "posted": "пост есть; адрес, если он известен, — после --url",
    "not-posted": "поста нет: отправить снова",
    "never": "поста нет и не нужно",
    "edited": "пост исправлен вручную",
    "removed": "пост убран вручную",
}
_AFTER: Mapping[Verdict, State] = {
    "posted": "done",
    "not-posted": "retry",
    "never": "withdrawn",
    "edited": "done",
    "removed": "withdrawn",
}
_POSSIBLE: Mapping[Verdict, frozenset[str]] = {
    "posted": frozenset({"", "intent", "uncertain", "dead", "manual", "retry"}),
    "not-posted": frozenset({"intent", "uncertain", "dead", "manual", "withdrawn"}),
    "never": frozenset({"", "uncertain", "dead", "manual", "retry"}),
    "edited": frozenset({"done", "manual", "edit-intent", "uncertain"}),
    "removed": frozenset({"done", "manual", "withdraw-intent", "edit-intent", "uncertain"}),
}
"""The states in which each can be said; «» where the ledger has nothing yet."""
_OF_A_FIRST_POST: frozenset[Verdict] = frozenset({"posted", "not-posted", "never"})
"""What can be said of nothing that is out already, but of letters that some did not get."""


def resolve(
    book: Book, place: tuple[str, str], release: Release | None, verdict: Verdict, url: str, run: Run
) -> Record:
    """Write down what a human found of a release in a channel, both by id.

    ``release`` is None where the material has it no more; then only what the ledger knows can be told of.
    Raises NewsroomError where it cannot be so, and LedgerError.
    """
    before = book.records.get(place)
    _refuse_what_cannot_be(before, place, release, verdict, url, run)
    known = before or Record(
        release=place[0],
        channel=place[1],
        state="manual",
        revision=1,
        payload_sha256="",
        idem=key_of(*place),
    )
    now = run.now()
    fields: dict[str, object] = {"lease_until": None, "not_before": None, "parts": _parts(known, verdict)}
    if verdict in {"posted", "edited"}:
        fields |= {"revision": release.revision if release else known.revision, "done_at": now}
    if verdict == "not-posted" and known.state == "withdrawn":  # as if it had never been there
        fields |= {"remote": Remote(), "parts": {}, "action": "post"}
    if url:
        fields["remote"] = Remote(ids=known.remote.ids, url=url)
    after = known.turned(_AFTER[verdict], now, run.name, **fields)
    if not book.put(before, after):
        raise _fault(place, "запись журнала тем временем изменилась", "посмотрите на неё снова")
    return after


def _parts(record: Record, verdict: Verdict) -> dict[str, State]:
    """Receivers that were uncertain: they have it, or are sent to again; those who refused may be too."""
    known: Mapping[str, State] = {"uncertain": "done", "intent": "done"}
    told: Mapping[Verdict, Mapping[str, State]] = {
        "posted": known,
        "edited": {**known, "edit-intent": "done"},
        "removed": {**known, "withdraw-intent": "done"},
        "not-posted": {"uncertain": "retry", "intent": "retry", "dead": "retry"},
    }
    changed = told.get(verdict, {})
    return {key: changed.get(state, state) for key, state in record.parts.items()}


def _refuse_what_cannot_be(
    record: Record | None,
    place: tuple[str, str],
    release: Release | None,
    verdict: Verdict,
    url: str,
    run: Run,
) -> None:
    state = record.state if record else ""
    if release is None and record is None:
        remedy = "проверьте имя: это имя файла релиза без .md; черновики и отложенные не рассылают"
        raise _fault(place, "такого релиза нет ни на сайте, ни в журнале", remedy)
    if url and not _ADDRESS.fullmatch(url):
        raise _fault(place, f"«{url}» — не адрес поста", "скопируйте его из строки браузера: https://…")
    if record and record.is_leased(run.now()):
        raise _fault(place, f"им занят запуск {record.run}", "дождитесь его конца")
    can = [each for each in _POSSIBLE if _can_be(each, record)]
    if verdict not in can:
        message = f"в журнале «{state or 'ничего'}», так не бывает после этого: {verdict}"
        raise _fault(place, message, f"возможно: {', '.join(can)}")


def _can_be(verdict: Verdict, record: Record | None) -> bool:
    state = record.state if record else ""
    if record is None or state == "withdrawn" or verdict not in _OF_A_FIRST_POST:
        return state in _POSSIBLE[verdict]
    is_known = record.is_out and not record.parts
    begun = record.action != "post" or is_known or (verdict == "never" and record.is_out)
    return state in _POSSIBLE[verdict] and not begun


def _fault(place: tuple[str, str], message: str, remedy: str) -> NewsroomError:
    return NewsroomError([Problem(" → ".join(place), 0, message, remedy)])
