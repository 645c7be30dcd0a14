"""How each network on loopback answers: as its documentation says, for what is asked of it."""

from __future__ import annotations

import json
import re
from hashlib import md5
from html import unescape
from typing import Any

from tests.network_servers import RETRY_AFTER, SECRETS, Dialect, FakeNetwork, Kind, Post, Reply, Request

CHAT, GROUP = "-77001", "4242"
BOT_USER = 501
INDEXNOW_KEY = "0123456789abcdef-key"


def _fault(name: str, refused: Any, rejected: Any) -> Reply:
    """Faults of networks that speak by status."""
    if name == "429":
        return Reply(429, {"code": "too.many.requests", "message": "Wait"}, {"Retry-After": str(RETRY_AFTER)})
    return Reply(401, refused) if name == "refused" else Reply(400, rejected)


class Max:
    """MAX. Messages are told without markup, with their links apart."""

    def __init__(self) -> None:
        self.permissions = ["write", "edit", "delete", "read_all_messages"]
        self.pages = True

    def kind(self, request: Request) -> Kind:
        if request.path.startswith("/upload"):
            return "upload"
        return "read" if request.method == "GET" else "post"

    def let_in(self, request: Request) -> bool:
        return request.path == "/upload" or request.headers.get("authorization") == SECRETS["TOKEN"]

    def fault(self, name: str) -> Reply:
        if name == "not_ready":
            return Reply(400, {"code": "attachment.not.ready", "message": "Key: errors.process.attachment"})
        if name == "forbidden":
            return Reply(403, {"code": "access.denied", "message": "No permission to delete"})
        told = f"Invalid access_token: {SECRETS['TOKEN']}"
        refused = {"code": "verify.token", "message": told}
        return _fault(name, refused, {"code": "proto.payload", "message": "text: too long"})

    def answer(self, wall: FakeNetwork, request: Request) -> Reply:
        match request.method, request.path:
            case "POST", "/uploads":
                return Reply(200, {"url": f"{wall.address}/upload?id={len(wall.requests)}"})
            case "POST", "/upload":
                return Reply(200, {"photos": {"p1": {"token": f"picture-{len(request.files['data'])}"}}})
            case "GET", "/me":
                return Reply(200, self._user())
            case "GET", "/messages":
                return Reply(200, {"messages": self._page(wall, request)})
            case "GET", path if not path.endswith("/me"):
                return Reply(200, self._chat())
            case "GET", _:
                member = {"last_access_time": 0, "is_owner": False, "is_admin": True, "join_time": 0}
                return Reply(200, {**self._user(), **member, "permissions": self.permissions})
            case _:
                return self._change(wall, request)

    def _change(self, wall: FakeNetwork, request: Request) -> Reply:
        if request.method == "POST":
            images = request.json["attachments"] or []
            return Reply(
                200, {"message": self._message(wall.add(request.json["text"], pictures=len(images)))}
            )
        post = wall.post(request.query["message_id"].removeprefix("mid."))
        if post is None:
            return Reply(404, {"code": "not.found", "message": "Message not found"})
        if request.method == "DELETE":
            wall.delete(post.id)
        else:
            post.text = request.json["text"]
            post.edits += 1
            if request.json["attachments"] is not None:
                post.pictures = len(request.json["attachments"])
        return Reply(200, {"success": True})

    def _page(self, wall: FakeNetwork, request: Request) -> list[Any]:
        newest = float(request.query.get("from", "inf")) if self.pages else float("inf")
        posts = [post for post in reversed(wall.posts) if post.moment * 1000 <= newest]
        return [self._message(post) for post in posts[: int(request.query["count"])]]

    def _message(self, post: Post) -> dict[str, Any]:
        links = re.findall(r'<a href="(.*?)">(.*?)</a>', post.text)
        text = unescape(re.sub("<.*?>", "", post.text))
        markup = [
            {"type": "link", "from": text.index(words), "length": len(words), "url": unescape(url)}
            for url, words in links
        ]
        photo = {"type": "image", "payload": {"photo_id": 1, "token": "t", "url": "https://i.oneme.ru/1"}}
        body = {"mid": f"mid.{post.id}", "seq": int(post.id), "text": text, "markup": markup}
        return {
            "recipient": {"chat_id": int(CHAT), "chat_type": "channel", "user_id": None},
            "timestamp": int(post.moment * 1000),
            "body": {**body, "attachments": [photo] * post.pictures},
            "url": f"https://max.ru/c/{CHAT}/{post.id}",
            "stat": {"views": post.views},
        }

    def _chat(self) -> dict[str, Any]:
        return {
            "chat_id": int(CHAT), "type": "channel", "status": "active", "title": "Канал", "icon": None,
            "last_event_time": 0, "participants_count": 1200, "is_public": True, "description": None,
        }  # fmt: skip

    def _user(self) -> dict[str, Any]:
        return {
            "user_id": BOT_USER, "first_name": "Бот", "username": "bot", "is_bot": True,
            "last_activity_time": 0, "name": "Бот",
        }  # fmt: skip


