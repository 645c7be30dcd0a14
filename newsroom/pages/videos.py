"""Videos of other sites as pages and feeds tell of them."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from msgspec import Struct

from newsroom.content.attached import Video
from newsroom.content.video_hosts import host_of
from newsroom.pages.uris import uri
from newsroom.settings import Site


class Hosted(Struct, frozen=True):
    """Where a video of another site is: «VK Видео», «vkvideo.ru»; no player where it plays only there."""

    title: str
    name: str
    player: str = ""


def hosted(address: str, site: Site) -> Hosted:
    """What a page says of a video at that address; of a site that none of ours is, its name alone."""
    found = host_of(address, site.video_hosts)
    if found:
        host, player = found
        return Hosted(host.title, urlsplit(host.origin).netloc, player)
    name = urlsplit(address).netloc.removeprefix("www.")
    return Hosted(name, name)


def video_link(video: Video, site: Site) -> str:
    """A paragraph with a link to the video, for readers of feeds, which show no players."""
    where = "" if video.file else f" ({escape(hosted(video.address, site).title)})"
    return f'<p>Видео: <a href="{escape(uri(site, video.url))}">{escape(video.title)}</a>{where}</p>'
