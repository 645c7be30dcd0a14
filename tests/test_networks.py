"""What comes of a post on every network, whatever happens on the way; and what can be done with it later."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args
from urllib.parse import quote, quote_plus

import pytest

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.network import (
    NotSentError,
    RefusedError,
    Remote,
    SendingError,
    UnableError,
    UncertainError,
    Wording,
)
from newsroom.publish.networks.registry import network
from newsroom.publish.networks.secrets import Secrets, masked, variable
from tests.network_lines import (
    ADDRESS,
    LINK,
    access,
    announcement,
    line_to,
    quick_and_direct,  # noqa: F401
)
from tests.network_servers import RETRY_AFTER, SECRETS, FakeNetwork

TALKING: tuple[NetworkName, ...] = ("max", "vk", "ok", "telegram", "indexnow", "websub")
WALLS: tuple[NetworkName, ...] = ("max", "vk", "ok", "telegram")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OUTCOMES: dict[str, tuple[type[SendingError] | None, int]] = {
    "ok": (None, 1),
    "drop_before": (UncertainError, 0),
    "drop_after": (UncertainError, 1),
    "slow_before": (UncertainError, 0),
    "slow_after": (UncertainError, 1),
    "500_before": (UncertainError, 0),
    "500_after": (UncertainError, 1),
    "malformed": (UncertainError, 1),
    "empty": (UncertainError, 1),
    "429": (NotSentError, 0),
    "refused": (RefusedError, 0),
    "rejected": (RefusedError, 0),
    "moved": (RefusedError, 0),
}
"""What a post that goes this way comes to, and how many stand on the wall."""
SAY_NOTHING = {"indexnow", "websub"}
"""Whose reply is not read: its status is all."""


@pytest.fixture(scope="module")
def walls() -> Iterator[dict[NetworkName, FakeNetwork]]:
    """One of each; a test clears its own."""
    servers = {name: FakeNetwork(name).start() for name in TALKING}
    yield servers
    for server in servers.values():
        server.stop()


def cleared(wall: FakeNetwork) -> FakeNetwork:
    wall.clear()
    return wall


def patience(behaviour: str) -> float:
    """Seconds to wait for a reply: few where none will come."""
    return 0.2 if behaviour.startswith("slow") else 10


def outcome(wall: FakeNetwork, *, images: int = 0, timeout: float = 10) -> SendingError | None:
    """What posting came to."""
    with line_to(wall, timeout=timeout) as line:
        try:
            line.post(announcement(wall.name, images=images))
        except SendingError as error:
            return error
    return None


def sort_of(error: SendingError | None) -> type[SendingError] | None:
    """Which of the errors it is, whatever a network calls it."""
    sorts = (NotSentError, RefusedError, UncertainError, UnableError)
    return next((sort for sort in sorts if isinstance(error, sort)), None)


def leaks(text: str) -> list[str]:
    """The secrets that a text tells in any shape."""
    shapes = (str, quote, quote_plus, lambda value: quote(value, safe=""))
    return [end for end, value in SECRETS.items() if any(shape(value) in text for shape in shapes)]


@pytest.mark.parametrize("behaviour", OUTCOMES)
@pytest.mark.parametrize("name", TALKING)
def test_what_came_of_a_post_is_known(
    walls: dict[NetworkName, FakeNetwork],
    name: NetworkName,
    behaviour: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wall = cleared(walls[name])
    expected = OUTCOMES[behaviour]
    if name in SAY_NOTHING and behaviour in {"malformed", "empty"}:
        expected = (None, 1)
    caplog.set_level(logging.DEBUG)
    wall.script(behaviour)
    error = outcome(wall, timeout=patience(behaviour))
    assert expected == (sort_of(error), len(wall.posts))
    assert 1 == sum(kind == "post" for kind, _ in wall.requests)
    told = "".join(traceback.format_exception(error)) if error else ""
    assert [] == leaks(told + repr(error) + caplog.text)
    if isinstance(error, NotSentError):
        assert RETRY_AFTER == error.wait
    if behaviour in {"refused", "moved"}:
        assert isinstance(error, RefusedError)
        assert error.whole_channel


@pytest.mark.parametrize("steps", [0, 1])
@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        ("drop_before", NotSentError),
        ("slow_after", NotSentError),
        ("500_after", NotSentError),
        ("malformed", NotSentError),
        ("429", NotSentError),
        ("refused", RefusedError),
    ],
)
@pytest.mark.parametrize("name", ["max", "ok"])
def test_a_fault_before_the_post_leaves_nothing_uncertain(
    walls: dict[NetworkName, FakeNetwork],
    name: NetworkName,
    behaviour: str,
    expected: type[SendingError],
    steps: int,
) -> None:
    wall = cleared(walls[name])
    wall.script(*["ok"] * steps, behaviour, kind="upload")
    assert expected is sort_of(outcome(wall, images=2, timeout=patience(behaviour)))
    assert [] == wall.posts
    assert [] == [request for kind, request in wall.requests if kind == "post"]


@pytest.mark.parametrize(("name", "most"), [("max", 12), ("ok", 10), ("telegram", 10)])
@pytest.mark.parametrize("images", [0, 1, 2, 10])
def test_pictures_go_with_the_post(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, most: int, images: int
) -> None:
    wall = cleared(walls[name])
    assert most == network(name).limits.images
    assert None is outcome(wall, images=images)
    assert [images] == [post.pictures for post in wall.posts]
    assert "Каток" in wall.posts[0].text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{closed}",
        "https://127.0.0.1:{silent}",
        "https://127.0.0.1:{plain}",
        "http://nowhere.invalid",
        "gopher://127.0.0.1",
    ],
)
@pytest.mark.parametrize("name", TALKING)
def test_what_never_left_is_known_not_to_be_sent(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        ports = {"silent": silent.getsockname()[1], "closed": closed.getsockname()[1]}
        place = address.format(**ports, plain=walls[name].address.rpartition(":")[2])
        reached = access(name, place, timeout=0.2)
        with network(name).open(reached) as line, pytest.raises(NotSentError) as caught:
            line.post(announcement(name))
    assert [] == leaks("".join(traceback.format_exception(caught.value)) + caplog.text)


@pytest.mark.parametrize(
    ("name", "code", "expected", "whole_channel"),
    [
        ("vk", 1, UncertainError, False),
        ("vk", 5, RefusedError, True),
        ("vk", 6, NotSentError, False),
        ("vk", 9, NotSentError, False),
        ("vk", 10, UncertainError, False),
        ("vk", 14, NotSentError, False),
        ("vk", 15, RefusedError, True),
        ("vk", 27, RefusedError, True),
        ("vk", 29, NotSentError, False),
        ("vk", 100, RefusedError, False),
        ("vk", 214, RefusedError, True),
        ("vk", 222, RefusedError, True),
        ("ok", 1, UncertainError, False),
        ("ok", 2, UncertainError, False),
        ("ok", 8, NotSentError, False),
        ("ok", 10, RefusedError, True),
        ("ok", 11, NotSentError, False),
        ("ok", 100, RefusedError, False),
        ("ok", 104, RefusedError, True),
        ("ok", 9999, UncertainError, False),
    ],
)
def test_a_network_says_in_its_own_codes_what_came_of_a_post(
    walls: dict[NetworkName, FakeNetwork],
    name: NetworkName,
    code: int,
    expected: type[SendingError],
    whole_channel: bool,
) -> None:
    wall = cleared(walls[name])
    wall.script(f"code:{code}")
    error = outcome(wall)
    assert expected is sort_of(error)
    assert whole_channel == getattr(error, "whole_channel", False)
    assert (NotSentError is expected) == (getattr(error, "wait", 0) > 0)
    assert f"ошибка {code}" in str(error)


def test_max_is_asked_again_only_while_its_pictures_are_not_ready(
    walls: dict[NetworkName, FakeNetwork],
) -> None:
    wall = cleared(walls["max"])
    wall.script("not_ready", "not_ready")
    assert None is outcome(wall, images=1)
    assert 1 == len(wall.posts)
    wall.script(*["not_ready"] * 4)
    assert NotSentError is sort_of(outcome(wall, images=1))
    assert 1 == len(wall.posts)


@pytest.mark.parametrize("name", ["max", "ok", "telegram"])
@pytest.mark.parametrize("images", [0, 1, 3])
def test_a_correction_takes_the_place_of_the_post(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, images: int
) -> None:
    wall = cleared(walls[name])
    with line_to(wall) as line:
        remote = line.post(announcement(name, images=images))
        changed = announcement(name, images=images, title="Каток закрыт")
        assert remote == line.edit(changed, remote)
        assert remote == line.edit(changed, remote)
    [post] = wall.posts
    assert "Каток закрыт" in post.text
    assert images == post.pictures


def test_telegram_is_asked_for_text_and_caption_when_it_is_not_known_which_it_was(
    walls: dict[NetworkName, FakeNetwork],
) -> None:
    wall = cleared(walls["telegram"])
    with line_to(wall) as line:
        remote = line.post(announcement("telegram", images=1))
        line.edit(announcement("telegram", title="Без картинки"), remote)
    assert "Без картинки" in wall.posts[0].text


@pytest.mark.parametrize("name", ["max", "ok", "telegram"])
@pytest.mark.parametrize("images", [0, 3])
def test_a_withdrawn_post_is_deleted_and_that_may_be_said_twice(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, images: int
) -> None:
    wall = cleared(walls[name])
    with line_to(wall) as line:
        remote = line.post(announcement(name, images=images))
        line.withdraw(announcement(name), remote)
        line.withdraw(announcement(name), remote)
    assert [] == wall.posts
    assert 1 == len(wall.deleted)


@pytest.mark.parametrize("name", ["max", "ok", "telegram"])
@pytest.mark.parametrize("what", ["edit", "withdraw"])
@pytest.mark.parametrize("behaviour", ["drop_after", "500_after", "slow_before"])
def test_a_change_of_which_no_word_comes_back_is_uncertain(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, what: str, behaviour: str
) -> None:
    wall = cleared(walls[name])
    with line_to(wall) as line:
        remote = line.post(announcement(name))
    wall.script(behaviour)
    with line_to(wall, timeout=patience(behaviour)) as line, pytest.raises(UncertainError):
        getattr(line, what)(announcement(name, title="Иначе"), remote)


def test_what_the_bot_of_max_may_not_delete_gives_place_to_a_notice(
    walls: dict[NetworkName, FakeNetwork],
) -> None:
    wall = cleared(walls["max"])
    with line_to(wall) as line:
        remote = line.post(announcement("max", images=2))
        wall.script("forbidden")
        line.withdraw(announcement("max", title="Релиз отозван"), remote)
    [post] = wall.posts
    assert "Релиз отозван" in post.text
    assert 0 == post.pictures


def test_a_history_that_cannot_be_leafed_through_is_left_to_humans(
    walls: dict[NetworkName, FakeNetwork], monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = cleared(walls["max"])
    monkeypatch.setattr(wall.dialect, "pages", False)
    for number in range(150):
        wall.add(f"Пост {number}")
    with line_to(wall) as line, pytest.raises(UnableError):
        line.find(announcement("max"), LONG_AGO)


def test_an_old_post_of_telegram_gives_place_to_a_notice(walls: dict[NetworkName, FakeNetwork]) -> None:
    wall = cleared(walls["telegram"])
    wall.dialect.old = True  # type: ignore[attr-defined]
    try:
        with line_to(wall) as line:
            remote = line.post(announcement("telegram", images=2))
            line.withdraw(announcement("telegram", title="Релиз отозван"), remote)
    finally:
        wall.dialect.old = False  # type: ignore[attr-defined]
    assert "Релиз отозван" in wall.posts[0].text


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("vk", "edit"),
        ("vk", "withdraw"),
        ("manual", "edit"),
        ("manual", "withdraw"),
        ("ok", "find"),
        ("telegram", "find"),
        ("vk", "find"),
        ("indexnow", "find"),
        ("websub", "find"),
        ("manual", "find"),
    ],
)
def test_what_a_network_does_not_let_programs_do_is_left_to_humans(name: NetworkName, what: str) -> None:
    reached = access(name, "http://127.0.0.1:9", secrets={"TOKEN": SECRETS["TOKEN"]})
    second = LONG_AGO if what == "find" else Remote(ids=("1",))
    with network(name).open(reached) as line, pytest.raises(UnableError):
        getattr(line, what)(announcement(name), second)


@pytest.mark.parametrize("code", [3, 10, 100])
def test_what_ok_refuses_to_edit_is_left_to_humans(walls: dict[NetworkName, FakeNetwork], code: int) -> None:
    wall = cleared(walls["ok"])
    with line_to(wall) as line:
        remote = line.post(announcement("ok"))
        wall.script(f"code:{code}")
        with pytest.raises(UnableError):
            line.edit(announcement("ok"), remote)


@pytest.mark.parametrize("name", ["max", "vk"])
def test_a_post_is_found_on_the_wall_among_hundreds(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName
) -> None:
    wall = cleared(walls[name])
    with line_to(wall) as line:
        for number in range(3):
            wall.add(f"До него {number}")
        remote = line.post(announcement(name))
        moment = wall.now
        for number in range(250):
            wall.add(f"После него {number}")
        assert remote == line.find(announcement(name), LONG_AGO)
        assert remote == line.find(announcement(name), datetime.fromtimestamp(moment, UTC))
        assert None is line.find(announcement(name), datetime.fromtimestamp(moment + 1, UTC))
        wall.delete(remote.ids[0].removeprefix("mid."))
        assert None is line.find(announcement(name), LONG_AGO)


@pytest.mark.parametrize("name", ["max", "vk"])
@pytest.mark.parametrize("behaviour", ["drop_before", "500_before", "malformed", "slow_before", "429"])
def test_a_wall_that_was_not_read_is_not_taken_for_an_empty_one(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, behaviour: str
) -> None:
    wall = cleared(walls[name])
    wall.script(behaviour, kind="read")
    with line_to(wall, timeout=patience(behaviour)) as line, pytest.raises(SendingError):
        line.find(announcement(name), LONG_AGO)


@pytest.mark.parametrize("name", TALKING)
def test_the_doctor_finds_nothing_wrong_with_all_rights_and_posts_nothing(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName
) -> None:
    wall = cleared(walls[name])
    with line_to(wall) as line:
        assert [] == [*line.check()]
    assert {"read"} == {kind for kind, _ in wall.requests}


@pytest.mark.parametrize("name", TALKING)
def test_the_doctor_tells_of_a_network_that_lets_nobody_in(
    walls: dict[NetworkName, FakeNetwork], name: NetworkName, caplog: pytest.LogCaptureFixture
) -> None:
    wall = cleared(walls[name])
    caplog.set_level(logging.DEBUG)
    wall.script(*["refused"] * 3, kind="read")
    with line_to(wall) as line:
        told = [*line.check()]
    assert told
    assert [] == leaks("".join(told) + caplog.text)


@pytest.mark.parametrize(
    ("name", "lacking", "told"),
    [
        ("max", {"permissions": ["edit", "delete", "read_all_messages"]}, "боту MAX нельзя писать"),
        ("vk", {"mask": 4096}, "нет права «Стена»"),
        ("ok", {"status": "ACTIVE"}, "не ведёт эту группу"),
        ("ok", {"permitted": False}, "GROUP_CONTENT"),
        ("telegram", {"rights": ["can_edit_messages", "can_delete_messages"]}, "нельзя публиковать"),
        ("telegram", {"member": {"status": "left"}}, "не администратор"),
        ("indexnow", {"key_file": "нет"}, "нет ключа IndexNow"),
    ],
)
def test_the_doctor_tells_which_right_is_lacking(
    walls: dict[NetworkName, FakeNetwork],
    name: NetworkName,
    lacking: dict[str, object],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for attribute, value in lacking.items():
        monkeypatch.setattr(walls[name].dialect, attribute, value)
    with line_to(cleared(walls[name])) as line:
        [problem] = line.check()
    assert told in problem


@pytest.mark.parametrize("name", WALLS)
def test_a_secret_that_is_missing_or_no_secret_is_named_by_its_variable(name: NetworkName) -> None:
    for value in ("", "ключ из письма"):
        secrets = dict.fromkeys(network(name).secrets, value)
        with network(name).open(access(name, "http://127.0.0.1:9", secrets=secrets)) as line:
            assert f"ANNOUNCE_{name.upper()}_CITY_TOKEN" in "".join(line.check())
            with pytest.raises(RefusedError, match=f"ANNOUNCE_{name.upper()}_CITY_TOKEN") as caught:
                line.post(announcement(name))
        assert caught.value.whole_channel


@pytest.mark.parametrize("name", ["max", "telegram"])
def test_without_its_certificates_nothing_is_sent(name: NetworkName) -> None:
    reached = access(name, "https://127.0.0.1:9")
    announcing = type(reached.announcing)(by=name, to=reached.announcing.to, ca="certs/none.pem")
    other = type(reached)(
        **{field: getattr(reached, field) for field in reached.__struct_fields__} | {"announcing": announcing}
    )
    with pytest.raises(NotSentError, match=r"certs/none\.pem"), network(name).open(other) as line:
        line.post(announcement(name))


@pytest.mark.parametrize("name", [name for name in get_args(NetworkName) if name != "mail"])
def test_every_network_words_a_release_within_its_count(name: NetworkName) -> None:
    wording = Wording(title="Мост & «река»", paragraphs=("Вода < льда 😀.",), link=LINK, hashtags=("Мост",))
    one = network(name)
    text = one.render(wording)
    assert name == one.name
    assert "#Мост" in text
    assert LINK.replace("&", "&amp;" if "<b>" in text else "&") in text
    seen = "Мост & «река»\n\nВода < льда 😀.\n\nЧитать на сайте\n\n#Мост"
    expected = len(seen) + 1 if name == "telegram" else len(text) + 1
    assert expected == one.length(wording, images=True)
    assert 0 < one.length(wording, images=False) <= one.limits.text


def test_markup_is_escaped_where_there_is_markup() -> None:
    assert "<b>Каток &lt;открыт&gt; &amp; ждёт</b>" in announcement("telegram").text
    assert "Каток <открыт> & ждёт" in announcement("vk").text


def test_a_secret_is_hidden_in_every_shape() -> None:
    environment = {variable("max-city", end): value for end, value in SECRETS.items()}
    environment |= {"ANNOUNCE_LIVE": "1", "HOME": "/home/editor"}
    secrets = Secrets(environment)
    text = " ".join(f"{value} {quote(value, safe='')} {quote_plus(value)}" for value in SECRETS.values())
    assert [] == leaks(secrets.hide(f"1 https://api.telegram.org/bot{SECRETS['TOKEN']}/getMe {text}"))
    assert "1 /home/editor" == secrets.hide("1 /home/editor")
    assert "•••" == masked("t0ken/of+the=bot", [SECRETS["TOKEN"]])
    assert SECRETS["TOKEN"] == secrets.of("max-city")("TOKEN")
    assert "" == secrets.of("vk-city")("TOKEN")
    assert [] == leaks(repr(secrets) + repr(secrets.of("max-city")))


def test_an_address_is_known_again_however_a_network_writes_it() -> None:
    from newsroom.publish.networks.markup import names

    cyrillic = "https://город.рф/news/2024/05/katok/"
    for text in (LINK, ADDRESS.replace("https", "http"), f"Каток {ADDRESS}", ADDRESS.upper()):
        assert names(ADDRESS, {"a": [{"b": text}]})
    assert names(cyrillic, "https://xn--c1ac3aaj.xn--p1ai/news/2024/05/katok/?a=1")
    assert names(cyrillic, quote(cyrillic, safe=":/"))
    assert not names(ADDRESS, {"a": ["https://press.example/news/2024/05/katok-2/", 5, None]})
