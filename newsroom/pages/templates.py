"""What templates can call: filters for dates, numbers and addresses, pictures, and parts made once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from newsroom.build.assets import Assets
from newsroom.content import dates, figures, numbers
from newsroom.content.attached import Picture
from newsroom.content.plurals import choose_plural, plural
from newsroom.content.safe_addresses import telephone
from newsroom.pages import gallery_shapes
from newsroom.pages.quick_jinja import quicken
from newsroom.pages.security_policy import in_page
from newsroom.pages.structured_data import json_ld
from newsroom.pages.template_digests import digests, names_word
from newsroom.pages.videos import hosted
from newsroom.settings import Site

__all__ = ["digests", "equip", "moment", "names_word"]

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")

_KEPT = 4096
"""How many parts of pages ``once`` keeps: the latest, some megabytes."""


def equip(environment: Environment, site: Site, assets: Assets) -> None:
    """Give ``environment`` the filters and globals that the theme is written with."""
    quicken(environment)
    environment.filters.update(
        _of_any_site(),
        # Filters and not functions: Jinja calls them at once, and a page has a hundred addresses.
        href=site.href,
        absolute=site.absolute,
        hosted=partial(hosted, site=site),
        poster=partial(figures.fallback_url, base=site.base),
        policy=partial(in_page, site=site),
        once=lru_cache(_KEPT, typed=True)(_made),
    )
    environment.globals.update(
        site=site,
        asset=partial(_asset, site, assets),
        picture=partial(_picture, site),
    )


def _of_any_site() -> dict[str, Callable[..., Any]]:
    """The filters that are the same for every site."""
    return {
        "day": dates.day,
        "of_month": dates.of_month,
        "daytime": dates.daytime,
        "moment": moment,
        "month_year": dates.month_year,
        "month_name": dates.month_name,
        "period": dates.period,
        "iso": dates.iso,
        "number": numbers.number,
        "filesize": numbers.filesize,
        "plural": plural,
        "noun": choose_plural,
        "headings": headings,
        "places": places,
        "telephone": telephone,
        "typograph": _typograph,
        "json_ld": json_ld,
        "shape": gallery_shapes.shape,
        "are_tall": gallery_shapes.are_tall,
        "thumbnail_sizes": gallery_shapes.thumbnail_sizes,
    }


def moment(when: date | datetime) -> str:
    """The day, and the hour unless it is midnight: a header may name the day alone."""
    if isinstance(when, datetime) and (when.hour or when.minute):
        return dates.daytime(when)
    return dates.day(when)


def places(entries: Sequence[tuple[str, str]], url: str) -> tuple[str, ...]:
    """The ARIA state of each entry of a menu on the page at ``url``: «page», «true» below it, or «»."""
    return tuple(_place(entry, url) for _, entry in entries)


def _place(entry: str, url: str) -> str:
    if entry == url:
        return "page"
    return "true" if entry != "/" and url.startswith(entry) else ""


def headings(body: str) -> list[tuple[str, Markup]]:
    """The id and the words of each heading of the second level in a text of HTML, without links."""
    return [(id, Markup(_LINK.sub("", words))) for id, words in _HEADING.findall(body)]


def _typograph(text: str) -> str:
    # Its patterns take long to load, and most builds typeset nothing in a template.
    from newsroom.content.typography import typograph

    return typograph(text)


def _made(macro: Callable[..., Markup], *arguments: Any) -> Markup:
    """What a macro makes; kept as the filter ``once``, for parts that several pages share."""
    return macro(*arguments)


def _asset(site: Site, assets: Assets, name: str) -> str:
    return site.href(assets.url(name))


def _picture(site: Site, picture: Picture, sizes: str = figures.BODY_SIZES, lazy: bool = True) -> Markup:
    return Markup(figures.picture_html(picture, sizes=sizes, lazy=lazy, base=site.base))
