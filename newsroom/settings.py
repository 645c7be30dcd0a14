"""Every setting of ours: its default, meaning and check.

Pelican's own settings stay Pelican's; ours stand in one dictionary,
``NEWSROOM`` in ``pelicanconf.py``, so that an unknown key can be refused.
"""

from __future__ import annotations

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

EXTRAS = ("twins", "cards", "data", "aggregators", "json_feed", "calendar")
"""Text twins of releases, drawn cards, open data, feeds for Yandex and Dzen, JSON Feed, iCalendar."""
_QUICK = tuple(name for name in EXTRAS if name not in {"cards", "data"})
"""What a preview has: an editor waits for it, and looks at neither cards nor tables."""


STANDBY = "NEWSROOM_STANDBY"
"""The variable that tells a build to wait for a line on its standard input, and to end where none comes."""

DEFAULT_ZONE = "UTC"


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
    extras: tuple[str, ...] = EXTRAS
    """What is made beside pages, lists and feeds: ``EXTRAS`` or a part of them."""
    accent: str = "#d9480f"
    """The one warm colour of the cards, as in the theme's tokens."""
    headline_face: str = "fonts/sofia-sans-condensed-800.woff2"
    """Face of headlines on cards: a file among the theme's static ones."""
    card_face: str = "fonts/sofia-sans-condensed-600.woff2"
    """Face of the small lines on cards."""

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
    def has_cards(self) -> bool:
        """Whether a picture to share is drawn for each release and for the site."""
        return "cards" in self.extras

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
    problems += _extras_faults(given)
    if problems:
        raise NewsroomError(problems)
    if given.get("preview"):
        given.setdefault("extras", _QUICK)
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
    for key in ("per_page", "feed_items"):
        if not isinstance(given.get(key, 1), int) or given.get(key, 1) < 1:
            yield Problem("pelicanconf.py", 0, f"«{key}» не число больше нуля", "напишите его цифрами")
    try:
        ZoneInfo(given.get("zone", DEFAULT_ZONE))
    except (ZoneInfoNotFoundError, ValueError):
        remedy = "возьмите имя из базы IANA, например Asia/Irkutsk"
        yield Problem("pelicanconf.py", 0, f"нет такой зоны: «{given['zone']}»", remedy)


def _extras_faults(given: Mapping[str, Any]) -> Iterator[Problem]:
    for name in given.get("extras", EXTRAS):
        if name not in EXTRAS:
            near = difflib.get_close_matches(str(name), EXTRAS, n=1)
            remedy = f"может быть, «{near[0]}»?" if near else f"можно: {', '.join(EXTRAS)}"
            yield Problem("pelicanconf.py", 0, f"в extras неизвестное «{name}»", remedy)


def _unknown(key: str, known: set[str]) -> Problem:
    near = difflib.get_close_matches(key, sorted(known), n=1)
    remedy = f"может быть, «{near[0]}»?" if near else "уберите её"
    return Problem("pelicanconf.py", 0, f"неизвестная настройка NEWSROOM: «{key}»", remedy)
