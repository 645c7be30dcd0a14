"""Announcing killed at every step, by three runs at once, in networks that break: nothing twice or lost.

Real processes die by a real signal, the ledger is a real remote, networks are asked over real sockets.
Afterwards runs that nobody kills come, then a human who looks at the walls where programs cannot.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsroom.content.announcing import Announcing, NetworkName
from newsroom.publish.announce.newsdesk import Run
from newsroom.publish.announce.resolve import Verdict, resolve
from newsroom.publish.ledger.book import opened
from newsroom.publish.ledger.record import Record
from newsroom.publish.networks.mail_list import part_of
from tests.announcing import Clock, release, remote_and_project
from tests.announcing_runs import FIRST, Order
from tests.conftest import ROOT
from tests.deploying import no_settings_of_this_machine  # noqa: F401
from tests.mail_servers import Post, mail_server
from tests.network_lines import PLACES
from tests.network_servers import SECRETS, FakeNetwork

TRIALS = 200 if os.environ.get("CI") else 40
AT_A_TIME = 10
"""Trials in one test: the tests of a run are shared out among processes."""
ON_WALLS: tuple[NetworkName, ...] = ("max", "vk", "ok", "telegram", "indexnow", "websub")
NETWORKS: tuple[NetworkName, ...] = (*ON_WALLS, "mail")
RECEIVERS = ("a@smi.example", "b@smi.example", "c@smi.example")
SEEN = frozenset({"max", "vk"})
"""Networks that let programs look for a post: nothing may stay uncertain there."""
HARMLESS = frozenset({"indexnow", "websub"})
"""What may be told twice."""
EDITING: tuple[NetworkName, ...] = ("max", "telegram")
"""Networks that let programs edit and delete."""
FAULTS = ("drop_before", "drop_after", "500_before", "500_after", "slow_after", "malformed", "429")
ID = "2024-05-09-katok"
KEY = "a long and random key of the names of receivers"
STEPS = 135
"""Steps of a run that meets nobody: those of a first one, with a few more for what goes wrong."""


@dataclass
class City:
    """A remote, a project and the walls of all networks."""

    folder: Path
    walls: dict[NetworkName, FakeNetwork]
    post: Post = field(default_factory=Post)
    mail_port: int = 0
    orders: int = 0

    def order(self, *, hours: float = 0, kill_at: int = 0, kill_after: float = 0, **told: Any) -> Order:
        """A run so long after the first one."""
        self.orders += 1
        return Order(
            project=self.folder / "project",
            networks={name: self._announcing(name) for name in NETWORKS},
            secrets={**SECRETS, **self._mail_secrets},
            now=FIRST + timedelta(hours=hours),
            releases=(ID,),
            name=f"run-{self.orders}",
            report=self.folder / f"report-{self.orders}.json",
            kill_at=kill_at,
            kill_after=kill_after,
            **told,
        )

    @property
    def _mail_secrets(self) -> dict[str, str]:
        """The list stands in the variable itself."""
        server = f"smtp://127.0.0.1:{self.mail_port}"
        return {"SMTP": server, "RECIPIENTS": "\n".join(RECEIVERS), "KEY": KEY}

    def _announcing(self, name: NetworkName) -> Announcing:
        if name == "mail":
            return Announcing(by=name, to="press.example", sender="press@press.example")
        address = self.walls[name].address
        if name == "websub":
            return Announcing(by=name, to=f"{address}/hub")
        return Announcing(by=name, to=PLACES.get(name, ""), api=address)

    def records(self) -> dict[str, Record]:
        """What the ledger says, by networks."""
        with opened(self.folder / "project", remote="origin", sleep=Clock().sleep) as book:
            return {channel.removesuffix("-city"): record for (_, channel), record in book.records.items()}

    def posts(self, name: NetworkName) -> int:
        """How often a release is out in a network; of letters, how many the receiver has who has most."""
        if name == "mail":
            return max((self.post.receivers.count(each) for each in RECEIVERS), default=0)
        return len(self.walls[name].posts)

    def resolve(self, name: NetworkName, verdict: Verdict, hours: float) -> None:
        """A human says what is on the wall, or whether the letters came."""
        clock = Clock(FIRST + timedelta(hours=hours))
        with opened(self.folder / "project", remote="origin", sleep=clock.sleep) as book:
            who = Run(name="resolve-human", now=clock, sleep=clock.sleep)
            resolve(book, (ID, f"{name}-city"), release(ID), verdict, "https://network.example/1", who)


@pytest.fixture(scope="module")
def processes() -> Iterator[Any]:
    """What forks runs off: it has everything imported, and no thread."""
    command = [sys.executable, "-m", "tests.announcing_runs"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        yield server
        server.stdin.close()


@pytest.fixture
def cities(tmp_path: Path) -> Iterator[Any]:
    """Makes cities, one for each trial."""
    with ExitStack() as stack:

        def city(number: int) -> City:
            folder = tmp_path / str(number)
            folder.mkdir()
            remote_and_project(folder)
            walls = {name: stack.enter_context(FakeNetwork(name)) for name in ON_WALLS}
            post = Post()
            return City(folder, walls, post, stack.enter_context(mail_server(post)))

        yield city


def all_at_once(processes: Any, orders: list[Order]) -> list[dict[str, Any] | None]:
    """Runs side by side; what each told, None of one that was killed."""
    processes.stdin.write(b64encode(pickle.dumps(orders)) + b"\n")
    processes.stdin.flush()
    codes = json.loads(processes.stdout.readline())
    assert {0, -9} >= set(codes), codes
    return [
        json.loads(order.report.read_text("utf-8")) if order.report.exists() else None for order in orders
    ]


def killed_and_broken(chance: random.Random, city: City, number: int) -> list[Order]:
    """Three runs, of which the first dies at its turn of all steps; networks that fail now and then."""
    for wall in city.walls.values():
        wall.script(*(chance.choice(FAULTS) if chance.random() < 0.3 else "ok" for _ in range(4)))
    first = city.order(kill_at=1 + number * STEPS // TRIALS)
    second = city.order(kill_at=chance.choice([0, chance.randrange(1, STEPS)]))
    third = city.order(kill_after=chance.choice([0, chance.uniform(0.05, 2)]))
    return [first, second, third]


def healed(city: City) -> None:
    for wall in city.walls.values():
        wall._scripts.clear()


@pytest.mark.slow
@pytest.mark.parametrize("begin", range(0, TRIALS, AT_A_TIME))
def test_nothing_is_posted_twice_and_nothing_is_lost(processes: Any, cities: Any, begin: int) -> None:
    for number in range(begin, begin + AT_A_TIME):
        city = cities(number)
        all_at_once(processes, killed_and_broken(random.Random(number), city, number))
        healed(city)
        assert {name: True for name in NETWORKS if name not in HARMLESS} == {
            name: city.posts(name) <= 1 for name in NETWORKS if name not in HARMLESS
        }, number
        told = [
            *all_at_once(processes, [city.order(hours=1)] * (number % 4 == 0)),  # leases are running still
            *all_at_once(processes, [city.order(hours=4)]),
        ]
        _nothing_is_lost_in_silence(city, told[-1], number)
        _a_human_can_finish_it(processes, city, number)


def _nothing_is_lost_in_silence(city: City, told: dict[str, Any] | None, number: int) -> None:
    """What is out is known, what is not known is told as uncertain, in red."""
    records = city.records()
    assert set(NETWORKS) == set(records), number
    for name in NETWORKS:
        state, posts = records[name].state, city.posts(name)
        assert state in ({"done"} if name in SEEN | HARMLESS else {"done", "uncertain"}), (number, name)
        if name not in HARMLESS:
            assert posts == 1 if state == "done" else posts <= 1, (number, name)
    _each_receiver_is_known(city, records["mail"], number)
    assert told, number
    uncertain = any(record.state == "uncertain" for record in records.values())
    assert uncertain == told["is_red"], (number, told)


def _each_receiver_is_known(city: City, record: Record, number: int) -> None:
    """Who is said to have the letter has it once; who is uncertain has it at most once."""
    for address in RECEIVERS:
        state, letters = record.parts[part_of(address, KEY)], city.post.receivers.count(address)
        assert letters in ({1} if state == "done" else {0, 1}), (number, address, state)
        assert state in {"done", "uncertain"}, (number, address)


def _a_human_can_finish_it(processes: Any, city: City, number: int) -> None:
    for name, record in city.records().items():
        if record.state == "uncertain":
            # Of letters nobody can say who of several got one: the human lets it rest.
            is_out = name == "mail" or city.posts(name)  # type: ignore[arg-type]
            city.resolve(name, "posted" if is_out else "not-posted", hours=5)  # type: ignore[arg-type]
    (told,) = all_at_once(processes, [city.order(hours=6)])
    assert told, number
    assert (False, {"done"}) == (told["is_red"], {record.state for record in city.records().values()}), number
    once = [name for name in ON_WALLS if name not in HARMLESS]
    assert city.posts("mail") <= 1, number
    assert dict.fromkeys(once, 1) == {name: city.posts(name) for name in once}, number


@pytest.mark.slow
def test_a_run_that_nobody_kills_has_the_steps_that_trials_go_through(processes: Any, cities: Any) -> None:
    """Else the last steps of the algorithm would be killed by no trial."""
    (told,) = all_at_once(processes, [cities(0).order()])
    assert told
    assert 0 <= STEPS - told["steps"] <= 40, told


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_corrections_and_withdrawals_that_are_killed_leave_one_post_and_then_none(
    processes: Any, cities: Any, number: int
) -> None:
    chance, city = random.Random(number), cities(number)
    all_at_once(processes, [city.order()])
    for hours, told in ((1, {"revision": 2}), (8, {"revision": 2, "status": "withdrawn"})):
        runs = [city.order(hours=hours, kill_at=chance.randrange(1, STEPS), **told) for _ in range(3)]
        all_at_once(processes, runs)
        all_at_once(processes, [city.order(hours=hours + 4, **told)])
        all_at_once(processes, [city.order(hours=hours + 5, **told)])
        expected = {"done": 1} if "status" not in told else {"withdrawn": 0}
        for name in EDITING:
            record = city.records()[name]
            assert expected == {record.state: city.posts(name)}, (number, hours, name, record.error)
            if hours == 1:
                assert "редакция 2" in city.walls[name].posts[0].text
