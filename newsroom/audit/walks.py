"""Walks through the pages of a site that axe-core has no rules for, beside those by keyboard and with zoom.

Their names are those of ``newsroom/content/criteria.yaml``, which tells a reader what each looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from newsroom.audit import keyboard, zoom

Faults = list[tuple[str, str]]
"""(criterion, what is wrong) pairs; the criterion is "" where no criterion asks for it."""
Look = Callable[[Any, str], "Faults | None"]
"""Given an open page and its address: None where the page has nothing that this walk looks at."""

_STILL = {"reduced_motion": "reduce"}


class Round(Struct, frozen=True, kw_only=True):
    """Walks that share a window: each page is opened once, and each look is taken in turn.

    ``prepare`` is done to each tab before its first page; with ``fresh`` a page has a tab of its own.
    """

    looks: tuple[tuple[str, Look], ...]
    window: Mapping[str, Any] = field(default_factory=dict)
    width: int = 1280
    prepare: Callable[[Any], None] = lambda _: None
    fresh: bool = False


def all_rounds() -> Iterator[Round]:
    """Every walk by its name, with a memory of its own for this run."""
    words: dict[str, list[str]] = {}
    yield Round(
        looks=(
            ("motion", _moves),
            ("navigation", _same_navigation()),
            ("ways", _ways),
            ("titles", _titles()),
            ("syntax", _syntax),
            ("documents", _documents),
            ("recordings", _recordings),
            ("no-script", _with_script(words)),
        )
    )
    yield Round(looks=(("no-script", _without_script(words)),), window={"java_script_enabled": False})
    yield Round(looks=(("motion", _still_moves), ("orientation", _orientation)), width=360, window=_STILL)
    yield Round(looks=(("keyboard", _by_keyboard()),), window=_STILL, fresh=True)
    yield from map(_zoomed, zoom.ZOOMS)


def _by_keyboard() -> Look:
    measured: set[str] = set()

    def look(page: Any, url: str) -> Faults:
        found = keyboard.walk(page, url, measured)
        page.reload()
        skipped = [] if _is_bare(page) else keyboard.skip_link(page, url)
        return [(each.criterion, each.what) for each in (*found, *skipped)]

    return look


_ZOOM_WALKS = {"zoom-400": "1.4.10", "spacing": "1.4.12", "spacing-phone": "1.4.12"}
"""The criterion that a way to look is there for; all others are of text twice as large, 1.4.4."""
_NAMES = {"1.4.4": "zoom-200", "1.4.10": "zoom-400", "1.4.12": "spacing"}


def _zoomed(way: zoom.Zoom) -> Round:
    criterion = _ZOOM_WALKS.get(way.name, "1.4.4")

    def look(page: Any, url: str) -> Faults:
        return [(criterion, f"{way.name}: {each.what}") for each in zoom.look_zoomed(page, url, way)]

    return Round(
        looks=((_NAMES[criterion], look),), width=way.width, prepare=lambda page: zoom.prepare(page, way)
    )


def _orientation(page: Any, _: str) -> Faults:
    """WCAG 2.2, 1.3.4: the page can be read in either way of holding the screen."""
    faults: Faults = []
    for width, height in ((360, 780), (780, 360)):
        page.set_viewport_size({"width": width, "height": height})
        turned = page.evaluate(
            "[document.documentElement, document.body, document.querySelector('main')].some(element => {"
            " const style = getComputedStyle(element);"
            " return /matrix|rotate/.test(style.transform) || style.rotate !== 'none'"
            " || !element.checkVisibility() || style.writingMode !== 'horizontal-tb' })"
        )
        if turned:
            faults.append(("1.3.4", f"в окне {width}×{height} страница повёрнута или не видна"))
    return faults


_ENDLESS = """document.getAnimations().filter(one => one.playState === 'running').filter(one => {
    const timing = one.effect.getComputedTiming()
    return timing.endTime > 5000 || timing.iterations > 3
}).map(one => one.effect.target?.className || one.effect.target?.localName || '')
.concat([...document.querySelectorAll('marquee, blink, video[autoplay]')].map(one => one.localName))"""


def _moves(page: Any, _: str) -> Faults:
    """WCAG 2.2, 2.2.2 and 2.3.1: nothing moves of itself for more than five seconds, or again and again."""
    return [
        (criterion, f"движется само: {what}")
        for what in page.evaluate(_ENDLESS)
        for criterion in ("2.2.2", "2.3.1")
    ]


def _still_moves(page: Any, _: str) -> Faults:
    """A reader who asked for less motion sees none at all."""
    moving = page.evaluate(
        "document.getAnimations().filter(one => one.playState === 'running'"
        " && one.effect.getComputedTiming().activeDuration > 1).length"
    )
    smooth = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior === 'smooth'")
    faults = [("", f"движется, хотя просили не двигаться: {moving}")] if moving else []
    return [*faults, *([("", "страница прокручивается плавно, хотя просили не двигаться")] if smooth else [])]


def _is_bare(page: Any) -> bool:
    """A page of words alone has no head and foot as all others have: nothing to skip or to keep in order."""
    return bool(page.evaluate("!document.querySelector('link[rel=stylesheet]')"))


def _same_navigation() -> Look:
    """WCAG 2.2, 3.2.3 and 3.2.6: menu and foot are those of the first page, in the same order."""
    first: dict[str, list[str]] = {}

    def look(page: Any, _: str) -> Faults | None:
        if _is_bare(page):
            return None
        faults: Faults = []
        for criterion, place in (("3.2.3", "header nav a"), ("3.2.6", "footer a")):
            links = page.evaluate(
                "place => [...document.querySelectorAll(place)].map(link => link.href)", place
            )
            if first.setdefault(place, links) != links:
                faults.append((criterion, f"«{place}»: ссылки не те или не в том порядке, что на других"))
        return faults

    return look


def _ways(page: Any, _: str) -> Faults:
    """WCAG 2.2, 2.4.5: a menu, and beside it lists of everything or a search."""
    menu = "body > nav a" if _is_bare(page) else "header nav a"
    has_menu = page.evaluate("menu => !!document.querySelector(menu)", menu)
    has_lists = page.evaluate(
        "['/search/', '/tags/', '/rubrics/'].some("
        "end => [...document.links].some(link => link.pathname.endsWith(end)))"
    )
    return [] if has_menu and has_lists else [("2.4.5", "нет меню или ссылки на списки и поиск")]


def _titles() -> Look:
    """WCAG 2.2, 2.4.2: every page has a title that no other has."""
    seen: dict[str, str] = {}

    def look(page: Any, url: str) -> Faults:
        title = page.title().strip()
        if not title:
            return [("2.4.2", "у страницы нет имени")]
        other = seen.setdefault(title, url)
        return [] if other == url else [("2.4.2", f"имя «{title}» — и у страницы {other}")]

    return look


def _syntax(page: Any, _: str) -> Faults:
    """WCAG 2.1, 4.1.1: no id stands twice; what a parser mends by itself is not seen in a browser."""
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(element => element.id)"
        ".filter((id, place, all) => all.indexOf(id) !== place)"
    )
    return [("4.1.1", f"id повторяется: {id}") for id in twice]


_WORDS = """[...document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, th, td, dd, figcaption)')]
.filter(element => element.checkVisibility() && !element.closest('form')).map(element => {
    const words = element.cloneNode(true)
    words.querySelectorAll('button, [hidden]').forEach(tool => tool.remove())
    return words.textContent.replace(/\\s+/g, ' ').trim()
})"""
"""What is said to a reader, forms apart; tools that need a script come out only where there is one."""


def _with_script(words: dict[str, list[str]]) -> Look:
    """Remembers what a page says where scripts run."""

    def look(page: Any, url: str) -> None:
        words[url] = page.evaluate(_WORDS)

    return look


def _without_script(words: dict[str, list[str]]) -> Look:
    """Everything said with scripts is said without them."""

    def look(page: Any, url: str) -> Faults:
        said = set(page.evaluate(_WORDS))
        missing = [text for text in words[url] if text and text not in said]
        return [("", f"без скриптов нет текста «{text[:60]}»") for text in missing]

    return look


def _documents(page: Any, url: str) -> Faults | None:
    """WCAG 2.2, 1.1.1: whoever is offered a PDF is offered its text as well."""
    files: list[str] = page.evaluate(
        "[...document.querySelectorAll('main a[href]')]"
        ".filter(link => link.host === location.host && link.pathname.endsWith('.pdf'))"
        ".map(link => link.pathname)"
    )
    if not files:
        return None
    links: list[str] = page.evaluate("[...document.links].map(link => link.pathname)")
    return [("1.1.1", f"рядом с {file} нет его текста") for file in files if not _has_text(file, url, links)]


def _has_text(file: str, url: str, links: list[str]) -> bool:
    """Whether the text is linked too, as one page or leaf by leaf; elsewhere the page of the file will do."""
    stem, folder = file.removesuffix(".pdf"), file.rpartition("/")[0]
    texts = {f"{stem}-text/", f"{stem}.txt", f"{folder}/1/"} | (
        {f"{folder}/"} if url != f"{folder}/" else set()
    )
    return bool(texts.intersection(links))


_RECORDINGS = """
document.querySelector('.broadcast__facts--announced, .broadcast__facts--live') ? [] :
[...document.querySelectorAll('main :is(video, audio, figure.video:not(:has(video, audio)))')]
.map(recording => recording.querySelector('source') ?? recording)
.map(recording => recording.src ? new URL(recording.src).pathname : '')
"""
"""The paths of the files of all recordings, "" for one on another site; what is on the air is none yet."""


def _recordings(page: Any, _: str) -> Faults | None:
    """WCAG 2.2, 1.2.1 and 1.2.3: a page that offers a recording has its transcript, or a link to it."""
    files: list[str] = page.evaluate(_RECORDINGS)
    if not files:
        return None
    links: list[str] = page.evaluate("[...document.links].map(link => link.pathname)")
    is_told = page.evaluate("!!document.querySelector('main .transcript')") or all(
        f"{file.rpartition('.')[0]}-text/" in links for file in files
    )
    return [] if is_told else [(criterion, "у записи нет расшифровки") for criterion in ("1.2.1", "1.2.3")]
