"""Plugins written for Pelican go on working, and a build without any takes the short way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from newsroom import plugins
from newsroom.build.edition import Edition
from tests.conftest import ROOT, VOCABULARY, Built, TinySite

Receiver = Callable[..., Any]
Files = dict[str, bytes]
"""The bytes of a site's files by their paths."""
LONG_WAY = "с плагинами всё делается заново"
NEIGHBOURS = """{% extends "!theme/article.html" %}
{% block after_main %}
{{ super() }}
{% if article.prev_article %}<a class="before" href="{{ SITEURL }}/{{ article.prev_article.url }}">{{
  article.prev_article.title }}</a>{% endif %}
{% set next = article.next_article_in_category %}
{% if next %}<a class="after">{{ next.title }}</a>{% endif %}
{% endblock %}
"""


def all_signals() -> dict[str, Any]:
    return {name: signal for name, signal in vars(signals).items() if hasattr(signal, "receivers")}


@pytest.fixture(autouse=True)
def forget_plugins() -> Iterator[None]:
    """Signals are one for the whole process: nobody shall be left listening."""
    yield
    forget()


def forget() -> None:
    for signal in all_signals().values():
        for receiver in list(signal.receivers_for(signal.ANY)):
            if receiver.__module__ != "newsroom":
                signal.disconnect(receiver)


@dataclass
class Plugin:
    """A plugin that answers signals, named as in ``pelican.plugins.signals``, with functions."""

    receivers: dict[str, Receiver] = field(default_factory=dict)

    def register(self) -> None:
        for name, receiver in self.receivers.items():
            getattr(signals, name).connect(receiver, weak=False)


