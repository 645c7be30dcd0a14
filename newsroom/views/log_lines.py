"""Lines of nginx's log in the format «combined» (ngx_http_log_module): what of them may be a view."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

_QUOTED = rb'"(?:[^"\\]|\\.)*"'
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}
_MOMENT = re.compile(r"(\d\d)/(\w{3})/(\d{4}):(\d\d):(\d\d) ([+-]\d{4})")


class Request(Struct, frozen=True):
    """A page that was asked for with success: its address without a query, the day, the browser."""

    path: str
    day: str
    agent: bytes


def reader(base: str, zone: ZoneInfo) -> tuple[bytes, Callable[[bytes], Request | None]]:
    """What a line must contain to be looked at, and what reads such a line: None where it is no success."""
    start = f"{base}/news/"
    needle = f'"GET {start}'.encode()
    line = re.compile(
        rb"[^\[]*\[(\d\d/\w{3}/\d{4}:\d\d:\d\d):\d\d ([+-]\d{4})\] "
        rb'"GET ' + re.escape(base.encode()) + rb'(/news/[^ ?"]*)[^ "]* HTTP/[\d.]+" '
        rb"(?:200|304) \S+ " + _QUOTED + rb' "((?:[^"\\]|\\.)*)"'
    )
    day_of = lru_cache(4096)(lambda minute: _day(minute, zone))

    def read(text: bytes) -> Request | None:
        found = line.match(text)
        if not found:
            return None
        day = day_of(found[1] + b" " + found[2])
        return Request(found[3].decode("ascii", "replace"), day, found[4]) if day else None

    return needle, read


def _day(minute: bytes, zone: ZoneInfo) -> str:
    """The day in the newsroom's zone of «09/May/2024:23:59 +0300»; "" where it is no moment."""
    found = _MOMENT.fullmatch(minute.decode("ascii", "replace"))
    if not found or found[2] not in _MONTHS:
        return ""
    day, month, year, hours, minutes, offset = found.groups()
    try:
        moment = datetime.strptime(
            f"{year}-{_MONTHS[month]:02}-{day}T{hours}:{minutes}{offset}", "%Y-%m-%dT%H:%M%z"
        )
    except ValueError:
        return ""
    return moment.astimezone(zone).date().isoformat()
