"""Stock Pelican with settings that give the same addresses, lists and feeds as the newsroom's plain theme.

Its one plugin is the usual one for links to the neighbours of an article.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby, pairwise
from typing import Any

from pelican.plugins import signals

from bench.corpus import DEPARTMENTS, RUBRICS, TAGS

SITEURL = FEED_DOMAIN = "https://newsroom.example"
SITENAME = "Пресс-служба Братска"
SITESUBTITLE = "Новости города из первых рук"
ORGANIZATION = "Пресс-служба администрации города Братска"
TIMEZONE = "Asia/Irkutsk"
DEFAULT_LANG = "ru"
TITLES = {term.id: term.title for term in (*RUBRICS, *TAGS, *DEPARTMENTS)}

ARTICLE_PATHS = STATIC_PATHS = ["news"]
PAGE_PATHS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
FORMATTED_FIELDS: list[str] = []
DELETE_OUTPUT_DIRECTORY = False

ARTICLE_URL = "news/{date:%Y}/{date:%m}/{slug}/"
CATEGORY_URL, TAG_URL, AUTHOR_URL = "rubrics/{slug}/", "tags/{slug}/", "departments/{slug}/"
YEAR_ARCHIVE_URL = "news/{date:%Y}/"
MONTH_ARCHIVE_URL = "news/{date:%Y}/{date:%m}/"
DAY_ARCHIVE_URL = "news/{date:%Y}/{date:%m}/{date:%d}/"
ARTICLE_SAVE_AS = f"{ARTICLE_URL}index.html"
CATEGORY_SAVE_AS, TAG_SAVE_AS, AUTHOR_SAVE_AS = (
    f"{url}index.html" for url in (CATEGORY_URL, TAG_URL, AUTHOR_URL)
)
YEAR_ARCHIVE_SAVE_AS = f"{YEAR_ARCHIVE_URL}index.html"
MONTH_ARCHIVE_SAVE_AS = f"{MONTH_ARCHIVE_URL}index.html"
DAY_ARCHIVE_SAVE_AS = f"{DAY_ARCHIVE_URL}index.html"

DIRECT_TEMPLATES = ["index", "home", "tags", "categories", "authors", "feeds", "sitemap", "robots", "404"]
INDEX_URL, INDEX_SAVE_AS = "news/", "news/index.html"
HOME_URL, HOME_SAVE_AS = "", "index.html"
TAGS_SAVE_AS, CATEGORIES_SAVE_AS = "tags/index.html", "rubrics/index.html"
AUTHORS_SAVE_AS, FEEDS_SAVE_AS = "departments/index.html", "feeds/index.html"
SITEMAP_SAVE_AS, ROBOTS_SAVE_AS = "sitemap.xml", "robots.txt"

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_ATOM, FEED_RSS = "atom.xml", "rss.xml"
CATEGORY_FEED_ATOM, CATEGORY_FEED_RSS = "rubrics/{slug}/atom.xml", "rubrics/{slug}/rss.xml"
TAG_FEED_ATOM, TAG_FEED_RSS = "tags/{slug}/atom.xml", "tags/{slug}/rss.xml"
AUTHOR_FEED_ATOM, AUTHOR_FEED_RSS = "departments/{slug}/atom.xml", "departments/{slug}/rss.xml"
FEED_ALL_ATOM = FEED_ALL_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False

_MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь",
    "Декабрь",
)  # fmt: skip
_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip


def day(when: date) -> str:
    """«9 мая 2024 г.»; Pelican's own way is the locale of the operating system."""
    return f"{when.day} {_GENITIVE[when.month - 1]} {when.year} г."


def month_name(when: date) -> str:
    return _MONTHS[when.month - 1]


def month(when: date) -> str:
    return f"{month_name(when).lower()} {when.year}"


def by_letter(tags: list[tuple[Any, Any]]) -> list[tuple[str, list[tuple[Any, Any]]]]:
    """Tags with their articles under the first letters of their titles."""
    ordered = sorted(tags, key=lambda entry: TITLES[entry[0].name])
    return [
        (letter, list(group)) for letter, group in groupby(ordered, lambda entry: TITLES[entry[0].name][0])
    ]


JINJA_FILTERS = {"day": day, "month": month, "month_name": month_name, "by_letter": by_letter}


class Neighbours:
    """The plugin: gives each article the newer and the older one."""

    @staticmethod
    def register() -> None:
        signals.article_generator_finalized.connect(Neighbours.link)

    @staticmethod
    def link(generator: Any) -> None:
        articles = generator.articles
        for newer, older in pairwise(articles):
            newer.older, older.newer = older, newer


PLUGINS = [Neighbours]
