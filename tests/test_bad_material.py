"""What cannot be published stops the build, says all that is wrong, and touches nothing."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from newsroom.content.folder import MEDIA_TYPES
from tests.conftest import TinySite
from tests.pdf_files import plain

FILE = "releases/2024/05/2024-05-09-katok.md"

HEADERS = {
    "no title": ({"title": None}, f"{FILE}:2: нет поля «title» — добавьте строку «title: …» в шапку"),
    "empty title": ({"title": ""}, f"{FILE}:2: поле «title» пустое — заполните его"),
    "empty date": (
        {"date": ""},
        f"{FILE}:3: поле «date»: дата не читается — пишите её так: 2024-05-09 или 2024-05-09 10:00",
    ),
    "no date": ({"date": None}, f"{FILE}:2: нет поля «date» — добавьте строку «date: …» в шапку"),
    "impossible date": (
        {"date": "2024-02-31"},
        f"{FILE}:3: поле «date»: такой даты не бывает: 2024-02-31 — проверьте число, месяц и час",
    ),
    "impossible hour": (
        {"date": "2024-02-01 25:00"},
        f"{FILE}:3: поле «date»: такой даты не бывает: 2024-02-01 25:00 — проверьте число, месяц и час",
    ),
    "date in words": (
        {"date": "9 мая"},
        f"{FILE}:3: поле «date»: дата не читается — пишите её так: 2024-05-09 или 2024-05-09 10:00",
    ),
    "unknown rubric": (
        {"rubric": "gorodd"},
        f"{FILE}:4: рубрики «gorodd» нет в списке — может быть, «gorod»?",
    ),
    "rubric by title": (
        {"rubric": "Спорт"},
        f"{FILE}:4: рубрики «Спорт» нет в списке — может быть, «sport»?",
    ),
    "unknown tag": (
        {"tags": "[zima, den-pobedi]"},
        f"{FILE}:7: темы «den-pobedi» нет в списке — может быть, «den-pobedy»?",
    ),
    "unknown tag, nothing near": (
        {"tags": "xyz"},
        f"{FILE}:7: темы «xyz» нет в списке — выберите из списка или сначала добавьте туда",
    ),
    "unknown department": (
        {"department": "pres"},
        f"{FILE}:5: подразделения «pres» нет в списке — может быть, «press»?",
    ),
    "unknown event": (
        {"event": "den-goroda"},
        f"{FILE}:7: события «den-goroda» нет в списке — выберите из списка или сначала добавьте туда",
    ),
    "unknown field": ({"rubrik": "gorod"}, f"{FILE}:7: неизвестное поле «rubrik» — может быть, «rubric»?"),
    "unknown status": (
        {"status": "publish"},
        f"{FILE}:7: в поле «status» стоит «publish» — возможно только: draft, published, withdrawn",
    ),
    "withdrawn without a reason": (
        {"status": "withdrawn"},
        f"{FILE}:7: поле «status»: релиз отозван, а причина не названа — напишите её в withdrawal_reason",
    ),
    "colon in a value": (
        {"title": "Итоги: год"},
        f"{FILE}:2: двоеточие внутри значения — возьмите значение в одинарные кавычки: '…'",
    ),
    "hash in a value": (
        {"title": "Дом # 5"},
        f"{FILE}:2: всё после знака # пропадёт — возьмите значение в одинарные кавычки: '…'",
    ),
    "value that begins with a bracket": (
        {"title": "[Срочно] Отключение"},
        (
            f"{FILE}:2: скобка [ или {{ не закрыта или открыта случайно — "
            "возьмите значение в одинарные кавычки: '…'"
        ),
    ),
    "quote not closed": (
        {"summary": "'Каток открыт"},
        f"{FILE}:6: кавычка не закрыта — закройте кавычку в конце значения",
    ),
    "field twice": (
        {"title": "Первый\ntitle: Второй"},
        f"{FILE}:3: поле «title» стоит дважды — оставьте одно: из двух значений прочлось бы только последнее",
    ),
    "missing main picture": (
        {"image": "{src: katok.jpg, alt: Каток}"},
        f"{FILE}:7: нет файла «katok.jpg» (картинка) — положите его рядом с текстом и проверьте имя",
    ),
    "picture without alt": (
        {"image": "{src: katok.jpg}"},
        f"{FILE}:7: нет поля «alt» — добавьте строку «alt: …» в шапку",
    ),
    "missing attachment": (
        {"attachments": "[{file: plan.pdf, title: План}]"},
        f"{FILE}:7: нет файла «plan.pdf» (вложение) — положите его рядом с текстом и проверьте имя",
    ),
    "file outside the material": (
        {"attachments": "[{file: ../../../../secret.txt, title: Тайна}]"},
        f"{FILE}:7: вложение «../../../../secret.txt» лежит не рядом с текстом — положите файл в ту же папку",
    ),
    "another month than in the file's name": (
        {"date": "2024-06-01"},
        (
            f"{FILE}:3: дата и имя файла из разных месяцев — "
            "исправьте дату; ещё не вышедший файл можно переименовать"
        ),
    ),
    "source as an attachment": (
        {"attachments": "[{file: 2024-05-09-katok.md, title: Исходник}]"},
        f"{FILE}:7: файл «2024-05-09-katok.md» нельзя выложить: вид «.md» — можно: "
        + ", ".join(sorted(MEDIA_TYPES)),
    ),
    "name that no file can have": (
        {"attachments": f"[{{file: {'я' * 300}.pdf, title: План}}]"},
        f"{FILE}:7: нет файла «{'я' * 300}.pdf» (вложение) — положите его рядом с текстом и проверьте имя",
    ),
    "phone in words": (
        {"contact": "{phone: позвоните нам}"},
        f"{FILE}:7: поле «phone»: это не телефон — пишите его цифрами: +7 3953 00-00-00",
    ),
    "e-mail without a host": (
        {"contact": "{email: press@}"},
        f"{FILE}:7: поле «email»: это не электронный адрес — пишите его так: press@example.ru",
    ),
    "control character behind an escape": (
        {"summary": '"Лёд\\x0bготов"'},
        f"{FILE}:6: управляющий символ U+000B — сотрите его",
    ),
    "quotes at the start of a value": (
        {"title": '"Каток" открыт'},
        f"{FILE}:2: значение начинается со служебного знака — возьмите значение в одинарные кавычки: '…'",
    ),
    "invisible character": (
        {"summary": "Лёд\u200bготов"},
        (
            f"{FILE}:6: управляющий символ U+200B — "
            "сотрите его: чаще всего он попадает в текст при вставке из Word или PDF"
        ),
    ),
    "hash in the second line of a value": (
        {"summary": "Каток\n  у дома # 5"},
        f"{FILE}:7: всё после знака # пропадёт — возьмите значение в одинарные кавычки: '…'",
    ),
    "alias that is no address": (
        {"aliases": "[http://old.example/1]"},
        (
            f"{FILE}:7: поле «aliases, 1-е»: это не адрес страницы сайта — "
            "пишите его от корня: /news/2024/05/den-pobedy/"
        ),
    ),
}

BODIES = {
    "link without an address": (
        "Раз.\n\n[Сюда]()\n",
        f"{FILE}:10: у ссылки нет адреса — впишите его в круглые скобки: [слова](адрес)",
    ),
    "address of a site without its scheme": (
        "[Город](bratsk-city.ru/news)\n",
        f"{FILE}:8: адрес «bratsk-city.ru/news» неполный — добавьте https:// в начало",
    ),
    "address of a page without its slash": (
        "[Каток](news/2024/05/katok/)\n",
        (
            f"{FILE}:8: адрес «news/2024/05/katok/» неполный — "
            "начните адрес страницы этого сайта с косой черты: /news/2024/05/katok/"
        ),
    ),
    "name longer than any folder's": (
        f"[План]({'я' * 200}/план.pdf)\n",
        (
            f"{FILE}:8: нет файла «{'я' * 200}/план.pdf» (вложение) — "
            "положите его рядом с текстом и проверьте имя"
        ),
    ),
    "missing picture": (
        "Текст.\n\n![Лёд](led.jpg)\n",
        f"{FILE}:10: нет файла «led.jpg» (картинка) — положите его рядом с текстом и проверьте имя",
    ),
    "picture from another site": (
        "![Лёд](https://other.example/led.jpg)\n",
        (
            f"{FILE}:8: картинка «https://other.example/led.jpg» лежит не рядом с текстом — "
            "сохраните её в папку релиза"
        ),
    ),
    "dead link to a page": (
        "Раз.\n\n[Ярмарка](/news/2024/05/yarmarka/)\n",
        f"{FILE}:10: ссылка никуда не ведёт: /news/2024/05/yarmarka/ — исправьте адрес или уберите ссылку",
    ),
    "dead link to a file": (
        "[Ярмарка](2024-05-10-yarmarka.md)\n",
        (
            f"{FILE}:8: ссылка на «2024-05-10-yarmarka.md», а такого файла нет — "
            "проверьте имя файла и путь к нему от этого текста"
        ),
    ),
    "footnote": (
        "Каток[^1].\n\n[^1]: Открыт вчера.\n",
        f"{FILE}:10: сноски не поддерживаются — напишите примечание в тексте или в конце его",
    ),
    "address without its scheme": (
        "[Сайт](www.bratsk.example)\n",
        f"{FILE}:8: адрес «www.bratsk.example» неполный — добавьте https:// в начало",
    ),
    "address of no host": (
        "[Сайт](https://[abc)\n",
        (
            f"{FILE}:8: адрес «https://[abc» не годится для ссылки — "
            "оставьте http://, https://, mailto: или tel:"
        ),
    ),
    "too many quotations inside one another": (
        ">" * 3000 + " раз\n",
        (f"{FILE}:8: слишком глубокая вложенность — уберите лишние знаки > и *: больше 20 уровней не бывает"),
    ),
    "file of other letters' case": (
        "[План](ПЛАН.PDF)\n",
        f"{FILE}:8: нет файла «ПЛАН.PDF» (вложение) — может быть, «План.pdf»?",
    ),
    "dead anchor": (
        "## Где\n\n[Там](#gdee)\n",
        f"{FILE}:10: на странице /news/2024/05/katok/ нет места «#gdee» — может быть, #gde?",
    ),
    "dead link by the full address": (
        "[Ярмарка](https://news.example/yarmarka/)\n",
        f"{FILE}:8: ссылка никуда не ведёт: /yarmarka/ — исправьте адрес или уберите ссылку",
    ),
    "two files of one address": (
        "[План](plan.pdf), [ещё план](План.pdf)\n",
        (
            f"{FILE}:8: у файлов «plan.pdf» и «План.pdf» один адрес на сайте: /news/2024/05/katok/plan.pdf — "
            "переименуйте один из них"
        ),
    ),
    "script in an address": (
        "[Каток](javascript:alert(1))\n",
        (
            f"{FILE}:8: адрес «javascript:alert(1)» не годится для ссылки — "
            "оставьте http://, https://, mailto: или tel:"
        ),
    ),
    "control character": (
        "Раз.\nДва\x0bтри.\n",
        (
            f"{FILE}:9: управляющий символ U+000B — "
            "сотрите его: чаще всего он попадает в текст при вставке из Word или PDF"
        ),
    ),
}

ALIASES = (
    "/../../escaped/",
    "/.git/config",
    "/edition.json",
    "/robots.txt",
    "/rss.xml",
    "/news",
    "/",
    "/a//b/",
)

STRAYS = {
    "capital ending": ("releases/2024/05/2024-05-10-katok.MD", "переименуйте в «2024-05-10-katok.md»"),
    "other ending": ("releases/2024/05/2024-05-10-katok.markdown", "переименуйте в «2024-05-10-katok.md»"),
    "ending added by a notepad": (
        "releases/2024/05/2024-05-10-katok.md.txt",
        "переименуйте в «2024-05-10-katok.md»",
    ),
    "transcript of nothing": (
        "broadcasts/efir.transcript.md",
        (
            "назовите её в поле transcript эфира или релиза, дайте ей имя файла, который она пересказывает "
            "(«skan.transcript.md» для «skan.pdf»), или уберите"
        ),
    ),
}

BYTES = {
    "no space after a colon": (
        "---\ntitle: Каток\ndate:2024-05-09 10:00\nrubric: gorod\n---\n",
        f"{FILE}:3: после двоеточия нет пробела — поставьте его: «поле: значение»",
    ),
    "no space after the first colon": (
        "---\ntitle:Каток\ndate: 2024-05-09\n---\n",
        f"{FILE}:2: после двоеточия нет пробела — поставьте его: «поле: значение»",
    ),
    "Windows-1251": (
        "---\ntitle: Каток\n---\n".encode("cp1251"),
        f"{FILE}:2: файл не в UTF-8 (похоже на Windows-1251) — сохраните его заново, выбрав кодировку UTF-8",
    ),
    "UTF-16": (
        "---\ntitle: Каток\n---\n".encode("utf-16"),
        f"{FILE}:1: файл не в UTF-8 (похоже на UTF-16) — сохраните его заново, выбрав кодировку UTF-8",
    ),
    "no header": (
        "Каток открыт.\n",
        f"{FILE}:1: нет шапки — начните файл строкой ---, за ней поля, за ними снова ---",
    ),
    "header not closed": ("---\ntitle: Каток\n", f"{FILE}:1: шапка не закрыта — закончите поля строкой ---"),
    "empty file": ("", f"{FILE}:1: нет шапки — начните файл строкой ---, за ней поля, за ними снова ---"),
    "anchors": (
        "---\ntags: &t [zima]\nevent: *t\n---\n",
        f"{FILE}:3: ссылки & и * в шапке не понимаются — повторите значение целиком",
    ),
}

NAMES = {
    "digits alone": (
        "releases/2024/05/2024-05-09-112.md",
        (
            "releases/2024/05/2024-05-09-112.md: из имени файла не выходит адрес страницы — "
            "назовите его строчными латинскими буквами, например «2024-05-09-reliz-112.md»"
        ),
    ),
    "day without its noughts": (
        "releases/2024/05/2024-5-9-katok.md",
        (
            "releases/2024/05/2024-5-9-katok.md: из имени файла не выходит адрес страницы — "
            "назовите его строчными латинскими буквами, например «2024-05-09-katok.md»"
        ),
    ),
    "Cyrillic name": (
        "releases/2024/05/2024-05-09-каток.md",
        (
            "releases/2024/05/2024-05-09-каток.md: из имени файла не выходит адрес страницы — "
            "назовите его строчными латинскими буквами, например «2024-05-09-katok.md»"
        ),
    ),
    "no date in the name": (
        "releases/2024/05/katok.md",
        (
            "releases/2024/05/katok.md: из имени файла не выходит адрес страницы — "
            "назовите его строчными латинскими буквами, например «ГГГГ-ММ-ДД-katok.md»"
        ),
    ),
    "impossible date in the name": (
        "releases/2024/04/2024-04-31-katok.md",
        (
            "releases/2024/04/2024-04-31-katok.md: в имени файла дата, какой не бывает — "
            "проверьте год, месяц и число"
        ),
    ),
    "foreign folder": (
        "novosti/2024-05-09-katok.md",
        (
            "novosti/2024-05-09-katok.md: файл лежит не в своей папке — "
            "перенесите его в одну из папок: "
            "releases, events, broadcasts, issues, departments, channels, pages"
        ),
    ),
}


@pytest.mark.parametrize(("header", "expected"), HEADERS.values(), ids=HEADERS)
def test_a_bad_header_is_told_at_its_line(site: TinySite, header: dict[str, str], expected: str) -> None:
    site.release(**header)
    built = site.build()
    assert (1, [expected]) == (built.status, built.problems())


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_a_bad_body_is_told_at_its_line(site: TinySite, body: str, expected: str) -> None:
    for name in ("plan.pdf", "План.pdf"):
        site.write(f"releases/2024/05/{name}", plain())
    site.release(body=body)
    built = site.build()
    assert (1, [expected]) == (built.status, built.problems())


@pytest.mark.parametrize(("data", "expected"), BYTES.values(), ids=BYTES)
def test_a_file_that_cannot_be_read_is_told(site: TinySite, data: str | bytes, expected: str) -> None:
    site.write(FILE, data)
    built = site.build()
    assert (1, [expected]) == (built.status, built.problems())


@pytest.mark.parametrize(("file", "expected"), NAMES.values(), ids=NAMES)
def test_a_bad_file_name_is_told_with_a_proper_one(site: TinySite, file: str, expected: str) -> None:
    site.write(file, "---\ntitle: Каток\n---\n")
    built = site.build()
    assert (1, [expected]) == (built.status, built.problems())


def test_two_files_with_one_address_are_both_named(site: TinySite) -> None:
    first = site.release("2024-05-09-katok")
    second = site.release("2024-05-10-katok")
    expected = f"{second}: адрес /news/2024/05/katok/ уже занят: {first}"
    (problem,) = site.build().problems()
    assert expected == problem.partition(" — ")[0]


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_that_is_no_page_is_told(site: TinySite, alias: str) -> None:
    site.release(aliases=f"['{alias}']")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{FILE}:7: поле «aliases, 1-е»: это не адрес страницы сайта — ")


@pytest.mark.parametrize(("file", "remedy"), STRAYS.values(), ids=STRAYS)
def test_a_file_that_would_be_passed_over_is_told(site: TinySite, file: str, remedy: str) -> None:
    site.release()
    site.write(file, "Текст.\n")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{file}: ")
    assert problem.endswith(f" — {remedy}")


@pytest.mark.parametrize("name", ["index.txt", "card.png"])
def test_a_file_with_the_name_of_one_of_the_sites_own_is_told(site: TinySite, name: str) -> None:
    site.release(attachments=f"[{{file: {name}, title: Файл}}]")
    site.picture(f"releases/2024/05/{name}")
    if name.endswith("png"):
        picture = site.content / f"releases/2024/05/{name}"
        Image.new("RGB", (20, 20)).save(picture, "PNG")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{FILE}: адрес /news/2024/05/katok/{name} уже занят: ")


@pytest.mark.parametrize("file", ["departments/other/press.md", "departments/a/b/press.md"])
def test_two_files_of_one_name_in_different_folders_are_told(site: TinySite, file: str) -> None:
    site.write(file, "---\ntitle: Другая пресс-служба\n---\n")
    site.release()
    (problem,) = site.build().problems()
    assert "адрес /departments/press/ уже занят: " in problem


def test_what_waits_for_its_hour_is_checked_today(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-07-01-a", date="2024-07-01", body="[Нет](/news/2024/05/net/)\n")
    site.release("2024-07-02-b", date="2024-07-02", aliases="[/news/2024/05/katok/]")
    assert [
        "releases/2024/07/2024-07-01-a.md:8: ссылка никуда не ведёт: /news/2024/05/net/",
        (
            "releases/2024/07/2024-07-02-b.md: адрес /news/2024/05/katok/ уже занят: "
            "releases/2024/05/2024-05-09-katok.md"
        ),
    ] == [problem.partition(" — ")[0] for problem in site.build().problems()]


def test_a_picture_broken_inside_is_told(site: TinySite) -> None:
    site.release(body="![Лёд](led.png)\n")
    buffer = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(buffer, "PNG")
    data = bytearray(buffer.getvalue())
    data[2000:2400] = bytes(400)
    site.write("releases/2024/05/led.png", bytes(data))
    built = site.build()
    (problem,) = built.problems()
    assert problem.startswith(f"{FILE}")
    assert "картинка «led.png»: " in problem
    assert {} == (built.files() if built.output.exists() else {})


def test_lists_are_not_missed_while_their_releases_have_problems(site: TinySite) -> None:
    site.release(
        "2024-05-09-katok", body="[Зима](/tags/zima/), [спорт](/rubrics/sport/), [май](/news/2024/05/)\n"
    )
    site.release("2024-05-10-zima", title=None, rubric="sport", tags="zima")
    assert ["releases/2024/05/2024-05-10-zima.md:2"] == [
        problem.partition(": ")[0] for problem in site.build().problems()
    ]


def write_broadcast(site: TinySite, *, transcript: str, start: str = "2024-05-03 18:00") -> None:
    header = f"title: Эфир\nstart: {start}\nstate: recorded\ntranscript: e.transcript.md"
    site.write("broadcasts/e.md", f"---\n{header}\n---\n")
    site.write("broadcasts/e.transcript.md", transcript)


def test_a_transcript_is_not_missed_by_a_broadcast_that_has_problems(site: TinySite) -> None:
    write_broadcast(site, start="когда-то", transcript="Добрый вечер.\n")
    (problem,) = site.build().problems()
    assert problem.startswith("broadcasts/e.md:3: ")


def test_a_dead_link_of_a_transcript_is_told_in_the_transcript(site: TinySite) -> None:
    write_broadcast(site, transcript="Добрый вечер.\n\n[Нет](/net/)\n")
    (problem,) = site.build().problems()
    assert problem.startswith("broadcasts/e.transcript.md:3: ссылка никуда не ведёт: /net/")


def test_what_a_transcript_names_in_vain_is_told_in_the_transcript(site: TinySite) -> None:
    write_broadcast(site, transcript="Добрый вечер.\n\n[План](plan.pdf)\n\n[^1]: Нет.\n")
    assert [
        "broadcasts/e.transcript.md:3: нет файла «plan.pdf» (вложение)",
        "broadcasts/e.transcript.md:5: сноски не поддерживаются",
    ] == [problem.partition(" — ")[0] for problem in site.build().problems()]


def test_each_of_two_equal_dead_links_is_told_at_its_own_line(site: TinySite) -> None:
    site.release(body="[Раз](/net/)\n\n[Два](/net/)\n\n![](a.jpg)\n\n![](a.jpg)\n")
    site.picture("releases/2024/05/a.jpg")
    told = [problem.partition(": ")[0] for problem in site.build().problems()]
    assert [f"{FILE}:{line}" for line in (12, 14)] == told
    site.release(body="[Раз](/net/)\n\n[Два](/net/)\n")
    told = [problem.partition(": ")[0] for problem in site.build().problems()]
    assert [f"{FILE}:{line}" for line in (8, 10)] == told


def test_an_alias_that_is_another_page_is_told(site: TinySite) -> None:
    site.release("2024-05-09-katok", aliases="[/news/2024/05/yarmarka/]")
    site.release("2024-05-10-yarmarka")
    (problem,) = site.build().problems()
    assert "адрес /news/2024/05/yarmarka/ уже занят" in problem


def test_a_broken_picture_is_told(site: TinySite) -> None:
    site.release(image="{src: katok.jpg, alt: Каток}")
    site.write("releases/2024/05/katok.jpg", b"\xff\xd8\xff not really")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{FILE}:7: картинка «katok.jpg»: ")


def test_a_magazine_that_is_no_pdf_is_told(site: TinySite) -> None:
    site.write("issues/nomer.md", "---\ntitle: Номер\nnumber: '1'\ndate: 2024-01-01\npdf: nomer.pdf\n---\n")
    site.write("issues/nomer.pdf", b"not a PDF")
    (problem,) = site.build().problems()
    assert problem.startswith("issues/nomer.md:5: файл «nomer.pdf»: ")


def test_all_problems_of_all_files_are_told_at_once(site: TinySite) -> None:
    site.release("2024-05-09-katok", title=None, rubric="gorodd", body="![](led.jpg)\n")
    site.release("2024-05-10-yarmarka", date="2024-13-01", body="[Каток](/news/2024/05/kat/)\n")
    site.write("rubrics.yaml", "gorod: {title: }\n")
    expected = [
        "releases/2024/05/2024-05-09-katok.md:2",
        "releases/2024/05/2024-05-09-katok.md:7",
        "releases/2024/05/2024-05-09-katok.md:7",
        "releases/2024/05/2024-05-10-yarmarka.md:3",
        "rubrics.yaml:1",
    ]
    assert expected == [problem.partition(": ")[0] for problem in site.build().problems()]


def test_a_link_to_a_file_with_problems_is_not_a_problem_of_its_own(site: TinySite) -> None:
    site.release("2024-05-09-katok", body="[Ярмарка](2024-05-10-yarmarka.md)\n")
    site.release("2024-05-10-yarmarka", title=None)
    assert ["releases/2024/05/2024-05-10-yarmarka.md:2"] == [
        problem.partition(": ")[0] for problem in site.build().problems()
    ]


def test_the_previous_edition_is_left_untouched(site: TinySite) -> None:
    site.release()
    before = site.build().files()
    site.release("2024-05-10-yarmarka", title=None)
    assert (1, before) == ((built := site.build()).status, built.files())


def test_a_folder_with_foreign_files_is_not_written_into(site: TinySite) -> None:
    site.release()
    site.output.mkdir()
    (site.output / "diploma.docx").write_text("my only copy")
    built = site.build()
    assert (1, {"diploma.docx": b"my only copy"}) == (built.status, built.files())


def test_an_unfinished_draft_stops_nothing(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-05-10-yarmarka", title=None, status="draft", rubric="gorodd", body="![](led.jpg)\n")
    built = site.build()
    assert (0, False) == (built.status, built.has("/news/2024/05/yarmarka/"))


CLASHING = {
    "a file and a folder of one name": {"2024-05-09-a": "[/x/y.html, /x/y.html/]"},
    "the site's own 404 as a folder": {"2024-05-09-a": "[/404.html/]"},
    "a page of the site as a folder": {"2024-05-09-a": "[/news/index.html/]"},
    "a file of one release in the way of another's folder": {
        "2024-05-09-a": "[/x/y.html]",
        "2024-05-10-b": "[/x/y.html/z/]",
    },
}


@pytest.mark.parametrize("name", CLASHING)
def test_a_former_address_in_the_way_of_a_folder_is_told(site: TinySite, name: str) -> None:
    for id, aliases in CLASHING[name].items():
        site.release(id, aliases=aliases)
    built = site.build()
    assert (1, True) == (built.status, all(" уже занят: " in told for told in built.problems()))
    assert built.problems()


def test_a_former_address_that_no_disk_can_hold_is_refused_before_its_hour(site: TinySite) -> None:
    site.release("2024-07-01-a", aliases=f"[/{'я' * 130}/]")
    (told,) = site.build().problems()
    assert "releases/2024/07/2024-07-01-a.md:7: поле «aliases, 1-е»: в адресе часть длиннее 200 байт" in told