class Vk:
    """VK: everything is told with status 200, and errors give back what was asked."""

    def __init__(self) -> None:
        self.mask = 8192 | 4096

    def kind(self, request: Request) -> Kind:
        return "post" if request.path == "/wall.post" else "read"

    def let_in(self, request: Request) -> bool:
        reading = request.path in {"/wall.get", "/groups.getById"}
        wanted = SECRETS["READ_TOKEN" if reading else "TOKEN"]
        return request.fields.get("access_token") == wanted

    def fault(self, name: str) -> Reply:
        if name == "429":
            return Reply(429, None, {"Retry-After": str(RETRY_AFTER)})
        code = {"refused": 5, "rejected": 100}.get(name) or int(name.removeprefix("code:"))
        echo = [{"key": "access_token", "value": SECRETS["TOKEN"]}]
        told = f"User authorization failed: access_token ({SECRETS['TOKEN']})"
        return Reply(200, {"error": {"error_code": code, "error_msg": told, "request_params": echo}})

    def answer(self, wall: FakeNetwork, request: Request) -> Reply:
        match request.path:
            case "/wall.post":
                post = wall.add(request.fields["message"], link=request.fields.get("attachments", ""))
                return Reply(200, {"response": {"post_id": int(post.id)}})
            case "/wall.get":
                start, size = int(request.fields["offset"]), int(request.fields["count"])
                items = [self._item(post) for post in [*reversed(wall.posts)][start : start + size]]
                return Reply(200, {"response": {"count": len(wall.posts), "items": items}})
            case "/groups.getById":
                group = {"id": int(GROUP), "name": "Город", "screen_name": "city", "members_count": 8440}
                return Reply(200, {"response": {"groups": [group], "profiles": []}})
            case _:
                rights = [{"name": "wall", "setting": 8192}]
                return Reply(200, {"response": {"mask": self.mask, "permissions": rights}})

    def _item(self, post: Post) -> dict[str, Any]:
        card = {"type": "link", "link": {"url": post.link, "title": "Карточка"}}
        return {
            "id": int(post.id), "owner_id": -int(GROUP), "from_id": -int(GROUP), "date": int(post.moment),
            "text": post.text, "type": "post", "attachments": [card] if post.link else [],
            "views": {"count": post.views},
        }  # fmt: skip