@pytest.fixture(scope="module")
def built_news(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    """Three releases of two rubrics, a standing page, a draft; built, nobody listening."""
    site = TinySite(tmp_path_factory.mktemp("news"))
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release("2024-04-10-subbotnik", tags="[zima]", title="Субботник & парк")
    site.release("2024-05-09-katok", tags="[zima, den-pobedy]")
    site.release("2024-05-10-match", rubric="sport", title="Матч", summary="Счёт < 3.")
    site.release("2024-05-11-zagotovka", status="draft", title="Заготовка")
    site.write("pages/about.md", "---\ntitle: Справка\nsummary: Кто мы.\n---\nМы здесь.\n")
    sound(site.build())
    return site


@pytest.fixture
def plain(built_news: TinySite) -> Files:
    """The files of the site that nobody listened to."""
    return Built(0, "", built_news.output).files()


@pytest.fixture
def news(built_news: TinySite, tmp_path: Path) -> TinySite:
    """A copy of that site, of its folder and of what it remembers."""
    return TinySite(Path(shutil.copytree(built_news.folder, tmp_path / "news")))


def heard(site: TinySite, **receivers: Receiver) -> Built:
    """A build that a plugin listens to."""
    return sound(use(site, Plugin(receivers)).build())


def use(site: TinySite, *plugins: Any, **settings: Any) -> TinySite:
    """The site with plugins beside ours."""
    site.settings = {**site.settings, **settings, "PLUGINS": ["newsroom", *plugins]}
    return site


def sound(built: Built) -> Built:
    """A build that came to an edition which lists what is there."""
    assert built.status == 0, built.said
    assert [] == Edition.read(built.output).verify(built.output)
    return built


def differing(one: Files, other: Files) -> set[str]:
    """Paths at which two sites differ."""
    return {path for path in one | other if one.get(path) != other.get(path)}


def html(files: Files) -> Files:
    return {path: data for path, data in files.items() if path.endswith(".html")}


def lists(files: Files) -> set[str]:
    """The edition's own lists."""
    return {path for path in files if path.startswith("edition")}


def titles(contents: Any) -> list[str]:
    return [content.title for content in contents]


# Two plugins from the registry, as they are.


def with_neighbours(site: TinySite) -> TinySite:
    overrides = site.folder / "overrides"
    overrides.mkdir()
    (overrides / "article.html").write_text(NEIGHBOURS)
    return use(site, "neighbors", THEME_TEMPLATES_OVERRIDES=[str(overrides)])


def test_neighbors_gives_a_theme_the_articles_before_and_after(news: TinySite) -> None:
    built = sound(with_neighbours(news).build())
    before = built.page("/news/2024/05/match/").select_one("a.before")
    assert ("https://news.example/news/2024/05/katok/", "Город открыл каток") == (before["href"], before.text)
    oldest = built.page("/news/2024/04/subbotnik/")
    assert (None, "Город открыл каток") == (oldest.select_one("a.before"), oldest.select_one("a.after").text)
    assert built.page("/news/2024/05/match/").select_one("a.after") is None


def test_sitemap_lists_every_page_in_a_file_of_its_own(news: TinySite, plain: Files) -> None:
    built = sound(use(news, "sitemap", SITEMAP={"format": "txt"}).build())
    pages = sorted(path.removesuffix("index.html") for path in html(plain))
    assert [f"https://news.example/{page}" for page in pages] == built.text("/sitemap.txt").splitlines()
    assert {"sitemap.txt", "edition/plugins.json", "edition.json"} == differing(plain, built.files())


def test_sitemap_may_take_the_place_of_a_file_of_ours(news: TinySite) -> None:
    text = sound(use(news, "sitemap").build()).text("/sitemap.xml")
    release, page, month = (entry(text, url) for url in ("news/2024/05/katok", "about", "news/2024/05"))
    assert "<lastmod>2024-05-09T10:00:00+08:00</lastmod>\n<changefreq>monthly" in release
    assert "<changefreq>monthly" in page
    assert "<changefreq>daily" in month


def entry(sitemap: str, url: str) -> str:
    return sitemap.split(f"<loc>https://news.example/{url}/</loc>")[1].partition("</url>")[0]


def test_both_together_give_the_same_again(news: TinySite) -> None:
    with_neighbours(news)
    news.settings |= {"PLUGINS": ["newsroom", "neighbors", "sitemap"], "SITEMAP": {"format": "txt"}}
    first = sound(news.build()).files()
    second = sound(news.build())
    assert set() == differing(first, second.files())
    assert "записано 0," in second.said
    assert LONG_WAY in second.said


def test_an_edit_reaches_what_plugins_make(news: TinySite) -> None:
    with_neighbours(news).build()
    news.release("2024-05-09-katok", title="Каток закрыт")
    before = sound(news.build()).page("/news/2024/05/match/").select_one("a.before")
    assert "Каток закрыт" == before.text


# What listening costs, and what it changes.


def test_a_plugin_that_only_listens_changes_no_byte(news: TinySite, plain: Files) -> None:
    assert set() == differing(plain, heard(news, content_written=listen).files())


def listen(*_: Any, **__: Any) -> None: ...


@pytest.mark.slow
def test_nor_does_it_in_the_site_of_the_city(real_site: Built, tmp_path: Path) -> None:
    site = TinySite(tmp_path, now="2026-11-23T12:00:00+08:00", search=True)
    site.settings = {"PATH": str(ROOT / "content"), "CACHE_PATH": str(ROOT / ".cache")}
    assert set() == differing(real_site.files(), heard(site, content_written=listen).files())


def test_everything_is_made_anew_when_a_plugin_comes_and_when_it_goes(news: TinySite, plain: Files) -> None:
    everything = len(plain) - len(lists(plain))
    built = sound(use(news, "sitemap", SITEMAP={"format": "txt"}).build())
    assert f"{LONG_WAY} — {everything}" in built.said
    forget()
    news.settings = {}
    built = sound(news.build())
    assert set() == differing(plain, built.files())
    assert f"Сделано заново: {everything}\xa0" in built.said
    assert "записано 0, без изменений" in built.said
    assert "удалено 1" in built.said


def test_what_is_done_at_the_start_alone_leaves_the_way_short(news: TinySite) -> None:
    def add_filter(generator: Any) -> None:
        generator.env.filters["loud"] = lambda text: text.upper() + generator.settings.get("LOUDLY", "!")

    overrides = news.folder / "overrides"
    overrides.mkdir()
    (overrides / "404.html").write_text('{{ "нет"|loud }}')
    use(news, Plugin({"generator_init": add_filter}), THEME_TEMPLATES_OVERRIDES=[str(overrides)])
    assert "НЕТ!" == sound(news.build()).text("/404.html")
    assert "Сделано заново" not in sound(news.build()).said
    assert "НЕТ?" == sound(use(news, *news.settings["PLUGINS"][1:], LOUDLY="?").build()).text("/404.html")


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("а", "б"),
        (1, 1.5),
        (["а"], ["а", "б"]),
        ({"а": [1]}, {"а": [2]}),
        ({"а", "б"}, {"а", "в"}),
        (None, False),
        (date(2024, 5, 9), date(2024, 5, 10)),
        (Path("a"), Path("b")),
        (Article, Page),
        (len, max),
    ],
)
def test_every_setting_counts_where_there_are_plugins(value: Any, other: Any) -> None:
    first, same, second = (plugins.identity([], {"X": each}, {}) for each in (value, value, other))
    assert (first, True) == (same, first != second)


