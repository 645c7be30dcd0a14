"""A release as a channel gets it: words that fit, pictures that the network takes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from newsroom.announcing.desk import Material
from newsroom.content.announcing import NetworkName
from newsroom.content.types import Channel, Release
from newsroom.publish.announce.newsdesk import Purpose, Worded, announcing
from newsroom.publish.ledger.record import key_of
from newsroom.publish.networks.network import Announcement, Image, Network, Wording
from newsroom.publish.wording.images import ready_images
from newsroom.publish.wording.words import marked_link, word

WITHDRAWN = "Пресс-релиз отозван"


def wording(material: Material, network: Callable[[NetworkName], Network]) -> Worded:
    """What words releases; each once for a channel, and pictures once for a network."""
    known: dict[tuple[str, str, Purpose], Announcement] = {}
    lock = Lock()  # channels are worded side by side, by threads

    def worded(release: Release, channel: Channel, purpose: Purpose) -> Announcement:
        key = release.id, channel.id, purpose
        with lock:
            if key not in known:
                known[key] = _announcement(
                    material, release, channel, purpose, network(announcing(channel).by)
                )
            return known[key]

    return worded


def _announcement(
    material: Material, release: Release, channel: Channel, purpose: Purpose, network: Network
) -> Announcement:
    """Raises NewsroomError where it cannot be put into words, or has a picture that cannot be read."""
    is_notice = purpose == "withdrawal"
    images = () if is_notice else ready_images(release, network.limits, material.root)
    words = (
        _notice(material, release, channel)
        if is_notice
        else _words(material, release, channel, network, images)
    )
    return Announcement(
        release=release.id,
        channel=channel.id,
        revision=release.revision,
        key=key_of(release.id, channel.id),
        address=material.site.absolute(release.url),
        wording=words,
        text=network.render(words),
        images=images,
        purpose=purpose,
        package=_package(material, release) if not is_notice else "",
    )


def _package(material: Material, release: Release) -> str:
    """The address of its ZIP for the media, if the site has one."""
    return material.site.absolute(release.package_url) if release.id in material.packaged else ""


def _words(
    material: Material, release: Release, channel: Channel, network: Network, images: tuple[Image, ...]
) -> Wording:
    return word(
        release,
        channel.id,
        announcing(channel),
        network,
        site=material.site,
        tags=material.tags,
        images=bool(images),
    )


def _notice(material: Material, release: Release, channel: Channel) -> Wording:
    """What stands in place of a post that cannot be deleted; of a withdrawn release nothing else is known."""
    reason = (f"Причина: {release.withdrawal_reason}",) if release.withdrawal_reason else ()
    return Wording(
        title=WITHDRAWN,
        paragraphs=("Пожалуйста, не используйте его текст.", *reason),
        link=marked_link(release, channel.id, announcing(channel), material.site),
    )
