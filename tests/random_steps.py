"""What editors and programmers do to a newsroom from one build to the next, at random.

A step changes the state and says what it did, "" for nothing. Most leave the material sound; some
make faults, as people do, and then no build may publish anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.conftest import ROOT
from tests.random_headers import PAGE_HAS, PAGES, RELEASE, RELEASE_HAS, Make
from tests.random_newsroom import (
    MONTHS,
    PICTURES,
    QUICK,
    Chance,
    Fields,
    State,
    magazine,
    picture,
    release_url,
)

Step = Callable[[State, Chance], str]

TEMPLATES = (
    "article.html", "base.html", "index.html", "listing.html", "event.html", "withdrawn.html",
    "partials/footer.html", "components/release_card.html", "components/tag_list.html",
)  # fmt: skip
HOURS = (-24 * 40, -24 * 5, -24, -1, 1, 12, 24, 24 * 3, 24 * 20, 24 * 40)
_PLACE_IN_TEMPLATE = re.compile(r"\{% (?:block content|macro .*?) %\}|\A")


def newsroom(seed: int, releases: int = 14) -> tuple[State, Chance]:
    """A newsroom to begin with."""
    state, chance = State(), Chance(seed)
    state.settings = {"per_page": 2, "feed_items": 4, "extras": QUICK}
    state.terms = {
        "rubrics": {"gorod": {"title": "Город", "description": "Жизнь"}, "sport": {"title": "Спорт"}},
        "tags": {name: {"title": name.capitalize()} for name in ("zima", "mosty", "rynok")},
    }
    for folder in (*(f"releases/{month.replace('-', '/')}" for month in MONTHS), *PAGES):
        state.files |= {f"{folder}/{name}": picture(name, chance.number()) for name in PICTURES}
        state.files[f"{folder}/plan.txt"] = b"plan"
    for folder in ("departments", "departments", "events", "events", "broadcasts", "channels", "pages"):
        _add_page(folder, state, chance)
    for _ in range(releases):
        add_release(state, chance)
    for header in state.headers():
        header["links"] = []  # to begin with, none can lead nowhere
        header.pop("aliases", None)  # and no address is taken twice
    return state, chance


def change(state: State, chance: Chance) -> str:
    """One step; gives what it did."""
    steps, weights = zip(*STEPS.items(), strict=True)
    while True:
        (step,) = chance.random.choices(steps, weights)
        if done := step(state, chance):
            return f"{step.__name__} {done}"


# Releases.


def add_release(state: State, chance: Chance) -> str:
    date = chance.moment(chance.one(MONTHS))
    id = f"{date[:10]}-novost-{chance.number()}"
    names = list(RELEASE)
    named = names[:RELEASE_HAS] + chance.some(names[RELEASE_HAS:], 0.15)
    state.releases[id] = {name: RELEASE[name](state, chance, id) for name in named} | {"date": date}
    return id


def edit_release(state: State, chance: Chance) -> str:
    if not state.releases:
        return ""
    id = chance.one(state.releases)
    return f"{id} {_edit(state.releases[id], RELEASE, RELEASE_HAS, id, state, chance)}"


def link_release(state: State, chance: Chance) -> str:
    if not state.releases:
        return ""
    id = chance.one(state.releases)
    state.releases[id]["links"] = RELEASE["links"](state, chance, id)
    return f"{id} {state.releases[id]['links']}"


def set_status(state: State, chance: Chance) -> str:
    if not state.releases:
        return ""
    id, status = chance.one(state.releases), chance.one(("published", "draft", "withdrawn", "withdrawn"))
    if status != "published" and chance.likely(0.8):
        _forget(id, state)
    reason = "Так вышло" if status == "withdrawn" else ""
    state.releases[id] |= {"status": status, "withdrawal_reason": reason}
    return f"{id} {status}"


def delete_release(state: State, chance: Chance) -> str:
    if not state.releases:
        return ""
    id = chance.one(state.releases)
    if chance.likely(0.8):
        _forget(id, state)
    del state.releases[id]
    return id


def rename_release(state: State, chance: Chance) -> str:
    if not state.releases:
        return ""
    id = chance.one(state.releases)
    new = f"{id[:11]}imya-{chance.number()}"
    if chance.likely(0.8):
        _forget(id, state)
    header = state.releases.pop(id)
    if chance.likely(0.5):
        header["aliases"] = [*header.get("aliases", ()), release_url(id)]
    state.releases[new] = header
    return f"{id} → {new}"


def _edit(header: Fields, makes: dict[str, Make], has: int, id: str, state: State, chance: Chance) -> str:
    name = chance.one(makes)
    if name in list(makes)[has:] and header.pop(name, None) is not None:
        return f"without {name}"
    header[name] = makes[name](state, chance, id)
    return f"{name} {header[name]!r}"


def _forget(id: str, state: State) -> None:
    """Nothing names a release any more."""
    for header in state.headers():
        if "links" in header:
            header["links"] = [link for link in header["links"] if id[11:] not in link]
        if "releases" in header:
            header["releases"] = [other for other in header["releases"] if other != id]


# Everything else.


def add_page(state: State, chance: Chance) -> str:
    return _add_page(chance.one(PAGES), state, chance)


def edit_page(state: State, chance: Chance) -> str:
    if not state.pages:
        return ""
    file = chance.one(state.pages)
    folder = file.partition("/")[0]
    return f"{file} {_edit(state.pages[file], PAGES[folder], PAGE_HAS[folder], file, state, chance)}"


def delete_page(state: State, chance: Chance) -> str:
    if not state.pages:
        return ""
    file = chance.one(state.pages)
    del state.pages[file]
    state.files.pop(file.replace(".md", ".transcript.md"), None)
    for header in state.releases.values():
        if chance.likely(0.9):
            header["links"] = [link for link in header.get("links", ()) if Path(file).stem not in link]
            header["event"] = [event for event in header.get("event", ()) if event != Path(file).stem]
    return file


def change_file(state: State, chance: Chance) -> str:
    """Other bytes under the same name, or none any more."""
    file = chance.one(state.files)
    if chance.likely(0.15):
        del state.files[file]
        return f"without {file}"
    if file.endswith(PICTURES):
        state.files[file] = picture(Path(file).name, chance.number())
    elif file.endswith(".pdf"):
        state.files[file] = magazine(chance.random.randint(1, 2))
    else:
        state.files[file] = f"Сказано {chance.number() % 10}.\n".encode()
    return file


def _add_page(folder: str, state: State, chance: Chance) -> str:
    name = chance.one(("about", f"o-{chance.number()}")) if folder == "pages" else f"x-{chance.number()}"
    file, makes = f"{folder}/{name}.md", PAGES[folder]
    header = {field: makes[field](state, chance, file) for field in list(makes)[: PAGE_HAS[folder]]}
    if folder == "issues":
        state.files.setdefault("issues/nomer.pdf", magazine(1))
    if folder == "broadcasts" and chance.likely(0.5):
        transcript = file.replace(".md", ".transcript.md")
        header["transcript"] = Path(transcript).name
        state.files[transcript] = b"Said.\n"
    state.pages[file] = header
    return file


# Controlled lists.


def retitle_term(state: State, chance: Chance) -> str:
    kind = chance.one(state.terms)
    id = chance.one(state.terms[kind])
    name = chance.one(("title", "title", "description"))
    state.terms[kind][id][name] = chance.title()
    return f"{kind} {id} {name}"


def add_term(state: State, chance: Chance) -> str:
    kind, id = chance.one(("tags", "tags", "rubrics")), f"slovo-{chance.number()}"
    state.terms[kind] = {id: {"title": chance.title()}, **state.terms[kind]}
    return f"{kind} {id}"


def remove_term(state: State, chance: Chance) -> str:
    """Mostly a tag that no release is left with; else one that is in use: a fault."""
    id = chance.one(state.terms["tags"])
    if len(state.terms["tags"]) < 3:
        return ""
    if chance.likely(0.8):
        for header in state.releases.values():
            header["tags"] = [tag for tag in header["tags"] if tag != id]
        for header in state.headers():
            header["links"] = [link for link in header.get("links", ()) if id not in link]
    del state.terms["tags"][id]
    return id


def reorder_terms(state: State, chance: Chance) -> str:
    kind = chance.one(state.terms)
    ids = chance.random.sample(list(state.terms[kind]), len(state.terms[kind]))
    state.terms[kind] = {id: state.terms[kind][id] for id in ids}
    return f"{kind} {ids}"


# The hour, the theme, the settings.


def move_clock(state: State, chance: Chance) -> str:
    state.now += timedelta(
        hours=chance.one((-24 * 40, -24 * 5, -24, -1, 1, 12, 24, 24 * 3, 24 * 20, 24 * 40))
    )
    return state.now.isoformat()


def edit_template(state: State, chance: Chance) -> str:
    file = f"templates/{chance.one(TEMPLATES)}"
    before = state.theme.get(file, (ROOT / "theme" / file).read_bytes()).decode()
    note = f"<!-- {chance.number()} -->"
    state.theme[file] = _PLACE_IN_TEMPLATE.sub(lambda found: found[0] + note, before, count=1).encode()
    return file


def edit_theme_file(state: State, chance: Chance) -> str:
    number = chance.number()
    file, data = chance.one(
        {
            "static/css/main.css": f".n {{ order: {number} }}",
            "static/css/feed.css": f".n {{ order: {number} }}",
            "static/js/site.js": f"// {number}",
            f"static/{number}.svg": "<svg/>",
            "root/own.txt": f"{number}",
        }.items()
    )
    own = ROOT / "theme" / file
    before = state.theme.get(file, own.read_bytes() if own.exists() else b"")
    state.theme[file] = before + data.encode()
    return str(file)


def change_face(state: State, _: Chance) -> str:
    """The face of headlines is another one, or again what it was: cards are drawn with it."""
    file, other = (f"static/fonts/sofia-sans-condensed-{weight}.woff2" for weight in (800, 600))
    if state.theme.pop(file, None) is None:
        state.theme[file] = (ROOT / "theme" / other).read_bytes()
    return file


def restore_theme(state: State, chance: Chance) -> str:
    """One file is again what it was in the project's theme."""
    if not state.theme:
        return ""
    file = chance.one(state.theme)
    del state.theme[file]
    return str(file)


