"""What templates can call: filters for dates, numbers and addresses, pictures, and parts made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from newsroom.build.assets import Assets
from newsroom.content import dates, figures, numbers
from newsroom.content.plurals import choose_plural, plural
from newsroom.content.safe_addresses import telephone
from newsroom.content.types import Picture
from newsroom.content.typography import typograph
from newsroom.pages.structured_data import json_ld
from newsroom.settings import Site

_KEPT = 4096
"""How many parts of pages are kept at most: some megabytes."""


def equip(environment: Environment, site: Site, assets: Assets) -> None:
    """Give ``environment`` the filters and globals that the theme is written with."""
    _quicken(environment)
    environment.filters.update(
        day=dates.day,
        of_month=dates.of_month,
        daytime=dates.daytime,
        moment=moment,
        month_year=dates.month_year,
        month_name=dates.month_name,
        period=dates.period,
        iso=dates.iso,
        number=numbers.number,
        filesize=numbers.filesize,
        plural=plural,
        noun=choose_plural,
        telephone=telephone,
        typograph=typograph,
        json_ld=json_ld,
        href=site.href,
        absolute=site.absolute,
        places=places,
        once=lru_cache(_KEPT, typed=True)(_made),
    )
    environment.globals.update(
        site=site,
        asset=lambda name: site.href(assets.url(name)),
        picture=lru_cache(_KEPT, typed=True)(_picture_maker(site)),
    )


def _quicken(environment: Environment) -> None:
    """Spare Jinja the bookkeeping that took half of the time of a page made of many components."""
    # All templates are kept; the default is the latest 400, in a queue searched at each import.
    environment.cache = {}
    # Every template has the same globals: a plain dictionary instead of a chain of two that
    # is copied key by key for each page and gone through at each import.
    environment.make_globals = lambda own: {**environment.globals, **own} if own else environment.globals  # type: ignore[method-assign]


def moment(when: date | datetime) -> str:
    """The day, and the hour unless it is midnight: a header may name the day alone."""
    if isinstance(when, datetime) and (when.hour or when.minute):
        return dates.daytime(when)
    return dates.day(when)


def places(entries: tuple[tuple[str, str], ...], url: str) -> tuple[str, ...]:
    """The ARIA state of each entry of a menu on the page at ``url``: «page», «true» above it, or «»."""
    return tuple(
        "page" if url == entry else "true" if entry != "/" and url.startswith(entry) else ""
        for _, entry in entries
    )


def _made(macro: Callable[..., Markup], *arguments: Any) -> Markup:
    """What a macro makes: as the filter ``once``, for a part that many pages share."""
    return macro(*arguments)


def _picture_maker(site: Site) -> Callable[..., Markup]:
    def picture(picture: Picture, sizes: str = figures.BODY_SIZES, lazy: bool = True) -> Markup:
        return Markup(figures.picture_html(picture, sizes=sizes, lazy=lazy, base=site.base))

    return picture


def digests(environment: Environment) -> dict[str, str]:
    import hashlib

    loader = environment.loader
    folder = loader.loaders[0].searchpath[-1]
    from pathlib import Path

    data = b"".join(path.read_bytes() for path in sorted(Path(folder).rglob("*.html")))
    whole = hashlib.sha256(data).hexdigest()
    return {path.name: whole for path in Path(folder).glob("*.html")}
