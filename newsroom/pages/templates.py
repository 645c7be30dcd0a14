"""What templates can call: filters for dates and numbers, addresses, pictures."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from jinja2 import Environment
from markupsafe import Markup

from newsroom.build.assets import Assets
from newsroom.content import dates, figures, numbers
from newsroom.content.plurals import plural
from newsroom.content.safe_addresses import telephone
from newsroom.content.types import Picture
from newsroom.content.typography import typograph
from newsroom.pages.structured_data import json_ld
from newsroom.settings import Site


def equip(environment: Environment, site: Site, assets: Assets) -> None:
    """Give ``environment`` the filters and globals that the theme is written with."""
    environment.filters.update(
        day=dates.day,
        daytime=dates.daytime,
        moment=moment,
        month_year=dates.month_year,
        month_name=dates.month_name,
        period=dates.period,
        iso=dates.iso,
        number=numbers.number,
        filesize=numbers.filesize,
        plural=plural,
        telephone=telephone,
        typograph=typograph,
        json_ld=json_ld,
    )
    environment.globals.update(
        site=site,
        href=site.href,
        absolute=site.absolute,
        asset=partial(_asset, site, assets),
        picture=partial(_picture, site),
        figure=partial(_figure, site),
    )


def moment(when: date | datetime) -> str:
    """The day, and the hour unless it is midnight: a header may name the day alone."""
    if isinstance(when, datetime) and (when.hour or when.minute):
        return dates.daytime(when)
    return dates.day(when)


def _asset(site: Site, assets: Assets, name: str) -> str:
    return site.href(assets.url(name))


def _picture(site: Site, picture: Picture, sizes: str = figures.BODY_SIZES, lazy: bool = True) -> Markup:
    return Markup(figures.picture_html(picture, sizes=sizes, lazy=lazy, base=site.base))


def _figure(site: Site, picture: Picture) -> Markup:
    return Markup(figures.figure_html(picture, base=site.base))
