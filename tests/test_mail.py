"""The bulletin: what comes of every letter, at whatever step a server stops it, and who learns of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsroom.content.announcing import Announcing
from newsroom.publish.networks.mail import MAIL, MailLine
from newsroom.publish.networks.mail_list import part_of, read
from newsroom.publish.networks.mail_server import server
from newsroom.publish.networks.network import (
    Access,
    NotSentError,
    RefusedError,
    SendingError,
    UnableError,
    UncertainError,
)
from newsroom.publish.networks.registry import network
from tests.announcing import Clock, channel, release, worded
from tests.mail_servers import (
    PASSWORD,
    USER,
    HangingUp,
    Post,
    certificate,
    free_port,
    hanging_up,
    mail_server,
)

KEY = "a-key-of-the-newsroom"
ADDRESS = "news@gazeta.example"
PART = part_of(ADDRESS, KEY)
CHANNEL = channel("press", by="mail", to="press.example.ru", sender="press@example.ru")


def access(
    smtp: str, *, recipients: str = ADDRESS, key: str = KEY, clock: Clock | None = None, **told: object
) -> Access:
    secrets = {"SMTP": smtp, "RECIPIENTS": recipients, "KEY": key}
    assert isinstance(CHANNEL.announce, Announcing)
    return Access(
        channel=CHANNEL.id,
        title="Пресс-служба «Город»",
        announcing=replace(CHANNEL.announce, **told),
        secret=lambda end: secrets.get(end, ""),
        site="https://news.example",
        now=clock or Clock(),
        timeout=5,
    )


ANNOUNCEMENT = replace(worded(release(), CHANNEL, "post"), part=PART)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def port(post: Post) -> Iterator[int]:
    with mail_server(post) as port:
        yield port


def outcome(line: MailLine, part: str = PART) -> SendingError | None:
    try:
        line.post(replace(ANNOUNCEMENT, part=part))
    except SendingError as error:
        return error
    return None


def test_it_is_the_network_of_that_name() -> None:
    assert (MAIL, "mail", False, False) == (
        network("mail"), MAIL.name, MAIL.repeats_are_harmless, MAIL.edits_in_place,
    )  # fmt: skip


def test_a_letter_reaches_its_receiver_over_one_connection(post: Post, port: int) -> None:
    others = [f"{number}@radio.example" for number in range(3)]
    with MAIL.open(access(f"smtp://127.0.0.1:{port}", recipients="\n".join([ADDRESS, *others]))) as line:
        for part in line.parts():
            line.post(replace(ANNOUNCEMENT, part=part))
    assert sorted([ADDRESS, *others]) == sorted(post.receivers)
    assert 1 == post.connections


@pytest.mark.parametrize(
    ("where", "answer", "kind", "why"),
    [
        ("at_rcpt", "450 4.2.2 full", NotSentError, "получателя (450 4.2.2, ящик переполнен)"),
        ("at_rcpt", f"550 5.1.1 <{ADDRESS}>: unknown", RefusedError, "(550 5.1.1, нет такого ящика)"),
        ("at_rcpt", "421 too many", NotSentError, "прервал разговор (421)"),
        ("at_end", "451 later", NotSentError, "письмо (451)"),
        ("at_end", "554 5.7.1 spam", RefusedError, "554 5.7.1"),
        ("at_end", "drop", UncertainError, "неизвестно"),
        ("at_end", "999 what", UncertainError, "непонятно"),
    ],
)
def test_every_reply_says_whether_the_letter_may_be_sent_again(
    post: Post, port: int, where: str, answer: str, kind: type[SendingError], why: str
) -> None:
    setattr(post, where, {ADDRESS: [answer]})
    recipients = f"{ADDRESS}\nother@radio.example"
    with MAIL.open(access(f"smtp://127.0.0.1:{port}", recipients=recipients)) as line:
        error = outcome(line)
        after = outcome(line, part_of("other@radio.example", KEY))
    assert kind is type(error)
    assert why in str(error)
    assert "gazeta" not in str(error)
    assert (None, "other@radio.example") == (after, post.receivers[-1])


@pytest.mark.parametrize(
    ("answer", "kind", "is_of_all"),
    [
        ("451 4.3.0 later", NotSentError, False),
        ("552 5.3.4 too big", RefusedError, False),
        ("550 5.7.1 sender", RefusedError, True),
        ("530 5.7.0 enter first", RefusedError, True),
    ],
)
def test_a_sender_that_is_refused_is_refused_for_all(
    post: Post, port: int, answer: str, kind: type[SendingError], is_of_all: bool
) -> None:
    post.at_mail = [answer]
    with MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
        error = outcome(line)
    assert kind is type(error)
    assert is_of_all == getattr(error, "whole_channel", False)


def test_a_server_that_has_had_enough_of_a_connection_is_called_again(post: Post, port: int) -> None:
    with MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
        assert outcome(line) is None
        post.at_mail = ["421 too many letters"]
        assert outcome(line) is None
    assert (2, 2) == (post.connections, len(post.letters))


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("connect", NotSentError),
        ("ehlo", type(None)),  # then HELO is tried over what is left, and there is nothing
        ("mail", NotSentError),
        ("rcpt", NotSentError),
        ("data", NotSentError),
        ("body", NotSentError),
        ("dot", UncertainError),
    ],
)
def test_a_letter_is_uncertain_only_after_its_final_dot(step: str, kind: type[SendingError]) -> None:
    large = replace(ANNOUNCEMENT, text="Слово. " * 400_000)
    breaking = HangingUp(step)
    with hanging_up(breaking) as port, MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
        error: SendingError | None = None
        try:
            line.post(large if step == "body" else ANNOUNCEMENT)
        except SendingError as found:
            error = found
    assert (NotSentError if step == "ehlo" else kind) is type(error)
    assert (step == "dot") == bool(breaking.taken)


def test_a_connection_that_died_between_letters_is_opened_anew() -> None:
    breaking = HangingUp("rset")
    with hanging_up(breaking) as port, MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
        assert [None, None, None] == [outcome(line) for _ in range(3)]
    assert (3, 2) == (breaking.taken, breaking.connections)


def test_nonsense_after_the_dot_is_uncertain() -> None:
    puzzling = HangingUp("", answer=b"what?\r\n")
    with hanging_up(puzzling) as port, MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
        assert UncertainError is type(outcome(line))


def test_a_server_that_is_down_is_not_asked_for_every_receiver() -> None:
    clock, port = Clock(), free_port()
    with MAIL.open(access(f"smtp://127.0.0.1:{port}", clock=clock)) as line:
        first = outcome(line)
        post = Post()
        with mail_server(post) as port:
            line._used._server = replace(line._used._server, port=port)
            again = outcome(line)
            clock.turn(minutes=2)
            later = outcome(line)
    assert [NotSentError, NotSentError, type(None)] == [type(first), type(again), type(later)]


class TestEntering:
    def test_a_refused_password_is_tried_once_and_shown_nowhere(self) -> None:
        post = Post()
        options = {
            "authenticator": post.enters,
            "auth_require_tls": False,
            "auth_exclude_mechanism": ["PLAIN"],
        }
        with mail_server(post, **options) as port:
            line = MailLine(access(f"smtp://{USER}:wrong-{PASSWORD}@127.0.0.1:{port}"))
            errors = [outcome(line) for _ in range(3)]
            line.close()
        assert 1 == post.entries
        for error in errors:
            assert isinstance(error, RefusedError)
            assert error.whole_channel
            assert PASSWORD not in f"{error!r}{error.__context__!r}{line.__dict__}{line._used.__dict__}"

    def test_over_starttls(self, tmp_path: Path) -> None:
        made, context = certificate(tmp_path)
        post = Post()
        with mail_server(post, tls_context=context, authenticator=post.enters) as port:
            way = f"smtp://{USER}:{PASSWORD}@127.0.0.1:{port}"
            with MAIL.open(access(way, ca=str(made))) as line:
                assert outcome(line) is None
            with MAIL.open(access(way)) as line:  # nobody vouches for the certificate
                error = outcome(line)
        assert [True] == post.encrypted
        assert NotSentError is type(error)
        assert "сертификат" in str(error)

    def test_over_tls_from_the_first_byte(self, tmp_path: Path) -> None:
        made, context = certificate(tmp_path)
        post = Post()
        with mail_server(
            post, ssl_context=context, authenticator=post.enters, auth_require_tls=False
        ) as port:
            way = f"smtps://{USER}:{PASSWORD}@127.0.0.1:{port}"
            with MAIL.open(access(way, ca=str(made))) as line:
                assert outcome(line) is None
        assert ([ADDRESS], 1) == (post.receivers, post.entries)

    def test_a_server_without_passwords_is_told_so(self, port: int) -> None:
        with MAIL.open(access(f"smtp://{USER}:{PASSWORD}@127.0.0.1:{port}")) as line:
            assert "не даёт войти" in str(outcome(line))

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ("smtp://a:b@mail.example", ("mail.example", 587, "a", "b", False, False)),
            ("smtps://a%40x.ru:b%3Ac@mail.example", ("mail.example", 465, "a@x.ru", "b:c", True, False)),
            ("smtp://relay.example:25?insecure=1", ("relay.example", 25, "", "", False, True)),
            ("smtp://a:b@localhost:25?insecure=1", ("localhost", 25, "a", "b", False, True)),
        ],
    )
    def test_where_the_server_is(self, told: str, expected: tuple[object, ...]) -> None:
        found = server(access(told))
        told_of = (found.host, found.port, found.user, found.password, found.is_tls, found.is_plain)
        assert expected == told_of
        assert found.password == "" or found.password not in repr(found)

    @pytest.mark.parametrize(
        "told",
        ["", "mail.example", "http://mail.example", "smtp://a@mail.example", "smtp://a:b/c@mail.example",
         "smtp://a:b@mail.example:99999", "smtp://a:b@mail.example?insecure=1", "smtp://a:%D0%B1@mail.example"],
    )  # fmt: skip
    def test_what_is_no_server_or_not_safe(self, told: str) -> None:
        with pytest.raises(RefusedError, match="ANNOUNCE_PRESS_SMTP") as caught:
            server(access(told))
        assert caught.value.whole_channel
        assert "a:b" not in str(caught.value)

    def test_another_machine_must_encrypt(self, post: Post, port: int) -> None:
        with MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
            line._session._server = replace(server(access(f"smtp://127.0.0.1:{port}")), may_be_plain=False)
            assert "не шифрует" in str(outcome(line))
        assert [] == post.letters


class TestTheList:
    def test_is_read_line_by_line(self) -> None:
        lines = [
            "# редакции",
            "",
            "news@gazeta.example",
            "Газета «Знамя» <Press@GAZETA.example>  # отдел",
            "NEWS@gazeta.example",
            "news@Gazeta.Example",
            "никто",
            '"Радио, город" <info@РАДИО.рф>',
            "a@b@c.ru",
            "<x@y.ru",
        ]
        found = read("\n".join(lines), KEY)
        assert {
            "news@gazeta.example": "",
            "Press@gazeta.example": "Газета «Знамя»",
            "NEWS@gazeta.example": "",
            "info@xn--80aimyg.xn--p1ai": "Радио, город",
        } == {receiver.address: receiver.name for receiver in found.receivers.values()}
        assert (7, 9, 10) == found.wrong
        assert "gazeta" not in f"{found!r}{[*found.receivers.values()]!r}"

    def test_may_be_a_file_and_tells_its_wrong_lines_without_the_addresses(
        self, post: Post, port: int, tmp_path: Path
    ) -> None:
        file = tmp_path / "список.txt"
        file.write_text(f"\ufeff{ADDRESS}\nbad address@x.ru\n", encoding="utf-8")
        with MAIL.open(access(f"smtp://127.0.0.1:{port}", recipients=str(file))) as line:
            assert (PART,) == line.parts()
            (trouble,) = line.check()
        assert "строки 2:" in trouble
        assert "x.ru" not in trouble
        assert [] == post.letters

    @pytest.mark.parametrize(
        ("recipients", "key", "why"),
        [
            ("", KEY, "нет переменной ANNOUNCE_PRESS_RECIPIENTS"),
            ("/nowhere/list.txt", KEY, "не читается"),
            ("# @", KEY, "нет ни одного адреса"),
            (ADDRESS, "short", "слишком короткий ключ"),
            (ADDRESS, "", "нет переменной ANNOUNCE_PRESS_KEY"),
        ],
    )
    def test_that_cannot_be_had_stops_the_channel(
        self, recipients: str, key: str, why: str, port: int
    ) -> None:
        with MAIL.open(access(f"smtp://127.0.0.1:{port}", recipients=recipients, key=key)) as line:
            with pytest.raises(RefusedError, match=why):
                line.parts()
            assert why in next(iter(line.check()))

    def test_within_a_repository_is_told(self, post: Post, port: int, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        file = tmp_path / "list.txt"
        file.write_text(ADDRESS)
        with MAIL.open(access(f"smtp://127.0.0.1:{port}", recipients=str(file))) as line:
            assert ["в папке git" in trouble for trouble in line.check()] == [True]
        assert [] == post.letters

    def test_who_left_it_gets_nothing(self, post: Post, port: int) -> None:
        with MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
            assert "больше нет в списке" in str(outcome(line, part_of("left@gazeta.example", KEY)))
        assert [] == post.letters

    def test_gives_names_that_need_the_key(self) -> None:
        assert 16 == len(PART)
        assert PART != part_of(ADDRESS, "another-key-of-it")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda _: None, []),
        (lambda post: post.at_rcpt.update({"press@example.ru": ["550 5.1.1 no"]}), ["получателя (550 5.1.1"]),
        (lambda post: post.at_mail.append("550 no"), ["отправителя (550)"]),
    ],
)
def test_a_check_goes_as_far_as_the_receiver_and_sends_nothing(
    spoil: Callable[[Post], None], expected: list[str], post: Post, port: int
) -> None:
    spoil(post)
    with MAIL.open(access(f"smtp://127.0.0.1:{port}")) as line:
        found = list(line.check())
    assert len(expected) == len(found)
    assert all(part in trouble for part, trouble in zip(expected, found, strict=True))
    assert [] == post.letters


def test_nobody_can_look_whether_a_letter_came(port: int) -> None:
    way = f"smtp://127.0.0.1:{port}"
    with MAIL.open(access(way)) as line, pytest.raises(UnableError):
        line.find(ANNOUNCEMENT, Clock().now)


def test_a_channel_without_a_sender_sends_nothing(post: Post, port: int) -> None:
    with MAIL.open(access(f"smtp://127.0.0.1:{port}", sender="")) as line:
        assert "sender" in str(outcome(line))
        assert ["sender" in trouble for trouble in line.check()] == [True]
    assert [] == post.letters
