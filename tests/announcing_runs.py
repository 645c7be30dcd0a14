"""Runs of announcing in processes of their own, each of which can be killed at any of its steps.

A step begins or ends whenever git is called or a network is asked. A run that is told to die at one is
killed by a signal, as by a machine that goes down: nothing of it is tidied up.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import pickle
import signal
import sys
import time
import traceback
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from importlib import import_module
from pathlib import Path
from ssl import SSLContext
from threading import Lock, Timer
from typing import Any, get_args

from httpx import create_ssl_context
from msgspec.structs import replace

from newsroom.content.announcing import Announcing, NetworkName
from newsroom.content.types import Channel, Release
from newsroom.publish import git as git_module
from newsroom.publish.announce.newsdesk import Newsdesk, Purpose, Run
from newsroom.publish.announce.sending import Office, is_red
from newsroom.publish.ledger.book import opened
from newsroom.publish.ledger.record import key_of
from newsroom.publish.networks import http
from newsroom.publish.networks.network import Access, Announcement, Network, Wording
from newsroom.publish.networks.registry import network
from newsroom.publish.networks.secrets import Secrets, variable
from tests.announcing import release as plain_release

SITE = "https://press.example"
LINE_CALLS = ("post", "edit", "withdraw", "find")
TIMEOUT = 0.6
"""Seconds that a network is waited for: those on loopback answer at once, or never."""


@dataclass(frozen=True)
class Order:
    """What a run is to do, fit to be sent to another process.

    ``networks`` are the channels by their names: how each is announced to; ``kill_at`` is the number of
    the step to die at, ``kill_after`` the seconds; ``report`` a file for what came of it.
    """

    project: Path
    networks: Mapping[NetworkName, Announcing]
    secrets: Mapping[str, str]
    now: datetime
    releases: tuple[str, ...]
    name: str
    report: Path
    kill_at: int = 0
    kill_after: float = 0
    revision: int = 1
    status: str = "published"


@dataclass
class Steps:
    """Counts the steps of a process, and kills it at one of them."""

    kill_at: int
    count: int = 0
    lock: Lock = field(default_factory=Lock)

    def step(self) -> None:
        with self.lock:
            self.count += 1
            if self.count == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call with a step before it and one after it, however it ends."""

        @wraps(call)
        def stepped(*args: Any, **kwargs: Any) -> Any:
            self.step()
            try:
                return call(*args, **kwargs)
            finally:
                self.step()

        return stepped


def run(order: Order) -> None:
    """A run; the exit status of its process is that of the command. Called in a process of its own."""
    logging.disable()
    http.trust = _trust
    steps = Steps(order.kill_at)
    if order.kill_after:
        timer = Timer(order.kill_after, os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()
    for name in ("call", "feed"):
        setattr(git_module.Git, name, steps.around(getattr(git_module.Git, name)))
    with opened(order.project, remote="origin", sleep=time.sleep) as book:
        results = office(order, book, steps).send()
        told = {
            "steps": steps.count,
            "is_red": is_red(results, book),
            "faults": [each.why for each in results if each.is_fault],
        }
    whole = order.report.with_suffix(".whole")
    whole.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    whole.replace(order.report)  # a run killed while it writes has told nothing, rather than half of it


def serve() -> None:
    """Read lists of orders, a line each, run each list side by side in forks, answer with their statuses.

    Nothing is imported anew, and no thread runs here that a fork would lose.
    """
    gc.collect()
    gc.freeze()  # else each fork would copy what the collector only looks at
    gc.disable()
    for line in sys.stdin.buffer:
        children = [_forked(order) for order in pickle.loads(b64decode(line))]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(json.dumps(codes), flush=True)


def _forked(order: Order) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        run(order)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def office(order: Order, book: Any, steps: Steps) -> Office:
    """The office of a run, whose lines to networks count their calls."""
    channels = tuple(
        Channel(
            id=f"{name}-city",
            title=name,
            url="",
            network=name,
            owner="Город",
            status="active",
            announce=announcing,
        )
        for name, announcing in order.networks.items()
    )
    environment = {
        variable(channel.id, end): value for channel in channels for end, value in order.secrets.items()
    }
    clock = _clock(order.now)

    def access(channel: Channel) -> Access:
        assert channel.announce
        return Access(
            channel=channel.id,
            title=channel.title,
            announcing=channel.announce,
            secret=Secrets(environment).of(channel.id),
            site=SITE,
            now=clock,
            timeout=TIMEOUT,
        )

    return Office(
        desk=Newsdesk(channels=channels, releases={id: release(id, order) for id in order.releases}),
        book=book,
        network=lambda name: _Stepped(network(name), steps),
        access=access,
        worded=worded,
        served=lambda _: "",
        secrets=Secrets(environment),
        run=Run(name=order.name, now=clock, sleep=lambda seconds: time.sleep(min(seconds, 0.01))),
    )


class _Stepped:
    """A network whose lines have a step before and after each call."""

    def __init__(self, network: Network, steps: Steps) -> None:
        self._network, self._steps = network, steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    @contextmanager
    def open(self, access: Access) -> Iterator[Any]:
        with self._network.open(access) as line:
            for name in LINE_CALLS:
                setattr(line, name, self._steps.around(getattr(line, name)))
            yield line


def release(id: str, order: Order) -> Release:
    """A release that came out an hour before the first run of all."""
    return replace(
        plain_release(id),
        date=FIRST - timedelta(hours=1),
        revision=order.revision,
        status=order.status,
        summary=f"Лёд готов, редакция {order.revision}.",
    )


FIRST = datetime.fromtimestamp(1_800_000_000, UTC)
"""When the first run is: the walls of networks on loopback have that clock."""


def worded(release: Release, channel: Channel, purpose: Purpose) -> Announcement:
    assert channel.announce
    address = f"{SITE}{release.url}"
    words = Wording(title=release.title, paragraphs=(release.summary,), link=address)
    return Announcement(
        release=release.id,
        channel=channel.id,
        revision=release.revision,
        key=key_of(release.id, channel.id),
        address=address,
        wording=words,
        text=network(channel.announce.by).render(words),
        purpose=purpose,
    )


def _clock(start: datetime) -> Callable[[], datetime]:
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


_CONTEXT = create_ssl_context()
"""Made once, where each line would make its own: nothing here is encrypted."""


def _trust(access: Access) -> SSLContext:
    del access
    return _CONTEXT


if __name__ == "__main__":
    # All that a run imports late: else each fork would do so by itself.
    for module in ("anyio._backends._asyncio", "h11", "httpcore", "newsroom.publish.networks.telegram_bot"):
        import_module(module)
    for name in get_args(NetworkName):
        network(name)

    serve()
