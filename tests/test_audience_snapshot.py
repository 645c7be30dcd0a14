"""`audience snapshot`: what networks tell of their readers is written down, the rest left empty."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.announcing.audience import snapshot, write_down
from newsroom.content.amount import Amount
from newsroom.content.announcing import Announcing
from newsroom.content.audience import Count, read_audience
from newsroom.content.types import Channel
from newsroom.publish.networks.network import Access, RefusedError
from newsroom.publish.networks.reach import Reach, reach
from newsroom.publish.networks.secrets import Secrets, variable
from tests.network_dialects import CHAT, GROUP
from tests.network_servers import SECRETS, FakeNetwork
from tests.sample_library import SITE, replace

NOW = datetime(2024, 6, 1, 4, tzinfo=UTC)
JANUARY = datetime(2024, 1, 1, tzinfo=UTC)
HEADING = "date,channel,subscribers,posts,views\n"


def access(network: FakeNetwork, by: str, to: str) -> Access:
    announcing = Announcing(by=by, to=to, api=network.address)  # type: ignore[arg-type]
    return Access(
        channel="page",
        title="Страница",
        announcing=announcing,
        secret=lambda end: SECRETS[end],
        site="https://news.example",
        now=lambda: NOW,
        timeout=5,
    )


@pytest.mark.parametrize(
    ("by", "to", "expected"),
    [
        ("max", CHAT, Reach(subscribers=1200, posts=2, views=300)),
        ("vk", GROUP, Reach(subscribers=8440, posts=2, views=300)),
        ("ok", GROUP, Reach(subscribers=5500, posts=2, views=300)),
        ("telegram", "@city", Reach(subscribers=990)),
    ],
)
def test_a_network_tells_what_it_knows_of_this_year(by: str, to: str, expected: Reach) -> None:
    with FakeNetwork(by) as network:  # type: ignore[arg-type]
        for text, moment in (("Старый", JANUARY - timedelta(days=3)), ("Один", NOW), ("Два", NOW)):
            post = network.add(text)
            post.moment, post.views = moment.timestamp(), 150
        assert expected == reach(access(network, by, to), JANUARY)


@pytest.mark.parametrize("by", ["max", "vk", "ok", "telegram"])
def test_a_key_that_is_not_taken_is_told_without_it(by: str) -> None:
    with FakeNetwork(by) as network:  # type: ignore[arg-type]
        network.script(*["refused"] * 3, kind="read")
        with pytest.raises(RefusedError) as told:
            reach(access(network, by, CHAT if by == "max" else GROUP), JANUARY)
        assert [] == [secret for secret in SECRETS.values() if secret in str(told.value)]


def channel(id: str, **announce: str) -> Channel:
    announcing = Announcing(**announce) if announce else None  # type: ignore[arg-type]
    return Channel(
        id=id, title=id, url="", network="Сеть", owner="Город", status="active", announce=announcing
    )


def test_a_channel_that_fails_holds_up_no_other() -> None:
    def ask(access: Access, since: datetime) -> Reach:
        assert datetime(2024, 1, 1, tzinfo=since.tzinfo) == since
        if access.channel == "bad":
            raise RefusedError(f"ключ {access.secret('TOKEN')} не годится")
        return Reach(subscribers=7)

    channels = [
        channel("bad", by="vk", to="1"), channel("good", by="max", to="2"), channel("silent"),
        channel("still", by="ok", to="3", paused="нет ключа"),
    ]  # fmt: skip
    secrets = Secrets({variable("bad", "TOKEN"): "tайна-tайна"})
    counts, untold = snapshot(channels, replace(SITE, now=NOW), secrets, ask)
    assert [Count(date=date(2024, 6, 1), channel="good", subscribers=Amount(7))] == counts
    assert ["bad: ключ ••• не годится", "still: канал стоит — нет ключа"] == untold


def test_counts_are_appended_and_take_the_place_of_those_of_the_day(tmp_path: Path) -> None:
    file = tmp_path / "data/audience.csv"
    file.parent.mkdir()
    file.write_text(f"{HEADING}2024-05-01,vk,900,,\n2024-06-01,vk,950,,\n2024-06-01,max,5,,")
    write_down(
        tmp_path, [Count(date=date(2024, 6, 1), channel="vk", subscribers=Amount(960), posts=Amount(3))]
    )
    assert f"{HEADING}2024-05-01,vk,900,,\n2024-06-01,max,5,,\n2024-06-01,vk,960,3,\n" == file.read_text()
    assert 3 == len(read_audience(tmp_path).counts)


def test_what_a_network_does_not_say_stays_as_it_was_written_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "data/audience.csv"
    file.parent.mkdir()
    file.write_text(HEADING.replace(",", ";") + "2024-06-01;vk;950;12;>50000\n")
    write_down(tmp_path, [Count(date=date(2024, 6, 1), channel="vk", subscribers=Amount(960))])
    assert HEADING.replace(",", ";") + "2024-06-01;vk;960;12;>50000\n" == file.read_text()
    assert 1 == len(read_audience(tmp_path).counts)


def test_the_first_count_makes_the_file(tmp_path: Path) -> None:
    write_down(tmp_path, [Count(date=date(2024, 6, 1), channel="vk", subscribers=Amount(960))])
    assert f"{HEADING}2024-06-01,vk,960,,\n" == (tmp_path / "data/audience.csv").read_text()


def test_a_network_that_tells_nothing_is_left_to_people() -> None:
    told = replace(SITE, now=NOW)
    counts, untold = snapshot([channel("site", by="indexnow", to="k")], told, Secrets(os.environ))
    assert ([], 1) == (counts, len(untold))
    assert "впишите число сами" in untold[0]
