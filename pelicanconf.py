"""Settings for work on this machine; `publishconf.py` adds what the public site needs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import StrictUndefined

import newsroom

ROOT = Path(__file__).parent

PATH = str(ROOT / "content")
OUTPUT_PATH = str(ROOT / "output")
THEME = str(ROOT / "theme")
CACHE_PATH = str(ROOT / ".cache")

SITEURL = os.environ.get("SITEURL", "http://127.0.0.1:8000")
SITENAME = "Пресс-служба Братска"
TIMEZONE = "Asia/Irkutsk"
DEFAULT_LANG = "ru"

PELICAN_CLASS = newsroom.Newsroom
PLUGINS = ["newsroom"]
JINJA_ENVIRONMENT = {
    "undefined": StrictUndefined,
    "autoescape": True,
    "auto_reload": False,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

# Pelican's own makers of pages and feeds rest: the newsroom makes everything.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FILENAME_METADATA = PATH_METADATA = ""
DELETE_OUTPUT_DIRECTORY = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# The clock of the build; set it to see the site of another hour.
NOW = os.environ.get("NEWSROOM_NOW")

NEWSROOM = {
    "now": NOW or datetime.now(UTC),
    # Drafts and what waits for its hour are shown by `invoke serve` alone.
    "preview": bool(os.environ.get("NEWSROOM_PREVIEW")),
    "zone": TIMEZONE,
    "name": SITENAME,
    "city": "Братск",
    "subtitle": "Новости города из первых рук",
    "description": (
        "Пресс-релизы, городские события, прямые эфиры "
        "и журнал «Братская пятилетка» — от пресс-службы администрации Братска."
    ),
    "organization": "Пресс-служба администрации города Братска",
    "organization_url": "https://www.bratsk-city.ru/",
    "magazine": "Братская пятилетка",
    "id_authority": "newsroom.bratsk.example",
    "id_date": "2023",
    "security_contact": "https://www.bratsk-city.ru/",
    "boilerplate": (
        "<p>Пресс-служба администрации города Братска пишет и публикует официальные новости города, "
        "готовит прямые эфиры с мэром и журнал «Братская пятилетка».</p>"
    ),
    "data_page": "/about-data/",
    "navigation": (
        ("Новости", "/news/"),
        ("События", "/events/"),
        ("Эфиры", "/broadcasts/"),
        ("Журнал", "/magazine/"),
        ("Каналы", "/channels/"),
        ("СМИ", "/media/"),
    ),
    "footer": (
        ("О пресс-службе", "/about/"),
        ("Подразделения", "/departments/"),
        ("Рубрики", "/rubrics/"),
        ("Темы", "/tags/"),
        ("Ленты", "/feeds/"),
        ("Год в числах", "/reports/"),
        ("Исправления", "/corrections/"),
        ("Экстренные сообщения", "/emergency/"),
        ("Открытые данные", "/data/"),
        ("Доступность", "/accessibility/"),
        ("Лёгкая версия", "/lite/"),
        ("Политика обработки данных", "/privacy/"),
        ("О данных сайта", "/about-data/"),
    ),
}
