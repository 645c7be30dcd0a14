"""How many people a channel reaches, as far as its network tells programs; nothing is ever changed.

    MAX        GET /chats/{chatId}: participants_count; GET /messages: stat.views of each post of a channel
    VK         groups.getById: members_count; wall.get: views of each post; both with a service key
    OK         group.getCounters: MEMBERS; group.getStatTopics: renderings of each topic
    Telegram   getChatMemberCount; bots are told neither posts nor views

Those of OK are documented and were never asked with real keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.network import Access, NotSentError, UnableError

_PAGE = 100
_LONGEST_YEAR = 200
"""Pages of topics that are read at most."""


class Reach(Struct, frozen=True, kw_only=True):
    """Subscribers now, posts since a moment and their views; None is what the network does not tell."""

    subscribers: int | None = None
    posts: int | None = None
    views: int | None = None


def reach(access: Access, since: datetime) -> Reach:
    """What a channel's network tells. Raises SendingError, UnableError among them where it tells nothing."""
    asking = _ASKING.get(access.announcing.by)
    if asking is None:
        raise UnableError("эта сеть не говорит программам, сколько у неё читателей: впишите число сами")
    try:
        return asking(access, since)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise NotSentError("сеть непонятно ответила, сколько у канала читателей") from None


def _of_max(access: Access, since: datetime) -> Reach:
    from newsroom.publish.networks.max import Max

    with Max().open(access) as line:
        subscribers = int(line.chat()["participants_count"])
        posts = list(line.history(since.timestamp() * 1000))
    views = [post["stat"]["views"] for post in posts if post.get("stat")]
    return Reach(subscribers=subscribers, posts=len(posts), views=_sum(views, len(posts)))


def _of_vk(access: Access, since: datetime) -> Reach:
    from newsroom.publish.networks.vk import Vk

    with Vk().open(access) as line:
        subscribers = int(line.group()["members_count"])
        posts = list(line.wall(since.timestamp()))
    views = [post["views"]["count"] for post in posts if post.get("views")]
    return Reach(subscribers=subscribers, posts=len(posts), views=_sum(views, len(posts)))


def _of_ok(access: Access, since: datetime) -> Reach:
    from newsroom.publish.networks.ok import Ok

    with Ok().open(access) as line:
        counters = line.asked(
            "group.getCounters", {"group_id": access.announcing.to, "counterTypes": "MEMBERS"}
        )
        topics = list(_topics(line.asked, access, since))
    return Reach(
        subscribers=int(counters["counters"]["members"]),
        posts=len(topics),
        views=_sum([int(topic["renderings"]) for topic in topics if "renderings" in topic], len(topics)),
    )


def _topics(
    asked: Callable[[str, dict[str, str]], Any], access: Access, since: datetime
) -> Iterator[dict[str, Any]]:
    """Topics of the group since a moment, page by page."""
    content = {
        "gid": access.announcing.to,
        "fields": "id,renderings",
        "count": str(_PAGE),
        "start_time": str(int(since.timestamp() * 1000)),
        "end_time": str(int(access.now().timestamp() * 1000)),
    }
    known: set[str] = set()
    for _ in range(_LONGEST_YEAR):
        page = asked("group.getStatTopics", content)
        fresh = [topic for topic in page.get("topics") or () if str(topic["id"]) not in known]
        yield from fresh
        known |= {str(topic["id"]) for topic in fresh}
        if not fresh or not page.get("anchor"):
            return
        content["anchor"] = str(page["anchor"])
    raise UnableError("тем за год слишком много: впишите числа сами")


def _of_telegram(access: Access, since: datetime) -> Reach:
    del since
    from newsroom.publish.networks.telegram_bot import asked

    return Reach(
        subscribers=asked(access, lambda bot: bot.get_chat_member_count(chat_id=access.announcing.to))
    )


def _sum(views: list[int], posts: int) -> int | None:
    """Their sum; None where the network does not tell those of each post."""
    return sum(views) if len(views) == posts else None


_ASKING: Mapping[NetworkName, Callable[[Access, datetime], Reach]] = {
    "max": _of_max,
    "vk": _of_vk,
    "ok": _of_ok,
    "telegram": _of_telegram,
}
