"""Sites that keep videos: which addresses are a video of theirs, and where its player is.

The addresses are those that each site gives under its button «Поделиться»; a new site is a line here and
its name in ``settings.VIDEO_HOSTS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct


class VideoHost(Struct, frozen=True, kw_only=True):
    """``page`` is a pattern of a video's address, its groups go into ``player`` in their order."""

    id: str
    title: str
    page: str
    origin: str
    player: str


HOSTS = (
    VideoHost(
        id="vk",
        title="VK Видео",
        page=r"(?:vkvideo\.ru|vk\.ru|vk\.com)/(?:[^#]*[/=])?(?:video|clip)(-?\d+)_(\d+)(?!\d)",
        origin="https://vkvideo.ru",
        player="/video_ext.php?oid={0}&id={1}",
    ),
    VideoHost(
        id="rutube",
        title="Rutube",
        page=r"rutube\.ru/(?:video|shorts|live/video|play/embed)/([0-9a-f]{32})(?![0-9a-z])",
        origin="https://rutube.ru",
        player="/play/embed/{0}",
    ),
    VideoHost(
        id="ok",
        title="OK Видео",
        page=r"ok\.ru/(?:video|live|videoembed)/(\d+)(?!\d)",
        origin="https://ok.ru",
        player="/videoembed/{0}",
    ),
)
_BEGINNING = r"https?://(?:www\.|m\.)?"


def host_of(address: str, allowed: Iterable[str]) -> tuple[VideoHost, str] | None:
    """The host of a video and the address of its player, if it is one of the ``allowed``."""
    for host in allowed_hosts(allowed):
        if found := re.match(_BEGINNING + host.page, address, re.IGNORECASE):
            return host, host.origin + host.player.format(*found.groups())
    return None


def allowed_hosts(allowed: Iterable[str]) -> list[VideoHost]:
    """Those of the ids, in the order of the table."""
    ids = set(allowed)
    return [host for host in HOSTS if host.id in ids]
