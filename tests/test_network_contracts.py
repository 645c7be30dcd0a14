"""What is asked of networks, and what those on loopback answer, is what the networks themselves describe."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.network import Announcement, UnableError, Wording
from newsroom.publish.networks.registry import network
from tests.network_lines import announcement, line_to, quick_and_direct  # noqa: F401
from tests.network_servers import FakeNetwork, Request
from tests.network_specifications import (
    SPECIFICATIONS,
    MaxSpecification,
    OkSpecification,
    Specification,
    TelegramSpecification,
    VkSpecification,
)

DESCRIBED: dict[NetworkName, type[Specification]] = {
    "max": MaxSpecification,
    "vk": VkSpecification,
    "ok": OkSpecification,
    "telegram": TelegramSpecification,
}


@pytest.fixture(params=DESCRIBED)
def name(request: pytest.FixtureRequest) -> NetworkName:
    found: NetworkName = request.param
    if found != "ok" and not SPECIFICATIONS.is_dir():
        pytest.skip(f"the specifications of the networks do not lie at {SPECIFICATIONS}")
    return found


def everything_asked(wall: FakeNetwork) -> None:
    """Ask a network for all that is ever asked of it."""
    with line_to(wall) as line:
        assert [] == [*line.check()]
        for images in (0, 1, 3):
            post = announcement(wall.name, images=images)
            remote = line.post(post)
            for what in (
                lambda remote=remote: line.edit(changed(wall.name), remote),
                lambda post=post: line.find(post, datetime(2020, 1, 1, tzinfo=UTC)),
                lambda post=post, remote=remote: line.withdraw(post, remote),
            ):
                unless_unable(what)


def unless_unable(what: Any) -> None:
    try:
        what()
    except UnableError:
        return


def changed(name: NetworkName) -> Announcement:
    return announcement(name, title="Каток закрыт")


def test_requests_and_replies_are_as_the_network_describes_them(name: NetworkName) -> None:
    specification = DESCRIBED[name]()
    with FakeNetwork(name) as wall:
        everything_asked(wall)
    assert len(wall.requests) == len(wall.replies) + len(refused(wall))
    for _, request in wall.requests:
        assert [] == [*specification.of_request(request)], request.path
    for request, payload in wall.replies:
        assert [] == [*specification.of_reply(request, payload)], request.path


def refused(wall: FakeNetwork) -> list[Request]:
    answered = [id(request) for request, _ in wall.replies]
    return [request for _, request in wall.requests if id(request) not in answered]


@pytest.mark.parametrize("images", [0, 1])
def test_the_longest_text_is_within_what_the_network_describes(name: NetworkName, images: int) -> None:
    one = network(name)
    most = one.limits.caption if images and one.limits.images else one.limits.text
    start = announcement(name, images=images if one.limits.images else 0)
    bare = Wording(title="Т", paragraphs=("",), link=start.wording.link)
    spare = most - one.length(bare, images=bool(images))
    wording = Wording(title="Т", paragraphs=("я" * (spare - 2),), link=start.wording.link)
    assert most == one.length(wording, images=bool(images))
    fields = {field: getattr(start, field) for field in start.__struct_fields__}
    longest = Announcement(**{**fields, "wording": wording, "text": one.render(wording)})
    with FakeNetwork(name) as wall, line_to(wall) as line:
        line.post(longest)
    specification = DESCRIBED[name]()
    assert [] == [fault for _, request in wall.requests for fault in specification.of_request(request)]


def spoilt(name: NetworkName) -> Request:
    """A request as no network would take it."""
    with FakeNetwork(name) as wall:
        with line_to(wall) as line:
            line.post(announcement(name))
        request = wall.requests[-1][1]
    if name == "max":
        request.json["text"] = "я" * 4001
    elif name == "ok":
        request.fields["attachment"] = "{}"
    elif name == "vk":
        request.fields["mesage"] = "опечатка"
    else:
        request.fields["text"] = "я" * 4097
    return request


def test_a_request_that_the_network_would_not_take_is_found(name: NetworkName) -> None:
    assert 1 == len([*DESCRIBED[name]().of_request(spoilt(name))])


def test_faults_are_told_as_the_network_describes_them(name: NetworkName) -> None:
    specification = DESCRIBED[name]()
    with FakeNetwork(name) as wall:
        with line_to(wall) as line:
            line.post(announcement(name))
        request = wall.requests[-1][1]
    for fault in ("429", "refused", "rejected"):
        payload = wall.dialect.fault(fault).payload
        assert [] == ([*specification.of_reply(request, payload)] if payload else []), fault


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("max", {"message": {"timestamp": 1}}),
        ("vk", {"response": {"id": 1}}),
        ("ok", {"id": "1"}),
        ("telegram", {"ok": True, "result": {"message_id": 1}}),
    ],
    indirect=["name"],
)
def test_a_reply_that_the_network_would_not_give_is_found(name: NetworkName, payload: Any) -> None:
    with FakeNetwork(name) as wall, line_to(wall) as line:
        line.post(announcement(name))
    assert [] != [*DESCRIBED[name]().of_reply(wall.requests[-1][1], payload)]
