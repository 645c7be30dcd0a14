"""The command as the press service uses it: a built site, served; networks on loopback; a real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsroom.announcing.__main__ import main
from newsroom.audit.server import serving
from newsroom.content.announcing import NetworkName
from newsroom.content.posts import read_posts
from newsroom.publish.networks.secrets import variable
from tests.announcing import remote_and_project
from tests.conftest import ROOT, TinySite
from tests.deploying import git, no_settings_of_this_machine  # noqa: F401
from tests.network_lines import PLACES
from tests.network_servers import SECRETS, FakeNetwork

pytestmark = pytest.mark.slow

NETWORKS: tuple[NetworkName, ...] = ("max", "vk", "telegram")
TODAY = datetime.now(ZoneInfo("Asia/Irkutsk")) - timedelta(hours=1)
ID = f"{TODAY:%Y-%m-%d}-katok"
MONTH = f"{TODAY:%Y-%m}"


@dataclass
class Press:
    """A press service: its site, the networks it posts to, and what it types."""

    site: TinySite
    walls: dict[NetworkName, FakeNetwork]
    ledger: Path
    settings: Path
    said: pytest.CaptureFixture[str]

    def channel(self, name: str, **told: str) -> None:
        lines = "".join(f"  {key}: {value}\n" for key, value in told.items())
        self.site.write(
            f"channels/{name}-city.md",
            f"---\ntitle: Город в {name}\nnetwork: {name}\nowner: Администрация\nstatus: active\n"
            f"announce:\n  by: {name}\n{lines}---\n",
        )

    def release(self, **fields: str | None) -> None:
        told = {"date": f"{TODAY:%Y-%m-%d %H:%M}", "title": "Открыт каток", **fields}
        self.site.release(ID, "Лёд готов.\n", **told)

    def publish(self) -> None:
        built = self.site.build()
        assert built.status == 0, built.said

    def announce(self, *words: str) -> tuple[int, str]:
        """The exit status of the command, and all it said."""
        status = main([
            str(self.site.content), *words, "--settings", str(self.settings),
            "--output", str(self.site.output), "--remote", str(self.ledger),
        ])  # fmt: skip
        said = self.said.readouterr()
        return status, said.out + said.err

    def posts(self) -> dict[str, int]:
        return {name: len(wall.posts) for name, wall in self.walls.items()}


@pytest.fixture
def press(
    site: TinySite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Press]:
    site.now = datetime.now(UTC).isoformat()
    site.output.mkdir(parents=True)
    bare, _ = remote_and_project(tmp_path)
    with ExitStack() as stack:
        walls = {name: stack.enter_context(FakeNetwork(name)) for name in NETWORKS}
        site.url = stack.enter_context(serving(site.output))
        settings = tmp_path / "settings.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
            f"SITEURL = {site.url!r}\nCACHE_PATH = {str(tmp_path / 'cache')!r}\n"
        )
        for name in NETWORKS:
            for end, value in SECRETS.items():
                monkeypatch.setenv(variable(f"{name}-city", end), value)
        press = Press(site, walls, bare, settings, capsys)
        for name, wall in walls.items():
            press.channel(name, to=f"'{PLACES[name]}'", api=wall.address)
        press.release()
        yield press


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOUNCE_LIVE", "1")


@pytest.mark.parametrize("words", [["plan"], [], ["send"], ["send", "--send"]], ids=str)
def test_nothing_is_sent_until_it_is_said_twice(press: Press, words: list[str]) -> None:
    press.publish()
    status, said = press.announce(*words)
    assert (0, {"max": 0, "vk": 0, "telegram": 0}) == (status, press.posts())
    assert [3, 1] == [said.count("Разместить: "), said.count("Готово к рассылке: 3\xa0действия")]
    assert "" == git(press.ledger, "for-each-ref")


@pytest.mark.usefixtures("live")
def test_a_release_goes_everywhere_once_and_its_posts_come_back_to_its_page(press: Press) -> None:
    press.publish()
    for _ in range(2):
        status, said = press.announce("send", "--send")
        assert (0, {"max": 1, "vk": 1, "telegram": 1}) == (status, press.posts()), said
    found = read_posts(press.site.content, MONTH)[ID]
    assert {f"{name}-city" for name in NETWORKS} == set(found)
    press.publish()
    page = (press.site.output / f"news/{MONTH.replace('-', '/')}/katok/index.html").read_text("utf-8")
    assert all(address in page for address in found.values())


@pytest.mark.usefixtures("live")
def test_no_secret_is_in_what_is_said_or_kept(press: Press) -> None:
    press.publish()
    for wall in press.walls.values():
        wall.script("refused")
    status, said = press.announce("send", "--send")
    kept = git(press.ledger, "log", "--patch", "announcements")
    assert 1 == status
    assert [] == [secret for secret in SECRETS.values() if secret in said + kept]
    assert 3 == said.count("ОТКАЗ — ")


@pytest.mark.usefixtures("live")
def test_what_the_site_does_not_serve_yet_waits(press: Press) -> None:
    press.release(status="draft")
    press.publish()
    press.release()
    status, said = press.announce("send", "--send")
    assert (0, {"max": 0, "vk": 0, "telegram": 0}) == (status, press.posts())
    assert "на сайте этой страницы нет (ответ 404)" in said
    press.publish()
    press.release(summary="Лёд готов, приходите.")
    assert "на сайте другая редакция" in press.announce("send", "--send")[1]
    press.publish()
    press.announce("send", "--send")
    assert {"max": 1, "vk": 1, "telegram": 1} == press.posts()


@pytest.mark.usefixtures("live")
def test_a_correction_and_a_withdrawal_reach_the_posts(press: Press) -> None:
    press.publish()
    press.announce("send", "--send")
    press.release(summary="Каток работает до десяти.", revision="2")
    press.publish()
    status, said = press.announce("send", "--send")
    assert ["до десяти" in press.walls[name].posts[0].text for name in NETWORKS] == [True, False, True]
    assert (0, True) == (status, f"inv announce resolve {ID} vk-city --verdict edited | removed" in said)
    press.release(status="withdrawn", withdrawal_reason="Вышел по ошибке", summary=None)
    press.publish()
    press.announce("send", "--send")
    assert {"max": 0, "vk": 1, "telegram": 0} == press.posts()


@pytest.mark.usefixtures("live")
def test_a_human_answers_for_what_nobody_knows(press: Press) -> None:
    press.publish()
    press.walls["telegram"].script("drop_after")
    status, said = press.announce("send", "--send")
    command = f"inv announce resolve {ID} telegram-city --verdict posted --url АДРЕС | not-posted | never"
    assert (1, True) == (status, command in said)
    status, _ = press.announce(
        "resolve", ID, "telegram-city", "--verdict", "posted", "--url", "https://t.me/city_news/7"
    )
    assert (0, "https://t.me/city_news/7") == (
        status,
        read_posts(press.site.content, MONTH)[ID]["telegram-city"],
    )
    assert (0, 1) == (press.announce("send", "--send")[0], press.posts()["telegram"])


@pytest.mark.usefixtures("live")
def test_posts_can_be_taken_down_while_the_release_stays(press: Press) -> None:
    press.publish()
    press.announce("send", "--send")
    press.announce("withdraw", ID, "max-city", "--send")
    press.announce("send", "--send")
    assert {"max": 0, "vk": 1, "telegram": 1} == press.posts()


@pytest.mark.usefixtures("live")
def test_the_switch_in_the_environment_stops_a_channel(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOUNCE_PAUSED", "vk-city, telegram-city")
    press.publish()
    press.announce("send", "--send")
    assert {"max": 1, "vk": 0, "telegram": 0} == press.posts()


def test_the_doctor_asks_for_everything_and_posts_nothing(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.publish()
    status, said = press.announce("doctor")
    assert (0, 5) == (status, said.count("[да ]")), said
    monkeypatch.delenv(variable("max-city", "TOKEN"))
    monkeypatch.setenv(variable("telegram-city", "TOKEN"), "1:wrong")
    status, said = press.announce("doctor")
    assert (1, 2, 3) == (status, said.count("[нет]"), said.count("[да ]")), said
    assert "ANNOUNCE_MAX_CITY_TOKEN" in said
    assert {"max": 0, "vk": 0, "telegram": 0} == press.posts()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["plan", "2024-01-01-net"], "такого опубликованного релиза нет"),
        (["plan", ID, "ok-city"], "такого канала рассылки нет — есть: max-city, telegram-city, vk-city"),
        (["resolve", ID, "vk-city", "--verdict", "edited"], "в журнале «ничего»"),
        (["resolve", ID], "не сказано, что с чем случилось"),
        (["withdraw"], "не сказано, какой релиз"),
        (["plna"], "нет такого слова: plna — есть: plan, send, reconcile, resolve, withdraw, doctor"),
        (["resolve", ID, "vk-city", "--verdict", "ok"], "нет такого слова: ok — есть: posted, not-posted"),
    ],
    ids=str,
)
def test_a_slip_is_told_with_its_remedy(press: Press, words: list[str], told: str) -> None:
    status, said = press.announce(*words)
    assert (1, True) == (status, told in said), said


@pytest.mark.parametrize(("command", "status"), [("plan", 0), ("send", 0), ("doctor", 1), ("reconcile", 1)])
def test_a_ledger_that_cannot_be_had_stops_what_writes_and_not_what_looks(
    press: Press, command: str, status: int
) -> None:
    press.publish()
    press.ledger.rename(press.ledger.with_name("elsewhere"))
    told = press.announce(command)
    assert (status, True) == (told[0], "журнал рассылки не читается" in told[1])
    assert (command in {"plan", "send"}) == ("Готово к рассылке" in told[1])


@pytest.mark.usefixtures("live")
def test_without_the_ledger_nothing_is_sent(press: Press) -> None:
    press.publish()
    press.ledger.rename(press.ledger.with_name("elsewhere"))
    assert 1 == press.announce("send", "--send")[0]
    assert {"max": 0, "vk": 0, "telegram": 0} == press.posts()


def test_the_kit_has_the_ready_text_of_every_channel(press: Press, tmp_path: Path) -> None:
    press.site.write(
        "channels/viber.md",
        "---\ntitle: Viber\nnetwork: Viber\nowner: Город\nstatus: closed\nannounce:\n  by: manual\n---\n",
    )
    press.publish()
    press.announce("plan", "--kit", str(tmp_path / "kit"))
    board = (tmp_path / "kit/index.html").read_text("utf-8")
    assert all(name in board for name in ("max-city", "vk-city", "telegram-city", "viber"))
