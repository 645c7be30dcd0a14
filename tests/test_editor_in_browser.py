"""A press officer at work: a real browser, the real preview, files that the real check takes."""

from __future__ import annotations

import difflib
import hashlib
import io
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from PIL import Image

from newsroom.content import front_matter
from newsroom.content.slugs import slug
from newsroom.publish.preview import Preview
from newsroom.publish.preview_server import PreviewServer
from tests.conftest import ROOT, VOCABULARY, TinySite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOW = "2024-06-01T12:00:00+08:00"
MONTH = "releases-2024-06"
YARMARKA_FILE = "releases/2024/05/2024-05-08-yarmarka.md"
YARMARKA = """\
---
# Ярмарка — каждый год; это примечание остаётся.
title: 'Ярмарка: "мёд" и яблоки'
date: 2024-05-08 10:00
rubric: gorod
department: press
summary: Ярмарка открыта.
tags: [yarmarka, zima]
figure:
  value: '125'
  label: прилавков
featured: да
---

Первый абзац.

- мёд
- яблоки

| Что | Сколько |
|---|---:|
| мёд | 1 |
"""


@dataclass
class Desk:
    """The preview with its editor, and what pages of it asked for beyond this machine."""

    site: TinySite
    url: str
    page: Any
    foreign: list[str]

    def open(self, place: str) -> None:
        """A place of the editor, loaded anew; whoever is not let in yet, enters."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}admin/#/collections/{place}")
        enter = self.page.get_by_role("button", name="Войти")
        shown = self.page.get_by_role("heading", name="Коллекции").or_(self.page.get_by_label("Заголовок"))
        enter.or_(shown).first.wait_for()
        if enter.is_visible():
            enter.click()

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option).click()

    def save(self) -> None:
        self.page.get_by_role("button", name="Сохранить").first.click()
        self.page.get_by_role("menuitem", name="Сохранить", exact=True).click()

    def type_after(self, text: str, more: str) -> None:
        """Type at the end of a line of the visual editor.

        It takes note of the cursor a moment after each move, a long one on a busy machine, and may then put
        the cursor back where it was. So the cursor is moved until it stays at the end.
        """
        self.page.get_by_text(text).click()
        self.page.wait_for_timeout(300)
        ended = "() => getSelection().anchorOffset === getSelection().anchorNode.data?.length"
        for _ in range(10):
            self.page.keyboard.press("End")
            self.page.wait_for_timeout(300)
            if self.page.evaluate(ended):
                break
        self.page.keyboard.type(more)

    def until(self, wanted: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until the preview has built what was written."""
        end = time.monotonic() + seconds
        while not wanted():
            assert time.monotonic() < end, "the preview did not build what was written"
            self.page.wait_for_timeout(100)

    def script(self, code: str, argument: object = None) -> Any:
        """The value of JavaScript within the editor's folder, where its modules can be imported."""
        self.page.goto(f"{self.url}admin/editor.css")
        return self.page.evaluate(code, argument)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TinySite, str]]:
    site = TinySite(tmp_path_factory.mktemp("desk"))
    for file, text in {**VOCABULARY, YARMARKA_FILE: YARMARKA}.items():
        site.write(file, text)
    site.output.mkdir()
    cache = f"CACHE_PATH={json.dumps(str(site.folder / 'cache'))}"
    command = (
        sys.executable, "-m", "newsroom", str(site.content), "--output", str(site.output),
        "--settings", "pelicanconf.py", "--extra-settings", cache,
    )  # fmt: skip
    with (
        pytest.MonkeyPatch.context() as patch,
        PreviewServer(site.output, content=site.content).running() as server,
    ):
        patch.setenv("NEWSROOM_NOW", NOW)
        preview = Preview(project=ROOT, content=site.content, build=command, url=server.url.rstrip("/"))
        watching = threading.Thread(target=preview.run, args=(server.news,))
        watching.start()
        try:
            server.news.wait(0, timeout=60)
            assert "" == server.news.failure
            yield site, server.url
        finally:
            preview.stop.set()
            watching.join(timeout=60)