@pytest.mark.parametrize("name", ["NEWSROOM", "OUTPUT_PATH", "PATH", "CACHE_PATH", "NOW"])
def test_places_and_the_hour_do_not(name: str) -> None:
    assert plugins.identity([], {name: 1}, {}) == plugins.identity([], {name: 2}, {})


def test_data_that_a_plugin_gives_templates_at_the_start_count(news: TinySite) -> None:
    weather = ["мороз"]

    def tell_weather(generator: Any) -> None:
        generator.env.globals["weather"] = weather

    overrides = news.folder / "overrides"
    overrides.mkdir()
    (overrides / "404.html").write_text("{{ weather|join(', ') }}")
    use(news, Plugin({"generator_init": tell_weather}), THEME_TEMPLATES_OVERRIDES=[str(overrides)])
    assert "мороз" == sound(news.build()).text("/404.html")
    weather.append("снег")
    assert "мороз, снег" == sound(news.build()).text("/404.html")


def test_where_nobody_listens_nothing_of_this_is_imported(news: TinySite) -> None:
    news.release()
    names = set(json.loads(outside(news, "print(json.dumps(sorted(sys.modules)))")))
    theirs = {name for name in names if name.startswith("pelican.plugins.")}
    assert {"pelican.plugins._utils", "pelican.plugins.signals"} == theirs
    assert {"newsroom.plugins", "newsroom.long_way", "newsroom.articles", "feedgenerator"}.isdisjoint(names)


