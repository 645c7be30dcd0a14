"""The kit of the press service: every post that is ready or lacking, as local pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsroom.announcing.desk import Material
from newsroom.content.types import Channel, Release
from newsroom.publish.announce import told
from newsroom.publish.announce.kit import KitChannel, KitField, KitRelease, write_kit
from newsroom.publish.announce.newsdesk import announcing
from newsroom.publish.announce.plan import Plan, skips
from newsroom.publish.announce.plan import plan as planned
from newsroom.publish.announce.sending import Office
from newsroom.publish.ledger.record import Record
from newsroom.publish.networks.markup import plain

_OVER = frozenset({"done", "withdrawn"})
_DUE = "уйдёт при ближайшей рассылке"


def write(material: Material, office: Office, folder: Path, theme: Path) -> Path:
    """Write the kit of the releases on the desk; gives the board. Raises NewsroomError, OSError."""
    found = planned(office.desk, office.book.records, office.run.now())
    releases = [
        KitRelease(
            id=release.id,
            title=release.title,
            url=material.site.absolute(release.url),
            date=release.date,
            channels=tuple(_channels(release, office, found)),
        )
        for release in office.desk.releases.values()
        if release.status == "published"
    ]
    return write_kit(releases, folder, theme, made=material.now)


def _channels(release: Release, office: Office, found: Plan) -> Iterator[KitChannel]:
    """The channels that want the release."""
    whys = {each.channel.id: each.why for each in found.waiting if each.release.id == release.id}
    for channel in office.desk.channels:
        wants = announcing(channel).wants(release.rubric.id, release.department.id)
        if wants and not skips(release, channel):
            record = office.book.records.get((release.id, channel.id))
            yield _channel(release, channel, office, record, whys.get(channel.id, _DUE))


def _channel(
    release: Release, channel: Channel, office: Office, record: Record | None, why: str
) -> KitChannel:
    announcement = office.worded(release, channel, "post")
    network = office.network(announcing(channel).by)
    limits, words = network.limits, announcement.wording
    lacks = record is None or record.state not in _OVER
    return KitChannel(
        id=channel.id,
        title=channel.title,
        network=channel.network,
        text=plain(words),  # a human pastes it: marks of HTML would be letters there
        length=network.length(words, images=bool(announcement.images)),
        limit=limits.caption if announcement.images else limits.text,
        state=told.STATES[record.state] if record else "ещё не размещён",
        lacks=lacks,
        reason=why if lacks else "",
        since=release.date if lacks else None,
        url=record.remote.url if record else "",
        fields=(KitField(name="Ссылка", value=words.link),),
        images=announcement.images,
    )