@pytest.fixture
def desk(running: tuple[TinySite, str], browser: Any) -> Iterator[Desk]:
    site, url = running
    context = browser.new_context(viewport={"width": 1280, "height": 900}, timezone_id="Asia/Irkutsk")
    page = context.new_page()
    context.set_default_timeout(10_000)
    foreign: list[str] = []
    own = (url, f"blob:{url}", "data:", "about:")
    page.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(own) else None)
    yield Desk(site, url, page, foreign)
    context.close()
    assert [] == foreign


def picture(name: str = "Дети на льду.JPG", blue: int = 80) -> dict[str, Any]:
    buffer = io.BytesIO()
    Image.new("RGB", (1280, 720), (12, 60, blue)).save(buffer, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def uploaded_name(name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}"


def test_a_release_is_written_in_the_browser_and_the_site_shows_it(desk: Desk) -> None:
    page, site = desk.page, desk.site
    desk.open(f"{MONTH}/new")
    page.get_by_label("Заголовок").fill('Каток на площади: "объект" №1 открыт')
    page.get_by_label("День и час выхода").fill("2024-06-01T02:30")
    desk.choose("Рубрика", "Город")
    desk.choose("Кто выпустил", "Пресс-служба")
    page.get_by_label("О чём релиз").fill("Коротко: открыт.\nВсё # готово")
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type('Лёд готов: "настоящий".')
    page.get_by_text("…/katok-na-ploschadi-obyekt-1-otkryt/").wait_for()
    desk.choose("Состояние (можно не заполнять)", "вышел")
    page.get_by_role("button", name="Добавить: картинка").click()
    page.get_by_role("button", name="Выберите изображение").click()
    page.locator("input[type=file]").set_input_files(picture())
    page.get_by_role("button", name="Выбрать помеченные").click()
    page.get_by_label("Что видно на картинке").fill("Дети на льду")
    desk.save()
    page.get_by_text("Изменения сохранены").wait_for()

    folder = site.content / "releases/2024/06"
    name = "2024-06-01-katok-na-ploschadi-obyekt-1-otkryt"
    shot = uploaded_name("deti-na-ldu.jpg", picture()["buffer"])
    assert {f"{name}.md", shot} <= {path.name for path in folder.iterdir()}
    assert (folder / f"{name}.md").read_text("utf-8") == (
        "---\ntitle: 'Каток на площади: \"объект\" №1 открыт'\ndate: 2024-06-01 02:30\nrubric: gorod\n"
        "department: press\nsummary: 'Коротко: открыт. Всё # готово'\nstatus: published\n"
        f'image:\n  src: {shot}\n  alt: Дети на льду\n---\n\nЛёд готов: "настоящий".\n'
    )
    address = "news/2024/06/katok-na-ploschadi-obyekt-1-otkryt/"
    desk.until((site.output / address / "index.html").is_file)
    page.goto(f"{desk.url}admin/release.html?{name}")
    page.wait_for_url(f"{desk.url}{address}")
    shown = page.locator("main img").first
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.get_by_text("«настоящий»").is_visible()
    check(site)


def test_a_picture_of_a_name_that_is_taken_leaves_the_other_release_its_own(desk: Desk) -> None:
    page, folder = desk.page, desk.site.content / "releases/2024/06"
    other, same = picture("Снимок.jpg", blue=120), picture("Снимок.jpg", blue=250)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / uploaded_name("snimok.jpg", same["buffer"])
    kept.write_bytes(same["buffer"])
    before = {path: path.read_bytes() for path in folder.iterdir()}
    asked: list[str] = []

    def agree(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", agree)
    desk.open(f"{MONTH}/new")
    page.get_by_role("button", name="Добавить: картинка").click()
    for chosen, blue in ((other, 120), (same, 250)):
        page.get_by_role("button", name=re.compile("^Выб[а-я]+ (другое )?изображение")).first.click()
        page.locator("input[type=file]").set_input_files(chosen)
        page.get_by_role("button", name="Выбрать помеченные").click()
        desk.until(partial(_is_as_blue, page.locator("img.picture-shown"), blue))
    assert before == {path: path.read_bytes() for path in folder.iterdir()}
    assert [] == asked


def _is_as_blue(shown: Any, blue: int) -> bool:
    return bool(shown.count() == 1 and abs(shown.evaluate(BLUE) - blue) < 10)


BLUE = """
(image) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data[2];
}
"""


def test_a_page_that_was_opened_before_a_colleague_saved_does_not_write_over_it(desk: Desk) -> None:
    file = desk.site.content / "releases/2024/05/2024-05-07-lyod.md"
    desk.site.write("releases/2024/05/2024-05-07-lyod.md", YARMARKA.replace("05-08", "05-07"))
    desk.open("releases-2024-05/entries/2024-05-07-lyod")
    title = desk.page.get_by_label("Заголовок")
    for times in (1, 2):  # one's own saving is no colleague's
        title.press("End")
        title.press_sequentially("!")
        desk.save()
        wanted = f"яблоки{'!' * times}'"
        desk.until(partial(lambda wanted: wanted in file.read_text("utf-8"), wanted))
        desk.page.get_by_text("Изменения сохранены").wait_for()
        desk.page.wait_for_timeout(300)  # the toolbar of before the saving goes
    title.press("End")
    title.press_sequentially("?")
    theirs = file.read_text("utf-8").replace("Первый абзац.", "Правка коллеги.")
    file.write_text(theirs, "utf-8")
    desk.save()
    desk.page.get_by_text("изменился, пока вы писали").wait_for()
    assert theirs == file.read_text("utf-8")


def test_a_correction_that_is_empty_yet_is_told_in_russian(desk: Desk) -> None:
    desk.open(f"{MONTH}/new")
    desk.page.get_by_role("button", name="Добавить: исправление").click()
    desk.page.get_by_text("пока не заполнено").wait_for(state="attached")  # shown when the row is folded
    assert "No date" not in desk.page.locator("body").text_content()


def check(site: TinySite) -> None:
    """What `invoke check` does; raises NewsroomError with all that is wrong."""
    TinySite(site.folder, now=NOW, settings={"CACHE_PATH": str(site.folder / "checked")})._pelican().read()


def test_only_what_was_changed_differs_in_the_file(desk: Desk) -> None:
    file = desk.site.content / YARMARKA_FILE
    before = file.read_text("utf-8")
    desk.open("releases-2024-05/entries/2024-05-08-yarmarka")
    desk.page.get_by_label("Заголовок").fill("Ярмарка закрыта")
    desk.type_after("Первый абзац.", " И второй.")
    desk.save()
    desk.page.get_by_text("Изменения сохранены").wait_for()
    assert [
        "-title: 'Ярмарка: \"мёд\" и яблоки'", "+title: Ярмарка закрыта",
        "-Первый абзац.", "+Первый абзац. И второй.",
    ] == differing(before, file.read_text("utf-8"))  # fmt: skip


def test_what_is_missing_is_told_in_russian_and_a_telephone_is_wide_enough(desk: Desk) -> None:
    desk.open(f"{MONTH}/new")
    before = set(desk.site.content.rglob("*"))
    desk.page.get_by_label("День и час выхода").fill("2024-07-01T10:00")
    desk.save()
    for told in (
        "Заголовок: заполните это поле.",
        "Рубрика: заполните это поле.",
        "в том же месяце: 2024-06",
    ):
        desk.page.get_by_text(told).first.wait_for()
    assert before == set(desk.site.content.rglob("*"))
    desk.page.set_viewport_size({"width": 360, "height": 740})
    assert 360 == desk.page.evaluate("document.documentElement.scrollWidth")


READ_AND_WRITE = """
async ({ cases, kinds }) => {
  await new Promise((done) => {
    const script = document.createElement("script");
    script.src = "/admin/js-yaml.min.js";
    script.onload = done;
    document.head.append(script);
  });
  const { headerFormat } = await import("/admin/header.js");
  return cases.map(([kind, text, changes]) => {
    const format = headerFormat(window.jsyaml, kinds[kind]);
    return format.toFile({ ...format.fromFile(text), ...changes });
  });
}
"""


Case = tuple[str, str, dict[str, object]]
"""A type, the text of a file of it, and what is changed of its fields."""


def rewritten(desk: Desk, cases: list[Case]) -> list[str]:
    """The files as the editor writes them."""
    kinds = json.loads((desk.site.output / "admin/config.json").read_text("utf-8"))["kinds"]
    found: list[str] = desk.script(READ_AND_WRITE, {"cases": cases, "kinds": kinds})
    return found


def differing(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def test_every_file_of_the_city_comes_back_letter_by_letter(desk: Desk) -> None:
    material = ROOT / "content"
    files = [path for path in sorted(material.rglob("*.md")) if not path.name.endswith(".transcript.md")]
    texts = [(path.relative_to(material).parts[0], path.read_text("utf-8")) for path in files]
    assert [text for _, text in texts] == rewritten(desk, [(*text, {}) for text in texts])
    changed = rewritten(desk, [(*text, {"title": "Новый заголовок"}) for text in texts])
    for (_, before), after in zip(texts, changed, strict=True):
        assert "+title: Новый заголовок" == differing(before, after)[1]
        assert 2 == len(differing(before, after))


AWKWARD = [
    "Итоги: год", "'В кавычках' и после", '"Так" тоже', "- тире", "# решётка", "а # б", "[скобка", "{а}",
    "да", "12:30", "no", "0012", "null", "~", "@a", "%", "&якорь", "*звезда", "!знак", "|", "> больше",
    "вопрос?", ": двоеточие", "конец:", "два  пробела", "таб\tв середине", "2024-05-09", "эмодзи 🎉",
    "обратная \\ черта", "`", "---", "...", "a: b: c", "it's", "'", "''", '"', "\u00a0неразрывный", "1e3",
    "0x1F", "=", "<<", "false",
]  # fmt: skip


def test_whatever_is_typed_the_reader_reads_the_same(desk: Desk) -> None:
    images = [[{"src": "a.jpg", "alt": typed}] for typed in AWKWARD]
    cases: list[Case] = [
        ("releases", YARMARKA, {"title": typed, "image": image})
        for typed, image in zip(AWKWARD, images, strict=True)
    ]
    for typed, text in zip(AWKWARD, rewritten(desk, cases), strict=True):
        header = front_matter.split(text, "a.md").header
        assert (typed.strip(), {"src": "a.jpg", "alt": typed.strip()}) == (header["title"], header["image"])


CHANGES: list[tuple[dict[str, object], list[str]]] = [
    ({"tags": []}, ["-tags: [yarmarka, zima]"]),
    ({"tags": ["zima"]}, ["-tags: [yarmarka, zima]", "+tags:", "+  - zima"]),
    ({"figure": []}, ["-figure:", "-  value: '125'", "-  label: прилавков"]),
    ({"featured": False}, ["-featured: да"]),
    ({"featured": True}, []),
    ({"status": "draft", "event": None, "aliases": [], "contact": [{}]}, ["+status: draft"]),
    ({"summary": "Раз\u200b.\nДва."}, ["-summary: Ярмарка открыта.", "+summary: Раз. Два."]),
    (
        {"changes": [{"date": "2024-05-09 09:00", "note": "Час: другой"}]},
        ["+changes:", "+  - date: 2024-05-09 09:00", "+    note: 'Час: другой'"],
    ),
]


def test_a_changed_field_is_written_in_its_place_and_an_empty_one_is_not(desk: Desk) -> None:
    texts = rewritten(desk, [("releases", YARMARKA, changes) for changes, _ in CHANGES])
    for (_, lines), text in zip(CHANGES, texts, strict=True):
        assert lines == differing(YARMARKA, text)
        front_matter.split(text, "a.md")


GALLERY = """\
gallery:
  author: А. Автор  # в кавычках не нуждается
  pictures:
    - led.jpg: Лёд на площади
      caption: Первый день
    - src: zal.jpg
      alt: Зал без зрителей
    - 'most 1.jpg': 'Мост: вид с берега'
"""


def test_a_picture_of_a_gallery_is_a_line_of_the_file_and_a_row_of_the_editor(desk: Desk) -> None:
    before = YARMARKA.replace("featured: да\n", f"featured: да\n{GALLERY}")
    assert before != YARMARKA
    rows = [
        {"src": "led.jpg", "alt": "Лёд на площади", "caption": "Первый день"},
        {"src": "zal.jpg", "alt": "Зал без зрителей"},
        {"src": "most 1.jpg", "alt": "Мост: вид с берега"},
    ]
    more: dict[str, object] = {"src": "gorka.jpg", "alt": "Горка", "author": ""}
    same, longer = rewritten(
        desk,
        [
            ("releases", before, {"gallery": [{"author": "А. Автор  ", "pictures": rows}]}),
            ("releases", before, {"gallery": [{"author": "А. Автор", "pictures": [*rows[1:], more]}]}),
        ],
    )
    assert before == same
    assert {
        "author": "А. Автор",
        "pictures": [
            {"zal.jpg": "Зал без зрителей"},
            {"most 1.jpg": "Мост: вид с берега"},
            {"gorka.jpg": "Горка"},
        ],
    } == front_matter.split(longer, "a.md").header["gallery"]


def test_a_file_whose_header_cannot_be_read_is_not_written_over(desk: Desk) -> None:
    for broken in ("без шапки", "---\ntitle: [\n---\n", "---\n- список\n---\n"):
        with pytest.raises(Exception, match="Шапка файла не читается"):
            rewritten(desk, [("releases", broken, {})])


SLUGS = """
async ([scheme, titles]) => {
  const { transliteration } = await import("/admin/transliteration.js");
  return titles.map(transliteration(scheme));
}
"""


def test_addresses_are_made_as_everywhere_else(desk: Desk) -> None:
    codes = (*range(0x21, 0x7F), *range(0xA0, 0x180), *range(0x400, 0x460))
    letters = [chr(code) for code in codes]
    pairs = [f"к{first}{second} " for first in "иыцёьътй" for second in "аеёийоуэюяцсктб"]
    titles = [
        *letters, *pairs, "".join(pairs), "Братская пятилетка: объезд №1 для юных", "Ёлки-палки, съёмка",
        "Подъёмный новый день синий", "ий", "кий", "Кафе\u0301 «Уют»", "и\u0306од", "½ ﬁ Ⅷ", "🎉",
        "слово " * 40, "сверхдлинноеслово" * 20,
    ]  # fmt: skip
    scheme = json.loads((desk.site.output / "admin/config.json").read_text("utf-8"))["scheme"]
    for title, found in zip(titles, desk.script(SLUGS, [scheme, titles]), strict=True):
        assert python_slug(title) == found, title


def python_slug(title: str) -> str:
    try:
        return slug(title)
    except ValueError:
        return ""


BODIES = """
async (pairs) => {
  const { respelt } = await import("/admin/body.js");
  return pairs.map(([before, now]) => respelt(before, now));
}
"""


SPELLINGS = [
    ("- а\n- б", "* а\n* б", "- а\n- б"),
    ("- а\n- б", "* а\n* в", "- а\n- в"),
    (
        "| А | Б |\n|---|---:|\n| 1 | 2 |",
        "| А   | Б   |\n| --- | --- |\n| 1   | 2   |",
        "| А | Б |\n|---|---:|\n| 1 | 2 |",
    ),
    (
        "| А | Б |\n|---|---:|\n| 1 | 2 |",
        "| А   | Б   |\n| --- | --- |\n| 1   | 3   |",
        "| А | Б |\n|---|---:|\n| 1 | 3 |",
    ),
    ("", "| А   |\n| --- |\n| 1   |", "| А |\n|---|\n| 1 |"),
    ("а\n\n\n\nб", "а\n\n\n\nб", "а\n\n\n\nб"),
    ("*важно*", "\\*важно\\*", "\\*важно\\*"),
    ("5 * 3", "5 * 3 и * ещё", "5 * 3 и * ещё"),
]
"""The text before, as the visual editor gives it back, as it goes into the file."""


def test_what_the_visual_editor_only_spells_another_way_stays(desk: Desk) -> None:
    found = desk.script(BODIES, [pair[:2] for pair in SPELLINGS])
    assert [expected for *_, expected in SPELLINGS] == found


PICTURES = """
async (blocks) => {
  const { picture } = await import("/admin/picture.js");
  return blocks.map((block) => picture.toBlock(picture.fromBlock(picture.pattern.exec(block))));
}
"""


def test_a_picture_in_the_text_keeps_its_caption_and_author(desk: Desk) -> None:
    blocks = [
        "![Дети](a.jpg)", '![Дети](a.jpg "Подпись")', '![Дети](a.jpg "| Автор")',
        '![Дети](a.jpg "Подпись | Автор")', '![Дети](a.jpg "Фильм \\"Лёд\\" | Автор")',
    ]  # fmt: skip
    assert blocks == desk.script(PICTURES, blocks)