def outside(site: TinySite, code: str, plugin: str = "") -> str:
    """The last line that ``code`` prints after a build in a process of its own, with the plugin's source."""
    (site.folder / "other_plugin.py").write_text(plugin)
    settings = {
        "PATH": str(site.content),
        "OUTPUT_PATH": str(site.output),
        "CACHE_PATH": str(site.folder / "cache"),
        "PLUGIN_PATHS": [str(site.folder)],
        "PLUGINS": ["newsroom", *(["other_plugin"] if plugin else [])],
    }
    lines = ["from pelicanconf import *", f"NEWSROOM = {{**NEWSROOM, 'now': {site.now!r}}}"]
    lines += [f"{name} = {value!r}" for name, value in settings.items()]
    (site.folder / "settings.py").write_text("\n".join(lines))
    script = (
        f"import json, sys\nsys.path[:0] = [{str(ROOT)!r}]\nimport newsroom, pelican\n"
        f"pelican.main(['--settings', {str(site.folder / 'settings.py')!r}])\n{code}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


# What plugins are told, and when.


def test_signals_are_sent_as_pelican_sends_them(site: TinySite) -> None:
    site.release()
    site.write("pages/about.md", "---\ntitle: Справка\n---\nМы здесь.\n")
    told: list[str] = []

    def note(name: str) -> Receiver:
        return lambda *_, **__: told.append(name) if told[-1:] != [name] else None

    heard(site, **{name: note(name) for name in all_signals()})
    expected = [
        *("initialized", "get_generators"),
        *("readers_init", "generator_init", "article_generator_init"),
        *("readers_init", "generator_init", "page_generator_init"),
        *("readers_init", "generator_init", "static_generator_init"),
        *("article_generator_preread", "article_generator_context", "content_object_init"),
        *("article_generator_pretaxonomy", "article_generator_finalized"),
        *(
            "page_generator_preread",
            "page_generator_context",
            "content_object_init",
            "page_generator_finalized",
        ),
        *("static_generator_finalized", "all_generators_finalized"),
    ]
    assert expected == told[: len(expected)]
    writing = told[len(expected) :]
    assert ["article_writer_finalized", "page_writer_finalized", "finalized"] == writing[-3:]
    assert {"content_written", "article_generator_write_article", "page_generator_write_page"} == set(
        writing[:-3]
    )


def test_generators_have_the_lists_of_pelican(news: TinySite) -> None:
    found: dict[str, Any] = {}

    def look(generators: list[Any]) -> None:
        articles, pages = (
            next(one for one in generators if isinstance(one, kind))
            for kind in (ArticlesGenerator, PagesGenerator)
        )
        found["articles"], found["dates"] = titles(articles.articles), titles(articles.dates)
        found["tags"] = {tag.name: titles(some) for tag, some in articles.tags.items()}
        found["categories"] = {category.url: titles(some) for category, some in articles.categories}
        found["authors"] = [(author.name, author.url, len(some)) for author, some in articles.authors]
        found["drafts"] = articles.drafts + articles.hidden_articles + articles.translations
        found["context"] = [titles(articles.context[name]) for name in ("articles", "pages")]
        found["pages"] = [(page.title, page.url, page.save_as, page.content) for page in pages.pages]
        found["library"] = len(articles.context["library"].releases)

    heard(news, all_generators_finalized=look)
    newest = ["Матч", "Город открыл каток", "Субботник & парк"]
    assert {
        "articles": newest,
        "dates": newest,
        "tags": {"Зима": newest[1:], "День Победы": newest[1:2]},
        "categories": {"rubrics/gorod/": newest[1:], "rubrics/sport/": newest[:1]},
        "authors": [("Пресс-служба", "departments/press/", 3)],
        "drafts": [],
        "context": [newest, ["Справка"]],
        "pages": [("Справка", "about/", "about/index.html", "<p>Мы здесь.</p>")],
        "library": 3,
    } == found


def test_an_article_is_what_pelican_would_have_made(news: TinySite) -> None:
    news.release("2024-05-10-match", "Гол.\n", rubric="sport", title="Матч", summary="Счёт < 3.")
    found: list[Any] = []
    heard(news, article_generator_finalized=lambda generator: found.extend(generator.articles[:1]))
    (article,) = found
    assert {
        "type": Article,
        "title": "Матч",
        "date": "2024-05-10T10:00:00+08:00",
        "zone": "Asia/Irkutsk",
        "category": ("Спорт", "sport", "rubrics/sport/"),
        "author": "Пресс-служба",
        "slug": "2024-05-10-match",
        "url": "news/2024/05/match/",
        "save_as": "news/2024/05/match/index.html",
        "summary": "Счёт &lt; 3.",
        "content": "<p>Гол.</p>",
        "status": "published",
        "lang": "ru",
        "template": "article",
        "source": "releases/2024/05/2024-05-10-match.md",
        "modified": False,
    } == {
        "type": type(article),
        "title": article.title,
        "date": article.date.isoformat(),
        "zone": str(article.date.tzinfo),
        "category": (article.category.name, article.category.slug, article.category.url),
        "author": article.author.name,
        "slug": article.slug,
        "url": article.url,
        "save_as": article.save_as,
        "summary": article.summary,
        "content": article.content,
        "status": article.status,
        "lang": article.lang,
        "template": article.template,
        "source": article.get_relative_source_path(),
        "modified": hasattr(article, "modified"),
    }
    assert article.date.strftime("%d.%m.%Y") == "10.05.2024"
    assert article is article._context["generated_content"][article.get_relative_source_path()]


def test_a_corrected_release_is_a_modified_article(site: TinySite) -> None:
    site.release(changes="[{date: 2024-05-20, note: Исправлен адрес.}]")
    found: list[Any] = []
    heard(site, article_generator_finalized=lambda generator: found.extend(generator.articles))
    assert ["2024-05-20"] == [article.modified.date().isoformat() for article in found]


def test_each_page_is_told_of_when_it_is_written_with_what_its_template_knows(news: TinySite) -> None:
    found: dict[str, dict[str, Any]] = {}
    there: list[bool] = []

    def note(path: str, context: dict[str, Any]) -> None:
        there.append(Path(path).is_file() and path.endswith(context["output_file"]))
        found[context["output_file"]] = context

    built = heard(news, content_written=note)
    assert {path for path in built.files() if path.endswith(".html")} == found.keys()
    assert all(there)
    release, page, home = (found[f"{url}index.html"] for url in ("news/2024/05/match/", "about/", ""))
    assert ("Матч", "Матч", "Спорт") == (
        release["article"].title,
        release["release"].title,
        release["category"].name,
    )
    assert ("Справка", Page) == (page["page"].title, type(page["page"]))
    assert {"article", "page"}.isdisjoint(home)
    assert "https://news.example" == home["SITEURL"]


# What plugins change.


def rewrite(article: Article) -> None:
    if isinstance(article, Article):
        article._content = article._content.replace("Лёд", "<b>Лёд</b>")


@pytest.mark.parametrize(
    "receivers",
    [
        {"content_object_init": rewrite},
        {"article_generator_finalized": lambda generator: list(map(rewrite, generator.articles))},
        {"article_generator_write_article": lambda generator, content: rewrite(content)},  # noqa: ARG005
    ],
)
def test_a_changed_body_is_shown(news: TinySite, receivers: dict[str, Receiver]) -> None:
    built = heard(news, **receivers)
    assert "<b>Лёд</b> готов." in built.text("/news/2024/05/katok/")


def test_a_changed_title_and_summary_are_shown_wherever_the_release_is(news: TinySite) -> None:
    def change(generators: list[Any]) -> None:
        article = generators[0].articles[0]
        article.title, article._summary = "Матч <века>", "<p>Счёт&nbsp;— 2&nbsp;&lt; 3.</p>"

    built = heard(news, all_generators_finalized=change)
    page = built.page("/news/2024/05/match/")
    assert ("Матч <века>", "Счёт\xa0— 2\xa0< 3.") == (
        page.h1.text.strip(),
        page.select_one(".article-head__lead").text,
    )
    assert "Матч <века>" in built.page("/").main.text
    assert "Матч <века>" in built.page("/rubrics/sport/").main.text
    assert "Матч <века>" == built.feed("/rss.xml").entries[0].title


@pytest.mark.parametrize(
    "receivers",
    [
        {"content_object_init": lambda page: setattr(page, "_content", "<p>Они там.</p>")},
        {"page_generator_write_page": lambda _, content: setattr(content, "_content", "<p>Они там.</p>")},
    ],
)
def test_a_changed_standing_page_is_shown(news: TinySite, receivers: dict[str, Receiver]) -> None:
    assert "Они там." in heard(news, **receivers).page("/about/").main.text


def test_metadata_can_be_given_before_the_article_is_made(news: TinySite) -> None:
    found: list[str] = []
    heard(
        news,
        article_generator_context=lambda _, metadata: metadata.update(series="Лёд"),
        content_object_init=lambda content: found.append(getattr(content, "series", "")),
    )
    assert ["Лёд", "Лёд", "Лёд", ""] == found


def test_what_a_plugin_puts_into_the_context_templates_know(news: TinySite) -> None:
    overrides = news.folder / "overrides"
    overrides.mkdir()
    (overrides / "404.html").write_text("{{ weather }}, {{ articles|length }}")
    news.settings["THEME_TEMPLATES_OVERRIDES"] = [str(overrides)]
    built = heard(
        news, article_generator_finalized=lambda generator: generator.context.update(weather="мороз")
    )
    assert "мороз, 3" == built.text("/404.html")


@pytest.mark.parametrize("place", ["output_path", "settings"])
def test_what_plugins_do_to_the_output_is_the_edition(news: TinySite, plain: Files, place: str) -> None:
    seen: list[set[str]] = []

    def rework(pelican: Any) -> None:
        output = Path(pelican.output_path if place == "output_path" else pelican.settings["OUTPUT_PATH"])
        seen.append({path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()})
        (output / "404.html").write_text("Нет такой.")
        (output / "robots.txt").unlink()
        (output / "extra/new").mkdir(parents=True)
        (output / "extra/new/file.txt").write_text("Новое.")

    built = heard(news, finalized=rework)
    assert [plain.keys() - lists(plain)] == seen
    expected = {"404.html", "robots.txt", "extra/new/file.txt"}
    differ = differing(plain, built.files())
    assert expected == differ - lists(dict.fromkeys(differ, b""))
    assert ("Нет такой.", False) == (built.text("/404.html"), built.has("/robots.txt"))
    assert "extra/new/file.txt" in Edition.read(built.output).shards["plugins"].paths
    assert "записано 2, без изменений" in built.said
    assert "удалено 1" in built.said
    assert "записано 0," in sound(news.build()).said


def test_a_page_may_be_changed_as_soon_as_it_is_written(news: TinySite) -> None:
    def sign(path: str, context: dict[str, Any]) -> None:  # noqa: ARG001
        with Path(path).open("a") as page:
            page.write("<!-- подписано -->")

    built = heard(news, content_written=sign)
    assert {True} == {
        text.endswith("<!-- подписано -->".encode())
        for path, text in built.files().items()
        if path.endswith(".html")
    }
    assert "записано 0," in sound(news.build()).said


class Extra:
    """A generator as plugins bring them: it writes through the writer, and by itself."""

    def __init__(self, context: Any, output_path: str, **_: Any) -> None:
        self.context, self.output_path = context, output_path

    def generate_output(self, writer: Any) -> None:
        from jinja2 import Template

        count = Template("Статей: {{ articles|length }}")
        writer.write_file("extra/count.html", count, self.context)
        writer.write_feed(self.context["articles"], self.context, "extra/feed.xml")
        (Path(self.output_path) / "extra/own.txt").write_text("Сам.")


def test_a_generator_of_a_plugin_writes_into_the_edition(news: TinySite) -> None:
    built = heard(news, get_generators=lambda _: Extra)
    assert ("Статей: 3", "Сам.") == (built.text("/extra/count.html"), built.text("/extra/own.txt"))
    entry = built.feed("/extra/feed.xml").entries[0]
    assert ("Матч", "https://news.example/news/2024/05/match/") == (entry.title, entry.link)


def test_it_does_so_too_where_pelican_was_imported_by_halves(news: TinySite) -> None:
    plugin = (
        "from pelican import __version__, signals\n"
        "from pelican.readers import MarkdownReader\n"
        "def write(generator, writer):\n"
        "    writer.write_feed(generator.articles, generator.context, 'extra.xml')\n"
        "    text, _ = MarkdownReader(generator.settings).read(generator.path + '/pages/about.md')\n"
        "    with open(writer.output_path + '/version.txt', 'w') as file: file.write(__version__ + text)\n"
        "def register(): signals.article_writer_finalized.connect(write)\n"
    )
    outside(news, "", plugin)
    assert "Матч" in (news.output / "extra.xml").read_text()
    assert (news.output / "version.txt").read_text().startswith("4.")


# What goes wrong.


@pytest.mark.parametrize(
    "name",
    [
        *(
            "content_object_init",
            "article_generator_context",
            "article_generator_finalized",
            "content_written",
        ),
        *(
            "all_generators_finalized",
            "article_generator_write_article",
            "article_writer_finalized",
            "finalized",
        ),
    ],
)
def test_where_a_plugin_fails_the_site_stays_as_it_was(news: TinySite, plain: Files, name: str) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("сломан")

    news.release("2024-05-12-novyj")
    with pytest.raises(RuntimeError, match="сломан"):
        use(news, Plugin({name: fail})).build()
    assert plain == Built(0, "", news.output).files()
    assert [] == [path for path in news.folder.iterdir() if path.name.endswith(".stage")]


@pytest.mark.parametrize("name", ["CNAME", "edition.json", "edition/news.json", ".git/config"])
def test_a_plugin_may_not_write_what_is_the_editions_own(news: TinySite, plain: Files, name: str) -> None:
    def write(pelican: Any) -> None:
        path = Path(pelican.output_path, name)
        path.parent.mkdir(exist_ok=True)
        path.touch()

    built = use(news, Plugin({"finalized": write})).build()
    assert (1, plain) == (built.status, built.files())
    assert f"плагин записал файл «{name}», а это имя занято самим изданием" in built.said


def test_a_plugin_that_does_not_load_is_an_error(news: TinySite, plain: Files) -> None:
    built = use(news, "no_such_plugin", "neighbors").build()
    assert (1, plain) == (built.status, built.files())
    assert [
        "pelicanconf.py: плагин «no_such_plugin» не загрузился — установите его или уберите из PLUGINS"
    ] == (built.problems())


def test_nor_may_one_fail_to_register(news: TinySite) -> None:
    (news.folder / "broken_plugin.py").write_text("def register(): raise OSError\n")
    use(news, "broken_plugin", PLUGIN_PATHS=[str(news.folder)])
    built = news.build()
    assert 1 == built.status
    assert "плагин «broken_plugin» не загрузился" in built.said


def test_who_waits_for_a_signal_that_is_never_sent_is_told(
    news: TinySite, caplog: pytest.LogCaptureFixture
) -> None:
    def filter_feed(*_: Any) -> None: ...

    built = heard(news, feed_generated=filter_feed)
    assert "Сигнала feed_generated здесь не бывает" in caplog.text
    assert "filter_feed" in caplog.text
    assert LONG_WAY not in built.said


def test_content_is_read_by_our_reader_whatever_others_bring(news: TinySite) -> None:
    def bring(readers: Any) -> None:
        readers.reader_classes["md"] = None

    heard(news, readers_init=bring)


def test_a_memory_that_was_harmed_is_made_anew_before_anybody_is_told(news: TinySite, plain: Files) -> None:
    (records,) = (news.folder / "cache/memory").rglob("records/*.records")
    records.write_bytes(bytes(records.stat().st_size))
    told: list[str] = []
    built = heard(news, content_object_init=lambda content: told.append(content.title))
    assert (4, set()) == (len(told), differing(plain, built.files()))


def test_a_filter_of_a_plugin_is_asked_each_time(news: TinySite) -> None:
    def count(generator: Any) -> None:
        generator.env.filters["counted"] = lambda text: f"{text}: {len(generator.articles)}"

    overrides = news.folder / "overrides"
    overrides.mkdir()
    (overrides / "404.html").write_text('{{ "Статей"|counted }}')
    news.settings["THEME_TEMPLATES_OVERRIDES"] = [str(overrides)]
    assert "Статей: 3" == heard(news, article_generator_finalized=count).text("/404.html")
    news.release("2024-05-12-novyj")
    assert "Статей: 4" == sound(news.build()).text("/404.html")