def change_setting(state: State, chance: Chance) -> str:
    name, value = chance.one(
        {
            "per_page": chance.random.randint(1, 4),
            "feed_items": chance.random.randint(1, 6),
            "name": f"Пресс-служба {chance.number()}",
            "zone": chance.one(("Asia/Irkutsk", "Europe/Moscow")),
            "extras": tuple(chance.some(QUICK, 0.7)),
            "navigation": (("Новости", "/news/"), ("О нас", "/about/")),
            "data_page": "/about/",
            "boilerplate": f"<p>{chance.number()}</p>",
        }.items()
    )
    state.settings[name] = value
    return f"{name} {value!r}"


def change_address(state: State, chance: Chance) -> str:
    state.url = chance.one(("https://news.example", "https://news.example/gorod", "https://other.example"))
    return state.url


STEPS: dict[Step, int] = {
    edit_release: 24, link_release: 6, add_release: 10, delete_release: 6, rename_release: 5, set_status: 7,
    add_page: 5, edit_page: 8, delete_page: 3, change_file: 8,
    retitle_term: 4, add_term: 2, remove_term: 2, reorder_terms: 1,
    move_clock: 8, edit_template: 3, edit_theme_file: 2, change_face: 1, restore_theme: 1,
    change_setting: 2, change_address: 1,
}  # fmt: skip
