"""What tests of networks share: a release worded for a channel, and lines to networks on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import pytest

from newsroom.content.announcing import Announcing, NetworkName
from newsroom.publish.networks import max as max_network
from newsroom.publish.networks.network import Access, Announcement, Image, Line, Wording
from newsroom.publish.networks.registry import network
from newsroom.publish.networks.secrets import Secrets, variable
from tests.network_dialects import CHAT, GROUP, INDEXNOW_KEY
from tests.network_servers import SECRETS, FakeNetwork

ADDRESS = "https://press.example/news/2024/05/katok/"
LINK = f"{ADDRESS}?utm_source=network&utm_medium=social"
NOW = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)
USUAL = httpx.create_ssl_context()
"""Made once: it takes as long as ten posts."""
PLACES: dict[NetworkName, str] = {
    "max": CHAT, "vk": GROUP, "ok": GROUP, "telegram": "@city_news", "indexnow": INDEXNOW_KEY,
}  # fmt: skip
PICTURE = Image(name="katok.jpg", media_type="image/jpeg", data=b"\xff\xd8 picture", alt="Каток")


def announcement(by: NetworkName, *, images: int = 0, title: str = "Каток <открыт> & ждёт") -> Announcement:
    """A release as the network would get it."""
    wording = Wording(
        title=title, paragraphs=("Он открыт для всех.", "Вход свободный."), link=LINK, hashtags=("Город",)
    )
    return Announcement(
        release="2024-05-09-katok",
        channel=f"{by}-city",
        revision=1,
        key="k" * 32,
        address=ADDRESS,
        wording=wording,
        text=network(by).render(wording),
        images=(PICTURE,) * images,
    )


def access(
    by: NetworkName,
    address: str,
    *,
    secrets: dict[str, str] | None = None,
    timeout: float = 10,
) -> Access:
    """What it takes to reach a network at an address."""
    given = SECRETS if secrets is None else secrets
    environment = {variable(f"{by}-city", end): value for end, value in given.items()}
    place = f"{address}/hub" if by == "websub" else PLACES.get(by, "")
    return Access(
        channel=f"{by}-city",
        title="Город",
        announcing=Announcing(by=by, to=place, api="" if by == "websub" else address),
        secret=Secrets(environment).of(f"{by}-city"),
        site=address if by == "indexnow" else "https://press.example",
        now=lambda: NOW,
        timeout=timeout,
    )


@contextmanager
def line_to(wall: FakeNetwork, *, timeout: float = 10) -> Iterator[Line]:
    """An open line to a network on loopback."""
    with network(wall.name).open(access(wall.name, wall.address, timeout=timeout)) as line:
        yield line


@pytest.fixture(autouse=True)
def quick_and_direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine, and no time lost."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(max_network, "_PATIENCE", (0.0, 0.0, 0.0))
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: USUAL)
