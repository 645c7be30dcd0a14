"""How often the news were read on the site, and which most."""

from __future__ import annotations

from newsroom.pages.report.figures import Chapter, Number, Statement
from newsroom.pages.report.ground import Ground


def chapter(ground: Ground) -> Chapter:
    """Views of the year: what a release says of them, else what the server's logs do."""
    return Chapter(id="site", title="Сайт", statements=(_views(ground),))


def _views(ground: Ground) -> Statement:
    stated, remedy = ground.totals.site_views, "посчитайте их по журналам сервера: inv views"
    number = ground.stated(stated) if stated else Number()
    return Statement(label="Просмотров новостей на сайте за год", number=number, remedy=remedy, large=True)
