"""Every setting of ours: its default, meaning and check.

Pelican's own settings stay Pelican's; ours stand in one dictionary,
``NEWSROOM`` in ``pelicanconf.py``, so that an unknown key can be refused.
"""

from __future__ import annotations

import base64
import difflib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from msgspec.structs import replace

from newsroom.problems import NewsroomError, Problem

EXTRAS = (
    "twins", "cards", "data", "aggregators", "json_feed", "calendar", "search", "emergency", "lite",
    "packages", "verify",
)  # fmt: skip
"""Text twins of releases, drawn cards, open data, feeds for Yandex and Dzen, JSON Feed, iCalendar, search,
the emergency notices with their banner, /lite/, newsroom packages of the latest releases, and the page where
a text or a file is held against the edition."""
_QUICK = tuple(name for name in EXTRAS if name not in {"cards", "data", "search", "packages"})
"""What a preview has: an editor waits for it, looks at neither cards nor tables, and finds in the editor."""


STANDBY = "NEWSROOM_STANDBY"
"""The variable that tells a build to wait for a line on its standard input, and to end where none comes."""

DEFAULT_ZONE = "UTC"

KEY_BYTES = 32
"""Of a public key of Ed25519 (RFC 8032, 5.1.5)."""

VIDEO_HOSTS = ("vk", "rutube", "ok")
"""Sites whose players may stand in a page once its reader asks for it: ``content.video_hosts``."""

EDITOR_BACKENDS: Mapping[str, tuple[str, ...]] = {
    "local": (),
    "github": ("repo", "base_url"),
    "gitlab": ("repo", "app_id"),
    "gitea": ("repo", "app_id", "base_url", "api_root"),
    "forgejo": ("repo", "app_id", "api_root"),
}
"""Where the browser editor may keep the material, and what must be told of each."""


_OWN_EDITOR = {"backend": "local"}
"""That of a preview, whatever the public site has."""


class Editor(Struct, frozen=True, kw_only=True):
    """The browser editor at ``/admin/``; docs/editor-setup.md tells how each back end is set up."""

    backend: str
    """One of ``EDITOR_BACKENDS``; «local» works in the preview only."""
    repo: str = ""
    """The repository: «owner/name»."""
    branch: str = "main"
    """The branch that is published."""
    folder: str = "content"
    """The folder of the material in the repository."""
    base_url: str = ""
    """The server that lets editors in: of github a small OAuth server of one's own."""
    api_root: str = ""
    """The API of a server of one's own: «https://git.example/api/v1»."""
    auth_endpoint: str = ""
    """The page of ``base_url`` that lets in, if it is not the usual one."""
    app_id: str = ""
    """The id of the OAuth application; no secret."""


