"""What the commands of announcing say, in Russian."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from newsroom.content.plurals import plural
from newsroom.content.types import Channel
from newsroom.publish.announce.doctor import Finding
from newsroom.publish.announce.newsdesk import announcing
from newsroom.publish.announce.plan import Plan, Task, Waiting
from newsroom.publish.announce.sending import Result
from newsroom.publish.ledger.record import Action, Record, State
from newsroom.publish.networks.network import Announcement, Network

STATES: Mapping[State, str] = {
    "intent": "отправляется",
    "done": "вышел",
    "edit-intent": "правится",
    "withdraw-intent": "отзывается",
    "withdrawn": "убран или не нужен",
    "retry": "не ушёл, уйдёт в следующий раз",
    "uncertain": "НЕИЗВЕСТНО, вышел ли",
    "dead": "ОТКАЗ",
    "manual": "доделывает человек",
}
_ACTIONS: Mapping[Action, str] = {"post": "Разместить", "edit": "Исправить", "withdraw": "Убрать"}
_RULE = "─" * 72


def post(task: Task, announcement: Announcement, network: Network) -> str:
    """One post as it will look, with its length in what the network counts."""
    limits = network.limits
    most = limits.caption if announcement.images else limits.text
    length = network.length(announcement.wording, images=bool(announcement.images))
    told = [f"{length} из {most}"]
    if announcement.images:
        told.append(plural(len(announcement.images), "картинка", "картинки", "картинок"))
    text = "\n".join(f"    {line}".rstrip() for line in announcement.text.splitlines())
    head = f"{_ACTIONS[task.action]}: {task.channel.title} ← {task.release.id} ({', '.join(told)})"
    return f"{head}\n\n{text}\n"


def planned(
    plan: Plan, shown: Callable[[Task], str], *, is_live: bool, names_releases: bool = True
) -> Iterator[str]:
    """The plan: every post as it will look, then what waits, then what to do."""
    for task in plan.tasks:
        yield _RULE
        yield shown(task)
    if plan.tasks:
        yield _RULE
    if names_releases:
        yield from waiting(plan.waiting)
    count = plural(len(plan.tasks), "действие", "действия", "действий")
    if not plan.tasks:
        yield "Рассылать сейчас нечего."
    elif not is_live:
        yield f"Готово к рассылке: {count}. Ничего не отправлено: это был просмотр."
        yield "Отправить: ANNOUNCE_LIVE=1 inv announce send --send"


def waiting(found: Iterable[Waiting]) -> Iterator[str]:
    """What is not done and why: a line for each reason, with all channels that have it."""
    channels: dict[tuple[str, str], list[str]] = {}
    for each in found:
        error = f" ({each.record.error})" if each.record and each.record.error else ""
        channels.setdefault((each.release.id, each.why + error), []).append(each.channel.id)
    if channels:
        yield "Не размещено:"
    for (release, why), ids in sorted(channels.items()):
        yield f"  {release}: {why} — {', '.join(ids)}"


def gone(ids: Iterable[str]) -> Iterator[str]:
    """Releases whose posts nobody looks after any more."""
    listed = ", ".join(sorted(ids))
    if listed:
        yield f"В журнале есть релизы, которых больше нет среди опубликованных: {listed}."
        yield "Их посты остаются; убрали сами — inv announce resolve РЕЛИЗ КАНАЛ --verdict removed"


def resolved(record: Record) -> str:
    """What was written down."""
    return (
        f"{record.channel} ← {record.release}: записано, {STATES[record.state]} {record.remote.url}".rstrip()
    )


def results(found: Iterable[Result]) -> Iterator[str]:
    """What came of a run, a line each."""
    for each in found:
        place = f"{each.channel.title} ← {each.release}" if each.release else each.channel.title
        if each.record is None or each.why:
            yield f"{place}: {each.why}"
            continue
        if _asks_for_a_human(each.record):  # told below, with the command that answers
            continue
        told = [STATES[each.record.state], each.record.remote.url, each.record.error]
        yield f"{place}: {' — '.join(part for part in told if part)}"


def troubles(records: Iterable[Record], channels: Mapping[str, Channel]) -> Iterator[str]:
    """What a human is asked for, with the command that answers."""
    for record in sorted(records, key=lambda record: record.place):
        if not _asks_for_a_human(record):
            continue
        uncertain = "uncertain" in record.parts.values()
        title = channels[record.channel].title if record.channel in channels else record.channel
        state = STATES["uncertain"] if uncertain else STATES[record.state]
        yield f"{title} ← {record.release}: {state}{' — ' if record.error else ''}{record.error}"
        yield f"  inv announce resolve {record.release} {record.channel} --verdict {_verdicts(record)}"


def _asks_for_a_human(record: Record) -> bool:
    return record.state in {"uncertain", "dead", "manual"} or "uncertain" in record.parts.values()


def _verdicts(record: Record) -> str:
    if record.action != "post":
        return "edited | removed"
    if record.is_out and record.parts:
        return "posted | not-posted"
    return "posted --url АДРЕС | not-posted | never"


def examined(findings: Iterable[Finding]) -> Iterator[str]:
    """What the doctor found, a line each."""
    for each in findings:
        mark, told = ("нет", each.trouble) if each.trouble else ("да ", each.remark)
        yield f"[{mark}] {each.subject}: {told}"


def moment(when: datetime | None) -> str:
    return f"{when:%d.%m.%Y %H:%M}" if when else ""


def network_title(channel: Channel, network: Network) -> str:
    """«ВКонтакте», or what the channel calls its network itself."""
    return channel.network or network.title or announcing(channel).by
