"""Which emergency notices count at an hour, the gravest first, and which are over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from newsroom.content.notices import Notice

State = Literal["active", "waiting", "expired", "updated", "cancelled"]
"""«waiting» is seen in a preview alone."""

_GRAVITY = ("danger", "warning", "attention", "clear")


class Posted(Struct, frozen=True):
    """A notice and what has become of it; ``by`` is the one that took its place."""

    notice: Notice
    state: State
    by: Notice | None = None


class Board(Struct, frozen=True):
    """All notices at an hour: those that count, those of the past, those for programs alone.

    ``tests`` stand on no page. Equal boards make equal files.
    """

    active: tuple[Posted, ...] = ()
    past: tuple[Posted, ...] = ()
    tests: tuple[Notice, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Those of pages and feeds, the newest first."""
        found = [posted.notice for posted in (*self.active, *self.past)]
        return tuple(sorted(found, key=_age, reverse=True))


def board(notices: Iterable[Notice], now: datetime, *, preview: bool = False) -> Board:
    """The board at ``now``; what waits for its hour is not on it, but in a ``preview``, as if it counted."""
    due = [notice for notice in notices if preview or notice.effective <= now]
    takers = {id: notice for notice in sorted(due, key=_age) for id in notice.replaces}
    posted = [_posted(notice, takers.get(notice.id), now) for notice in due if notice.status != "Test"]
    active = [each for each in posted if each.state in {"active", "waiting"}]
    past = [each for each in posted if each.state not in {"active", "waiting"}]
    newest = sorted(active, key=lambda each: _age(each.notice), reverse=True)
    return Board(
        active=tuple(sorted(newest, key=_weight)),
        past=tuple(sorted(past, key=lambda each: _age(each.notice), reverse=True)),
        tests=tuple(notice for notice in due if notice.status == "Test"),
    )


def _posted(notice: Notice, taker: Notice | None, now: datetime) -> Posted:
    if taker:
        return Posted(notice, "cancelled" if notice.id in taker.cancels else "updated", taker)
    if notice.expires <= now:
        return Posted(notice, "expired")
    return Posted(notice, "waiting" if notice.effective > now else "active")


def _age(notice: Notice) -> tuple[datetime, str]:
    return notice.effective, notice.id


def _weight(posted: Posted) -> tuple[bool, int]:
    """A drill comes after what is meant, a lesser danger after a greater one."""
    return posted.notice.status == "Exercise", _GRAVITY.index(posted.notice.level)