class Site(Struct, frozen=True, kw_only=True, dict=True):
    """The newsroom's own settings; a second city is another set of these."""

    name: str
    """Name of the site: «Пресс-служба Братска»."""
    city: str
    """The city in the nominative: «Братск»."""
    url: str
    """Address of the site without a slash at the end: «https://news.example»."""
    now: datetime
    """The clock of this build; aware. Nothing dated later is published."""
    rehearsal: bool = False
    """Whether that clock was set by hand, as a text: the site of another hour is not to be deployed."""
    preview: bool = False
    """Whether drafts and what waits for its hour are shown, marked so: on the editor's machine only."""
    zone: str = DEFAULT_ZONE
    """The IANA time zone that dates in headers are written in."""
    subtitle: str = ""
    """One line under the name."""
    description: str = ""
    """What the site is, for search engines and feeds: one or two sentences."""
    organization: str = ""
    """The body that publishes: full official name."""
    organization_url: str = ""
    """Its own site."""
    magazine: str = ""
    """Name of the city magazine, without quotation marks."""
    id_authority: str = "newsroom.example"
    """Host in the tag URIs (RFC 4151) of feed entries. Never change it once published."""
    id_date: str = "2023"
    """Date in the same tag URIs: a day on which the authority was ours."""
    security_contact: str = ""
    """Address for security.txt (RFC 9116): «mailto:…» or «https://…»."""
    boilerplate: str = ""
    """The paragraph about the press service at the end of each release; HTML."""
    navigation: tuple[tuple[str, str], ...] = ()
    """At most six (title, address) pairs of the main menu."""
    footer: tuple[tuple[str, str], ...] = ()
    """(title, address) pairs at the foot of each page."""
    data_page: str = ""
    """Address of the page that tells where dates and figures come from."""
    per_page: int = 20
    """Releases on a closed list page."""
    feed_items: int = 50
    """Entries in a feed."""
    packages: int = 20
    """How many of the latest releases have a newsroom package on the site."""
    extras: tuple[str, ...] = EXTRAS
    """What is made beside pages, lists and feeds: ``EXTRAS`` or a part of them."""
    accent: str = "#d9480f"
    """The one warm colour of the cards, as in the theme's tokens."""
    headline_face: str = "fonts/sofia-sans-condensed-800.woff2"
    """Face of headlines on cards: a file among the theme's static ones."""
    card_face: str = "fonts/sofia-sans-condensed-600.woff2"
    """Face of the small lines on cards."""
    editor: Editor | None = None
    """The browser editor; None where the site has none."""
    video_hosts: tuple[str, ...] = VIDEO_HOSTS
    """Whose videos play in a page: ``VIDEO_HOSTS`` or a part of them; those of all others are links."""
    public_key: str = ""
    """What editions are verified by: base64 of an Ed25519 public key; ``invoke signing-key`` makes one."""
    policy_in_pages: bool = False
    """Whether each page says itself what it may load: for hosts that send no headers of ours."""

    # Asked for by every link of every page: worked out once. A copy (`replace`) works out its own.
    @cached_property
    def base(self) -> str:
        """The path the site is served under, without a slash at the end."""
        return urlsplit(self.url).path.rstrip("/")

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def href(self, path: str) -> str:
        """Address of a path of this site as a page links it."""
        return self.base + path if path.startswith("/") else path

    @property
    def is_secure(self) -> bool:
        """Whether the site is served over https alone."""
        return self.url.startswith("https://")

    @property
    def has_cards(self) -> bool:
        """Whether a picture to share is drawn for each release and for the site."""
        return "cards" in self.extras

    @property
    def has_search(self) -> bool:
        """Whether there is a page to search by, and an index for it."""
        return "search" in self.extras

    def absolute(self, path: str) -> str:
        """Full address of a path of this site, as feeds and previews need it."""
        return self.url + path if path.startswith("/") else path


def read_site(settings: Mapping[str, Any]) -> Site:
    """The ``Site`` of Pelican's settings; raises NewsroomError on a fault in them."""
    given: dict[str, Any] = dict(settings.get("NEWSROOM", {}))
    rehearsal = isinstance(given.get("now"), str)
    if rehearsal:
        with suppress(ValueError):
            given["now"] = datetime.fromisoformat(given["now"])
    known = set(Site.__struct_fields__) - {"url", "rehearsal"}
    problems = [_unknown(key, known) for key in sorted(set(given) - known)]
    problems += [
        Problem("pelicanconf.py", 0, f"в NEWSROOM нет «{key}»", "добавьте эту настройку")
        for key in ("name", "city", "now")
        if key not in given
    ]
    url = str(settings.get("SITEURL", ""))
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        remedy = "укажите полный адрес сайта: https://…"
        problems.append(Problem("pelicanconf.py", 0, f"SITEURL не адрес: «{url}»", remedy))
    problems += _clock_faults(given)
    problems += _list_faults(given, "extras", EXTRAS)
    problems += _list_faults(given, "video_hosts", VIDEO_HOSTS)
    problems += _editor_faults(given.get("editor"))
    problems += _key_faults(given.get("public_key", ""))
    if problems:
        raise NewsroomError(problems)
    if given.get("preview"):
        given.setdefault("extras", _QUICK)
        given["editor"] = _OWN_EDITOR
    given["editor"] = Editor(**given["editor"]) if given.get("editor") else None
    return Site(url=url.rstrip("/"), rehearsal=rehearsal, **given)