class Ok:
    """Odnoklassniki: one address, a signature, a bare id."""

    def __init__(self) -> None:
        self.status = "ADMIN"
        self.permitted = True

    def kind(self, request: Request) -> Kind:
        method = request.fields.get("method", "")
        if request.path == "/upload" or method == "photosV2.getUploadUrl":
            return "upload"
        return "post" if method.startswith("mediatopic.") else "read"

    def let_in(self, request: Request) -> bool:
        if request.path == "/upload":
            return True
        asked = {name: value for name, value in request.fields.items() if name not in {"sig", "access_token"}}
        secret = md5((SECRETS["TOKEN"] + SECRETS["APP_SECRET"]).encode()).hexdigest()
        line = "".join(f"{name}={value}" for name, value in sorted(asked.items()))
        signed = md5((line + secret).encode()).hexdigest() == request.fields.get("sig")
        return signed and request.fields["access_token"] == SECRETS["TOKEN"]

    def fault(self, name: str) -> Reply:
        if name == "429":
            return Reply(429, None, {"Retry-After": str(RETRY_AFTER)})
        code = {"refused": 102, "rejected": 100}.get(name) or int(name.removeprefix("code:"))
        told = f"PARAM_SESSION_EXPIRED : {SECRETS['TOKEN']}"
        return Reply(200, {"error_code": code, "error_msg": told, "error_data": None})

    def answer(self, wall: FakeNetwork, request: Request) -> Reply:
        fields = request.fields
        match fields.get("method"):
            case None:
                photos = {
                    f"id{number}": {"token": f"photo-{number}"} for number in range(1, len(request.files) + 1)
                }
                return Reply(200, {"photos": photos})
            case "photosV2.getUploadUrl":
                names = [f"id{number}" for number in range(1, int(fields["count"]) + 1)]
                return Reply(
                    200, {"photo_ids": names, "upload_url": f"{wall.address}/upload", "expires_ms": 0}
                )
            case "users.getCurrentUser":
                return Reply(200, {"uid": str(BOT_USER)})
            case "users.hasAppPermission":
                return Reply(200, self.permitted)
            case "group.getUserGroupsByIds":
                return Reply(200, [{"groupId": GROUP, "userId": fields["uids"], "status": self.status}])
            case "group.getCounters":
                return Reply(200, {"counters": {"members": 5500}})
            case "group.getStatTopics":
                return Reply(200, self._topics(wall, fields))
            case method:
                return self._change(wall, str(method), fields)

    def _topics(self, wall: FakeNetwork, fields: dict[str, str]) -> dict[str, Any]:
        """One topic a page, whatever was asked for."""
        since, until = int(fields["start_time"]), int(fields["end_time"])
        posts = [post for post in reversed(wall.posts) if since <= post.moment * 1000 <= until]
        place = int(fields.get("anchor", "0"))
        topics = [{"id": post.id, "renderings": post.views} for post in posts[place : place + 1]]
        return {"topics": topics, "anchor": str(place + 1)}

    def _change(self, wall: FakeNetwork, method: str, fields: dict[str, str]) -> Reply:
        media = json.loads(fields["attachment"])["media"] if "attachment" in fields else []
        text = "".join(part["text"] for part in media if part["type"] == "text")
        link = "".join(part["url"] for part in media if part["type"] == "link")
        pictures = sum(len(part["list"]) for part in media if part["type"] == "photo")
        if method == "mediatopic.post":
            return Reply(200, wall.add(text, link=link, pictures=pictures).id)
        post = wall.post(fields["topic_id"])
        if post is None:
            return Reply(200, {"error_code": 300, "error_msg": "NOT_FOUND : topic", "error_data": None})
        if method == "mediatopic.deleteTopic":
            return Reply(200, {"success": wall.delete(post.id)})
        post.text, post.link, post.pictures, post.edits = text, link, pictures, post.edits + 1
        return Reply(200, post.id)


