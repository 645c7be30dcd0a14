"""The bulletin as a whole: the engine sends to many receivers over SMTP, and the ledger names none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from newsroom.content.types import Channel, Release
from newsroom.publish.announce.doctor import examine
from newsroom.publish.announce.sending import Office, Result
from newsroom.publish.ledger.book import Book, opened
from newsroom.publish.ledger.record import Record
from newsroom.publish.networks.mail import MAIL
from newsroom.publish.networks.mail_list import part_of
from newsroom.publish.networks.network import Access
from newsroom.publish.networks.secrets import Secrets
from tests.announcing import Clock, channel, office, release, remote_and_project
from tests.deploying import git, no_settings_of_this_machine  # noqa: F401
from tests.mail_servers import PASSWORD, USER, Post, mail_server

KEY = "a-key-of-the-newsroom"
CHANNEL = channel("press", by="mail", to="press.example.ru", sender="press@example.ru")
PLACE = ("2024-05-09-katok", "press")
RECEIVERS = [f"editor{number}@gazeta{number}.example" for number in range(12)]
RELEASE = release()
_Got = TypeVar("_Got")


class Bulletin:
    """A list of twelve, a server for them, a ledger on a real remote, and runs with a fresh book each."""

    def __init__(self, folder: Path, port: int, post: Post) -> None:
        self.bare, self.project = remote_and_project(folder)
        self.post, self.clock = post, Clock()
        names = folder / "receivers.txt"
        names.write_text("\n".join(f"Газета «{address[:7]}» <{address}>" for address in RECEIVERS), "utf-8")
        self.environment = {
            "ANNOUNCE_PRESS_SMTP": f"smtp://{USER}:{PASSWORD}@127.0.0.1:{port}",
            "ANNOUNCE_PRESS_RECIPIENTS": str(names),
            "ANNOUNCE_PRESS_KEY": KEY,
        }

    def run(self, *releases: Release) -> list[Result]:
        return self._with_book(lambda book: self._office(book, releases).send())

    def examined(self) -> list[str]:
        return self._with_book(
            lambda book: [each.trouble for each in examine(self._office(book, ()), None) if each.trouble]
        )

    @property
    def record(self) -> Record:
        return self._with_book(lambda book: book.records[PLACE])

    def stored(self) -> bytes:
        """Every object of the ledger's repository."""
        command = ["git", "cat-file", "--batch-all-objects", "--batch"]
        return subprocess.run(command, cwd=self.bare, check=True, capture_output=True).stdout

    def state(self, number: int) -> str:
        return self.record.parts[part_of(RECEIVERS[number], KEY)]

    def _with_book(self, work: Callable[[Book], _Got]) -> _Got:
        with opened(self.project, remote="origin", sleep=self.clock.sleep) as book:
            return work(book)

    def _office(self, book: Book, releases: tuple[Release, ...]) -> Office:
        secrets = Secrets(self.environment)

        def access(channel: Channel) -> Access:
            assert channel.announce
            return Access(
                channel=channel.id,
                title="Пресс-служба",
                announcing=channel.announce,
                secret=secrets.of(channel.id),
                site="https://news.example",
                now=self.clock,
                timeout=5,
            )

        made = office(book, {}, *releases, channels=(CHANNEL,), clock=self.clock)
        return replace(made, network=lambda _: MAIL, access=access, secrets=secrets)


@pytest.fixture
def bulletin(tmp_path: Path) -> Iterator[Bulletin]:
    post = Post()
    with mail_server(post, authenticator=post.enters, auth_require_tls=False) as port:
        yield Bulletin(tmp_path, port, post)


def test_each_receiver_has_an_outcome_of_its_own_and_a_second_run_repeats_none(bulletin: Bulletin) -> None:
    post = bulletin.post
    post.at_rcpt = {
        RECEIVERS[1]: [f"550 5.1.1 <{RECEIVERS[1]}> unknown"],
        RECEIVERS[2]: ["450 4.7.1 greylisted", "250 OK"],
    }
    post.at_end = {RECEIVERS[3]: ["drop"], RECEIVERS[4]: ["421 closing", "250 OK"]}
    (*_, result) = bulletin.run(RELEASE)
    assert ["dead", "retry", "uncertain", "retry", "done"] == [bulletin.state(each) for each in range(1, 6)]
    assert "retry" == result.record.state
    bulletin.clock.turn(minutes=10)
    bulletin.run(RELEASE)
    bulletin.run(RELEASE)
    assert ["dead", "done", "uncertain", "done", "done"] == [bulletin.state(each) for each in range(1, 6)]
    assert "uncertain" == bulletin.record.state
    # What was dropped after its dot had come whole; nobody repeats it, and nobody got two.
    assert sorted(set(RECEIVERS) - {RECEIVERS[1]}) == sorted(post.receivers)
    assert result.record is not None
    assert "gazeta" not in result.record.error


def test_the_ledger_and_the_results_hold_no_address_and_no_password(bulletin: Bulletin) -> None:
    bulletin.post.at_rcpt = {RECEIVERS[1]: [f"550 5.1.1 <{RECEIVERS[1]}> unknown"]}
    results = bulletin.run(RELEASE)
    bulletin.run(replace(RELEASE, revision=2, title="Каток открыт"))
    bulletin.run(replace(RELEASE, revision=2, status="withdrawn"))
    everything = bulletin.stored() + repr(results).encode()
    assert b"withdrawn" in everything
    for secret in (PASSWORD, USER + ":", KEY, "gazeta", "editor", str(bulletin.project.parent)):
        assert secret.encode() not in everything, secret


def test_corrections_and_notices_follow_the_first_letter_to_whoever_has_it(bulletin: Bulletin) -> None:
    post = bulletin.post
    post.at_rcpt = {RECEIVERS[1]: ["550 5.1.1 unknown"]}
    bulletin.run(replace(RELEASE, revision=2))
    first, expected = post.letter()["Message-ID"], sorted(set(RECEIVERS) - {RECEIVERS[1]})
    for changed, subject in (
        (replace(RELEASE, revision=3, title="Каток открыт"), "Исправлено: Каток открыт"),
        (replace(RELEASE, revision=3, status="withdrawn"), "Отозван: Открыт каток"),
    ):
        post.letters.clear()
        bulletin.run(changed)
        bulletin.run(changed)
        letters = [post.letter(number) for number in range(len(post.letters))]
        assert expected == sorted(post.receivers)
        assert {(subject, first)} == {(each["Subject"], each["In-Reply-To"]) for each in letters}
    assert "withdrawn" == bulletin.record.state


def test_a_refused_password_loses_no_receiver(bulletin: Bulletin) -> None:
    right = dict(bulletin.environment)
    bulletin.environment["ANNOUNCE_PRESS_SMTP"] = right["ANNOUNCE_PRESS_SMTP"].replace(PASSWORD, "old")
    bulletin.run(RELEASE)
    assert {"retry"} == {*bulletin.record.parts.values()}
    assert "имя и пароль (535)" in bulletin.record.error
    assert 1 <= bulletin.post.entries <= 2  # each way of entering that the server offers, once
    bulletin.environment = right
    bulletin.run(RELEASE)
    assert sorted(RECEIVERS) == sorted(bulletin.post.receivers)


def test_the_doctor_finds_all_in_order_and_sends_nothing(bulletin: Bulletin) -> None:
    assert [] == bulletin.examined()
    bulletin.environment["ANNOUNCE_PRESS_RECIPIENTS"] += ".gone"
    assert ["не читается" in trouble for trouble in bulletin.examined()] == [True]
    assert [] == bulletin.post.letters
    assert "" == git(bulletin.bare, "for-each-ref")