def without_dead_ends(site: Site, known: Callable[[str], bool]) -> Site:
    """The site without menu entries whose pages this material does not have."""

    def alive(entries: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((title, url) for title, url in entries if not url.startswith("/") or known(url))

    data_page = site.data_page if known(site.data_page) else ""
    return replace(site, navigation=alive(site.navigation), footer=alive(site.footer), data_page=data_page)


def _clock_faults(given: Mapping[str, Any]) -> Iterator[Problem]:
    now = given.get("now")
    remedy = "задайте время с зоной, например 2024-05-09T10:00+08:00"
    if isinstance(now, str):
        yield Problem("pelicanconf.py", 0, f"часы сборки (now, NEWSROOM_NOW) не читаются: «{now}»", remedy)
    elif getattr(now, "tzinfo", True) is None:
        yield Problem("pelicanconf.py", 0, "у часов сборки (now) нет зоны", remedy)
    for key in ("per_page", "feed_items", "packages"):
        if not isinstance(given.get(key, 1), int) or given.get(key, 1) < 1:
            yield Problem("pelicanconf.py", 0, f"«{key}» не число больше нуля", "напишите его цифрами")
    try:
        ZoneInfo(given.get("zone", DEFAULT_ZONE))
    except (ZoneInfoNotFoundError, ValueError):
        remedy = "возьмите имя из базы IANA, например Asia/Irkutsk"
        yield Problem("pelicanconf.py", 0, f"нет такой зоны: «{given['zone']}»", remedy)


def _list_faults(given: Mapping[str, Any], key: str, known: tuple[str, ...]) -> Iterator[Problem]:
    for name in given.get(key, known):
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            remedy = f"может быть, «{near[0]}»?" if near else f"можно: {', '.join(known)}"
            yield Problem("pelicanconf.py", 0, f"в {key} неизвестное «{name}»", remedy)


def _key_faults(key: object) -> Iterator[Problem]:
    if not key:
        return
    try:
        length = len(base64.b64decode(key, validate=True)) if isinstance(key, str) else 0
    except ValueError:
        length = 0
    if length != KEY_BYTES:
        remedy = "впишите ключ проверки, какой выдаёт invoke signing-key"
        yield Problem("pelicanconf.py", 0, f"public_key не ключ: «{key}»", remedy)


def _editor_faults(given: object) -> Iterator[Problem]:
    if not given:
        return
    if not isinstance(given, Mapping):
        remedy = "напишите editor = {…}, как в docs/editor-setup.md"
        yield Problem("pelicanconf.py", 0, "в настройке editor должны быть имена и значения", remedy)
        return
    known = set(Editor.__struct_fields__)
    yield from (_unknown(key, known, "editor") for key in sorted(set(given) - known))
    backend = given.get("backend", "")
    if backend not in EDITOR_BACKENDS:
        near = difflib.get_close_matches(str(backend), EDITOR_BACKENDS, n=1)
        remedy = f"может быть, «{near[0]}»?" if near else f"можно: {', '.join(EDITOR_BACKENDS)}"
        yield Problem("pelicanconf.py", 0, f"в editor неизвестный backend «{backend}»", remedy)
        return
    for key in EDITOR_BACKENDS[backend]:
        if not given.get(key):
            remedy = "добавьте: docs/editor-setup.md говорит, где его взять"
            yield Problem("pelicanconf.py", 0, f"в editor для {backend} нет «{key}»", remedy)
    yield from _editor_value_faults(given)


def _editor_value_faults(given: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in given.items():
        if not isinstance(value, str):
            yield Problem(
                "pelicanconf.py", 0, f"в editor значение «{key}» не строка", "возьмите его в кавычки"
            )
    for key in ("base_url", "api_root"):
        if (address := given.get(key)) and not str(address).startswith("https://"):
            remedy = "укажите его целиком: https://…"
            yield Problem("pelicanconf.py", 0, f"в editor «{key}» не адрес: «{address}»", remedy)
    if (repo := given.get("repo")) and "/" not in str(repo).strip("/"):
        remedy = "напишите его как владелец/имя"
        yield Problem("pelicanconf.py", 0, f"в editor неполное имя хранилища: «{repo}»", remedy)


def _unknown(key: str, known: set[str], where: str = "NEWSROOM") -> Problem:
    near = difflib.get_close_matches(key, sorted(known), n=1)
    remedy = f"может быть, «{near[0]}»?" if near else "уберите её"
    return Problem("pelicanconf.py", 0, f"неизвестная настройка {where}: «{key}»", remedy)