class Telegram:
    """Telegram: the token stands in the address; what is older than two days is not deleted."""

    def __init__(self) -> None:
        self.member: dict[str, Any] = {"status": "administrator"}
        self.old = False
        self.rights = ["can_post_messages", "can_edit_messages", "can_delete_messages"]

    def kind(self, request: Request) -> Kind:
        return "read" if self._method(request).startswith("get") else "post"

    def let_in(self, request: Request) -> bool:
        return request.path.startswith(f"/bot{SECRETS['TOKEN']}/")

    def fault(self, name: str) -> Reply:
        if name == "429":
            told = {"retry_after": RETRY_AFTER}
            return self._error(429, f"Too Many Requests: retry after {RETRY_AFTER}", parameters=told)
        if name == "refused":
            return self._error(401, f"Unauthorized: {SECRETS['TOKEN']}")
        return self._error(400, "Bad Request: can't parse entities")

    def answer(self, wall: FakeNetwork, request: Request) -> Reply:
        method, fields = self._method(request), request.fields
        text = unescape(re.sub("<.*?>", "", fields.get("text") or fields.get("caption") or ""))
        match method:
            case "getMe":
                return self._result(self._user())
            case "getChatMemberCount":
                return self._result(990)
            case "getChatMember":
                return self._result({**self._administrator(), **self.member})
            case "sendMessage":
                link = json.loads(fields["link_preview_options"])["url"]
                return self._result(self._message(wall.add(text, link=link)))
            case "sendPhoto":
                return self._result(self._message(wall.add(text, pictures=1)))
            case "sendMediaGroup":
                return self._result([self._message(post) for post in self._album(wall, fields)])
            case _:
                return self._change(wall, method, text, fields["message_id"])

    def _album(self, wall: FakeNetwork, fields: dict[str, str]) -> list[Post]:
        """One post of several messages: the first has its words, the rest stand in its group."""
        media = json.loads(fields["media"])
        text = unescape(re.sub("<.*?>", "", media[0].get("caption", "")))
        first = wall.add(text, pictures=len(media))
        rest = [Post(f"{first.id}{number}", "", first.moment) for number in range(1, len(media))]
        first.group = tuple(post.id for post in rest)
        return [first, *rest]

    def _change(self, wall: FakeNetwork, method: str, text: str, number: str) -> Reply:
        if any(number in post.group for post in (*wall.posts, *wall.deleted)):
            return self._result(True)
        post = wall.post(number)
        if post is None:
            what = "delete" if method == "deleteMessage" else "edit"
            return self._error(400, f"Bad Request: message to {what} not found")
        if method == "deleteMessage":
            if self.old:
                return self._error(400, "Bad Request: message can't be deleted for everyone")
            return self._result(wall.delete(number))
        if bool(post.pictures) != (method == "editMessageCaption"):
            lacking = "caption" if method == "editMessageCaption" else "text"
            return self._error(400, f"Bad Request: there is no {lacking} in the message to edit")
        if post.text == text:
            return self._error(400, "Bad Request: message is not modified: specified new message content")
        post.text, post.edits = text, post.edits + 1
        return self._result(self._message(post))

    def _method(self, request: Request) -> str:
        return request.path.rpartition("/")[2]

    def _message(self, post: Post) -> dict[str, Any]:
        chat = {"id": -1001, "type": "channel", "title": "Канал", "username": "city_news"}
        message: dict[str, Any] = {"message_id": int(post.id), "date": int(post.moment), "chat": chat}
        return {**message, "caption" if post.pictures else "text": post.text}

    def _user(self) -> dict[str, Any]:
        return {"id": BOT_USER, "is_bot": True, "first_name": "Бот", "username": "city_bot"}

    def _administrator(self) -> dict[str, Any]:
        others = (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_manage_video_chats", "can_change_info",
            "can_restrict_members", "can_promote_members", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories", "can_delete_messages",
        )  # fmt: skip
        rights = dict.fromkeys(others, False) | dict.fromkeys(self.rights, True)
        return {"user": self._user(), **rights}

    def _result(self, result: Any) -> Reply:
        return Reply(200, {"ok": True, "result": result})

    def _error(self, code: int, told: str, **rest: Any) -> Reply:
        return Reply(code, {"ok": False, "error_code": code, "description": told, **rest})


class IndexNow:
    """The service, and beside it the file of the key as the site would serve it."""

    key_file = INDEXNOW_KEY

    def kind(self, request: Request) -> Kind:
        return "read" if request.method == "GET" else "post"

    def let_in(self, request: Request) -> bool:
        return request.method == "GET" or request.json["key"] == INDEXNOW_KEY

    def fault(self, name: str) -> Reply:
        if name == "429":
            return _fault(name, None, None)
        return Reply(403 if name == "refused" else 422, None)

    def answer(self, wall: FakeNetwork, request: Request) -> Reply:
        if request.method == "GET":
            return Reply(200, self.key_file)
        for address in request.json["urlList"]:
            wall.add(address)
        return Reply(202, None)


class WebSub:
    """A hub; it does not like to be merely looked at."""

    def kind(self, request: Request) -> Kind:
        return "post" if request.method == "POST" else "read"

    def let_in(self, request: Request) -> bool:
        del request
        return True

    def fault(self, name: str) -> Reply:
        return _fault(name, None, None)

    def answer(self, wall: FakeNetwork, request: Request) -> Reply:
        if request.method != "POST":
            return Reply(405, None)
        wall.add("\n".join(request.several["hub.url"]))
        return Reply(204, None)


DIALECTS: dict[str, type[Dialect]] = {
    "max": Max,
    "vk": Vk,
    "ok": Ok,
    "telegram": Telegram,
    "indexnow": IndexNow,
    "websub": WebSub,
}
