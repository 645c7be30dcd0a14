"""A release in the words of one channel."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from newsroom.content.announcing import Announcing, Social
from newsroom.content.types import Release, Term
from newsroom.problems import NewsroomError, Problem
from newsroom.publish.networks.network import Network, Wording
from newsroom.publish.wording.fitting import TooNarrowError, fitted
from newsroom.publish.wording.passages import Passages, passages, tidy, words_alone
from newsroom.settings import Site


def word(
    release: Release,
    channel: str,
    announcing: Announcing,
    network: Network,
    *,
    site: Site,
    tags: Mapping[str, Term],
    images: bool,
) -> Wording:
    """What the channel of that id is told of a release.

    Title, lead, whole sentences while they fit, the link, hashtags; with ``images`` as much as a caption
    may have. ``tags`` are those of the controlled list. What ``social`` says stands in place of lead and
    text. Letters have tables, posts end before the first. Raises NewsroomError where there is no room
    even for the link.
    """
    limit = network.limits.caption if images else network.limits.text
    said = _said(release, channel, announcing)
    whole = Wording(
        title=tidy(release.title),
        paragraphs=(),
        link=marked_link(release, channel, announcing, site),
        hashtags=hashtags(release, announcing, tags),
    )
    try:
        return fitted(whole, said, lambda wording: network.length(wording, images=images) <= limit)
    except TooNarrowError:
        message = f"в посте канала «{channel}» не помещается даже ссылка: её {limit} знаков не вмещают"
        remedy = "сократите адрес сайта или имя релиза"
        raise NewsroomError([Problem(release.source, 0, message, remedy)]) from None


def _said(release: Release, channel: str, announcing: Announcing) -> Passages:
    own = social_for(release, channel, announcing)
    if own and own.text:
        return passages("", own.text)
    return passages(release.summary, words_alone(release.text, tables=announcing.by == "mail"))


def social_for(release: Release, channel: str, announcing: Announcing) -> Social | None:
    """What it says there in words of its own: by the channel's name, its network, its voice, or none.

    The first that is the most particular.
    """
    meant = [each for each in release.social if each.is_for(channel, announcing)]
    for name in (channel, announcing.by, announcing.voice):
        for each in meant:
            if name in each.channels:
                return each
    return next(iter(meant), None)


def marked_link(release: Release, channel: str, announcing: Announcing, site: Site) -> str:
    """The address of the release that tells its statistics where a reader came from, by the UTM marks."""
    marks = {
        "utm_source": announcing.by,
        "utm_medium": "email" if announcing.by == "mail" else "social",
        "utm_campaign": release.id,
        "utm_content": channel,
    }
    return f"{site.absolute(release.url)}?{urlencode(marks)}"


def hashtags(release: Release, announcing: Announcing, tags: Mapping[str, Term]) -> tuple[str, ...]:
    """Those of its rubric and its tags that have one, as many as the channel takes; none in letters."""
    if announcing.by == "mail":
        return ()
    terms = (release.rubric, *(tags[tag.id] for tag in release.tags if tag.id in tags))
    found: dict[str, str] = {}
    for term in terms:
        if term.hashtag:
            found.setdefault(term.hashtag.casefold(), term.hashtag)
    return tuple(found.values())[: announcing.hashtags]
