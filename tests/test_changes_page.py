"""What a correction changed is shown from the history in git; what was never public is not."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from newsroom.build.git_history import GitHistory
from newsroom.publish.output_check import check_output
from tests.conftest import Built, TinySite
from tests.test_real_site import html_faults
from tests.writing import Repository, changes

URL = "/news/2024/05/katok/"
PAGE = f"{URL}changes/"
TIME = ("2024-05-10 09:30", "Уточнено время")
PLACE = ("2024-05-11 09:30", "Уточнено место")
HOUR = ("2024-05-12 09:30", "Уточнён час")
OUT = "2024-05-09 09:00"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that builds give to git from now on."""
    found: list[str] = []
    real = GitHistory._start

    def noted(self: GitHistory, *arguments: str, given: bytes = b"") -> CompletedProcess[bytes]:
        found.append(arguments[0])
        return real(self, *arguments, given=given)

    monkeypatch.setattr(GitHistory, "_start", noted)
    return found


def shown(repository: Repository) -> str:
    """The words of the page of differences, deleted ones as «-…-», added ones as «+…+»."""
    page = repository.built_as_clean().page(PAGE).main
    for hidden in page.select(".visually-hidden"):
        hidden.decompose()
    for mark, name in (("-", "del"), ("+", "ins")):
        for element in page.select(f".difference {name}"):
            element.string = f"{mark}{element.get_text()}{mark}"
    words = " ".join(element.get_text() for element in page.select("h2, h3, p"))
    return " ".join(words.split())


def corrected_once(repository: Repository) -> None:
    repository.release(OUT, "Приходите в 10:00 на площадь.\n\nЛёд готов.\n")
    repository.release(TIME[0], "Приходите в 11:00 на площадь.\n\nЛёд готов.\n", changes=changes(TIME))


def test_each_correction_shows_what_it_changed_word_by_word(repository: Repository) -> None:
    corrected_once(repository)
    repository.release(
        PLACE[0],
        "Приходите в 11:00 в парк.\n\nЛёд готов.\n",
        title="Город открыл каток в парке",
        changes=changes(TIME, PLACE),
    )
    words = shown(repository)
    place, time = words.split("Уточнено место")[1].split("Уточнено время")
    assert "Заголовок Город открыл каток +в парке+" in place
    assert "Приходите в 11:00 -на площадь- +в парк+." in place
    assert "Приходите в -10:00- +11:00+ на площадь." in time
    assert "Заголовок" not in time


def test_the_page_says_to_those_who_listen_what_was_added_and_deleted(repository: Repository) -> None:
    corrected_once(repository)
    page = repository.built().page(PAGE)
    assert ["удалено: 10:00 — конец удалённого"] == [
        each.get_text() for each in page.select(".difference del")
    ]
    assert ["добавлено: 11:00 — конец добавленного"] == [
        each.get_text() for each in page.select(".difference ins")
    ]
    assert "noindex" == page.find("meta", attrs={"name": "robots"})["content"]
    assert f"https://news.example{PAGE}" == page.find("link", rel="canonical")["href"]


@pytest.mark.slow
def test_the_pages_are_valid_html_and_every_address_on_them_leads_somewhere(
    repository: Repository, vnu: list[str]
) -> None:
    corrected_once(repository)
    repository.release(PLACE[0], "Приходите, «друзья» & <гости>!\n", changes=changes(TIME, PLACE, PLACE))
    built = repository.built()
    assert [] == html_faults(built.output, vnu)
    assert [] == check_output(built.output)


def test_the_release_leads_to_the_difference_of_each_correction(repository: Repository) -> None:
    corrected_once(repository)
    built = repository.built()
    (link,) = built.page(URL).select("#corrections a")
    assert f"{PAGE}#2024-05-10-0930" == link["href"]
    assert built.page(PAGE).find(id="2024-05-10-0930")
    assert PAGE not in "".join(built.text(f"/{path}") for path in built.files() if path.startswith("sitemap"))


def test_edits_without_a_note_belong_to_the_next_noted_one(repository: Repository) -> None:
    repository.release(OUT, "Приходите в десять.\n")
    repository.release("2024-05-09 15:00", "Приходите в одиннадцать.\n")
    repository.release(TIME[0], "Приходите в двенадцать.\n", changes=changes(TIME))
    assert "Приходите в -десять- +двенадцать+" in shown(repository)


NEVER_PUBLIC = "Тайна"
"""Stands in every text that readers never saw."""


def test_nothing_of_drafts_embargoes_and_faults_is_ever_shown(repository: Repository) -> None:
    text = f"{NEVER_PUBLIC}.\n"
    repository.release("2024-05-01 10:00", text, status="draft", title=NEVER_PUBLIC)
    repository.release("2024-05-02 10:00", text)  # published, but not due
    repository.release("2024-05-03 10:00", text, date="2024-05-31 10:00")
    repository.release(OUT, "Вышло вчера.\n")
    repository.release("2024-05-09 12:00", text, status="draft", changes=changes(TIME))
    repository.release("2024-05-09 13:00", text, date="2024-05-31 10:00", changes=changes(TIME))
    file = repository.site.content / "releases/2024/05/2024-05-09-katok.md"
    file.write_text(f"<<<<<<< HEAD\n{NEVER_PUBLIC}\n", "utf-8")
    repository.commit("2024-05-09 14:00")
    file.write_bytes("---\ntitle: Тайна".encode("cp1251"))
    repository.commit("2024-05-09 15:00")
    repository.release(TIME[0], "Вышло сегодня.\n", changes=changes(TIME))
    assert "Вышло -вчера- +сегодня+." in shown(repository)
    files = repository.built().files()
    assert [] == [path for path, data in files.items() if NEVER_PUBLIC.encode() in data]


def test_what_was_tried_on_a_branch_is_not_shown(repository: Repository) -> None:
    repository.release(OUT, "Вышло вчера.\n")
    repository.git("switch", "--quiet", "--create", "trial")
    repository.release("2024-05-10 08:00", f"{NEVER_PUBLIC}.\n", changes=changes(TIME))
    repository.release("2024-05-10 09:00", "Вышло сегодня.\n", changes=changes(TIME))
    repository.git("switch", "--quiet", "main")
    repository.git(
        "merge", "--quiet", "--no-ff", "--message", "Слито", "trial", when="2024-05-10T09:30+08:00"
    )
    words = shown(repository)
    assert "Вышло -вчера- +сегодня+." in words
    assert NEVER_PUBLIC not in words


def test_a_rename_before_publication_is_followed(repository: Repository) -> None:
    body = "Длинный текст, по которому файл узнаётся и под другим именем.\n" * 5
    repository.site.release("2024-05-08-led", body, date="2024-05-09 10:00")
    repository.commit("2024-05-08 10:00")
    folder = repository.site.content / "releases/2024/05"
    (folder / "2024-05-08-led.md").rename(folder / "2024-05-09-katok.md")
    repository.commit("2024-05-08 11:00")
    repository.release(TIME[0], body.replace("текст", "рассказ"), changes=changes(TIME))
    assert "Длинный -текст- +рассказ+, по которому" in shown(repository)


def test_a_release_renamed_after_publication_keeps_its_differences(repository: Repository) -> None:
    corrected_once(repository)
    folder = repository.site.content / "releases/2024/05"
    path = folder / "2024-05-09-katok.md"
    path.write_text(path.read_text("utf-8").replace("rubric:", f"aliases: [{URL}]\nrubric:"), "utf-8")
    path.rename(folder / "2024-05-09-led.md")
    uncommitted = repository.built_as_clean()
    assert not uncommitted.has("/news/2024/05/led/changes/")
    repository.commit("2024-05-12 10:00")
    built = repository.built_as_clean()
    assert built.page("/news/2024/05/led/changes/").find("del")
    assert built.page(URL).find("meta", attrs={"http-equiv": "refresh"})


PERSONAL = "Иванова"


@pytest.mark.parametrize("is_taken_out", [False, True])
def test_behind_a_hidden_correction_nothing_is_shown(repository: Repository, is_taken_out: bool) -> None:
    hidden = (PLACE[0],)
    corrected_once(repository)
    repository.release("2024-05-10 12:00", f"Приходите в 11:00. {PERSONAL} ждёт.\n", changes=changes(TIME))
    repository.release(PLACE[0], "Приходите в 11:00. Ждём.\n", changes=changes(TIME, PLACE, hidden=hidden))
    header = changes(TIME, HOUR) if is_taken_out else changes(TIME, PLACE, HOUR, hidden=hidden)
    repository.release(HOUR[0], "Приходите в 12:00. Ждём.\n", changes=header)
    built = repository.built_as_clean()
    assert [f"{PAGE}#2024-05-12-0930"] == [each["href"] for each in built.page(URL).select("#corrections a")]
    assert "Уточнено время" in built.text(URL)
    assert [] == [path for path, data in built.files().items() if PERSONAL.encode() in data]
    assert "-11:00- +12:00+" in shown(repository)


def leaks(repository: Repository) -> list[str]:
    files = repository.built_as_clean().files()
    return [path for path, data in files.items() if PERSONAL.encode() in data]


@pytest.mark.parametrize(
    ("then", "status"),
    [
        (changes(TIME), "published"),
        (changes((TIME[0], "Уточнён день")), "published"),
        (changes(("2024-05-10 12:00", TIME[1])), "published"),
        (None, "draft"),
    ],
    ids=["the flag lost", "reworded", "moved", "only in a draft"],
)
def test_what_was_hidden_once_stays_hidden(repository: Repository, then: str | None, status: str) -> None:
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт.\n")
    hiding = changes(TIME, hidden=(TIME[0],))
    repository.release(TIME[0], "Приходите.\n", changes=hiding, status=status)
    repository.release("2024-05-10 12:00", "Приходите в парк.\n", changes=then)
    kept = "" if then is None else f"{then[1:-1]}, "
    repository.release(HOUR[0], "Приходите в сад.\n", changes=f"[{kept}{changes(HOUR)[1:]}")
    assert [] == leaks(repository)
    assert "-парк- +сад+" in shown(repository)


@pytest.mark.parametrize(
    "correction",
    [
        "{date: 10.05.2024, note: Правка, difference: false}",
        "{date: 2024-05-10, note: Правка, difference: скрыть}",
    ],
)
def test_a_fault_in_a_hidden_correction_shows_nothing(repository: Repository, correction: str) -> None:
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт.\n")
    repository.release(TIME[0], "Приходите.\n", changes=f"[{correction}]")
    repository.release(PLACE[0], "Приходите в парк.\n", changes=changes(PLACE))
    assert [] == leaks(repository)


def test_the_flag_that_came_and_went_without_another_word_hides(repository: Repository) -> None:
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт.\n")
    for hour, hidden in (("09:30", ()), ("09:40", (TIME[0],)), ("09:50", ())):
        repository.release(f"2024-05-10 {hour}", "Приходите.\n", changes=changes(TIME, hidden=hidden))
    assert [] == leaks(repository)


@pytest.mark.parametrize("status", ["published", "draft"])
def test_what_is_hidden_may_be_taken_out_in_two_steps(repository: Repository, status: str) -> None:
    hiding = changes(TIME, hidden=(TIME[0],))
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт. Звоните {PERSONAL}.\n")
    repository.release(TIME[0], f"Приходите. Звоните {PERSONAL}.\n", changes=hiding)
    repository.release("2024-05-10 09:40", "Приходите.\n", changes=hiding, status=status)
    both = changes(TIME, PLACE, hidden=(TIME[0],))
    repository.release(PLACE[0], "Приходите в парк.\n", changes=both)
    assert [] == leaks(repository)
    all_three = changes(TIME, PLACE, HOUR, hidden=(TIME[0],))
    repository.release(HOUR[0], "Приходите в сад.\n", changes=all_three)
    assert [] == leaks(repository)
    assert "-парк- +сад+" in shown(repository)


def test_an_older_correction_hidden_later_hides_all_up_to_then(repository: Repository) -> None:
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт.\n")
    repository.release(TIME[0], f"Приходите днём. {PERSONAL} ждёт.\n", changes=changes(TIME))
    repository.release(PLACE[0], "Приходите днём.\n", changes=changes(TIME, PLACE, hidden=(TIME[0],)))
    assert [] == leaks(repository)


@pytest.mark.parametrize("how", ["withdrawn", "withdrawn without a date", "deleted"])
def test_what_was_taken_back_does_not_come_back_in_a_difference(repository: Repository, how: str) -> None:
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт.\n")
    file = repository.site.content / "releases/2024/05/2024-05-09-katok.md"
    if how == "deleted":
        file.unlink()
    else:
        reason = "withdrawal_reason: Решение суда"
        date = "date: 2024-05-09 10:00\n" if how == "withdrawn" else ""
        file.write_text(f"---\ntitle: Каток\n{date}status: withdrawn\n{reason}\n---\n", "utf-8")
    repository.commit("2024-05-10 08:00")
    repository.release(TIME[0], "Приходите.\n", changes=changes(TIME))
    assert [] == leaks(repository)
    repository.release(PLACE[0], "Приходите в парк.\n", changes=changes(TIME, PLACE))
    assert [] == leaks(repository)
    assert "-Приходите.- +Приходите в парк.+" in shown(repository)


def test_what_was_taken_back_and_came_back_as_it_was_hides(repository: Repository) -> None:
    repository.release(OUT, f"Приходите. {PERSONAL} ждёт.\n")
    repository.release(TIME[0], "Приходите.\n", changes=changes(TIME))
    repository.release("2024-05-10 12:00", "", status="withdrawn", withdrawal_reason="Решение суда")
    repository.release("2024-05-10 14:00", "Приходите.\n", changes=changes(TIME))
    assert [] == leaks(repository)


def test_a_text_that_came_to_the_main_line_with_the_next_one_is_not_shown(repository: Repository) -> None:
    repository.site.release("2024-05-01-drugoy")
    repository.commit("2024-05-01 10:00")
    repository.git("switch", "--quiet", "--create", "work")
    repository.release("2024-05-09 11:05", f"Приходите в девять. {PERSONAL} ждёт.\n")
    repository.release("2024-05-09 16:00", "Приходите в десять.\n")
    repository.git("switch", "--quiet", "main")
    repository.site.release("2024-05-02-tretiy")
    repository.commit("2024-05-09 12:00")
    repository.git("switch", "--quiet", "work")
    repository.git("rebase", "--quiet", "main", when="2024-05-09T17:00+08:00")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--ff-only", "work")
    repository.release(TIME[0], "Приходите в одиннадцать.\n", changes=changes(TIME))
    assert "-десять- +одиннадцать+" in shown(repository)
    assert [] == leaks(repository)


@pytest.mark.parametrize("status", ["published", "draft"])
def test_a_new_release_made_of_another_does_not_show_it(repository: Repository, status: str) -> None:
    common = "".join(f"Строка номер {number} обычного объявления о воде.\n\n" for number in range(20))
    repository.site.release("2024-05-03-drugoy", f"{common}{PERSONAL}.\n", date="2024-05-03 10:00")
    repository.commit("2024-05-03 09:30")
    (repository.site.content / "releases/2024/05/2024-05-03-drugoy.md").unlink()
    repository.release("2024-05-09 11:00", f"{common}Насос стар.\n", status=status)
    repository.release("2024-05-09 12:00", f"{common}Насос стар.\n")
    repository.release(TIME[0], f"{common}Насос нов.\n", changes=changes(TIME))
    assert [] == leaks(repository)
    assert "Насос -стар- +нов+" in shown(repository)


def test_a_withdrawn_release_has_no_differences(repository: Repository) -> None:
    corrected_once(repository)
    assert repository.built().has(PAGE)
    repository.release(PLACE[0], status="withdrawn", withdrawal_reason="Так", changes=changes(TIME))
    built = repository.built_as_clean()
    assert not built.has(PAGE)
    assert "Уточнено время" not in "".join(built.text(f"/corrections/{name}") for name in ("", "rss.xml"))


def test_a_correction_waits_for_its_hour_with_its_difference(repository: Repository) -> None:
    later = ("2024-06-02 10:00", "Уточнено завтра")
    corrected_once(repository)
    repository.release(PLACE[0], "Приходите в 12:00 на площадь.\n", changes=changes(TIME, later))
    assert "завтра" not in shown(repository)
    repository.site.now = "2024-06-02T10:00:00+08:00"
    assert "-11:00- +12:00+" in shown(repository).split("Уточнено завтра")[1]


def test_what_is_not_committed_yet_is_shown_in_a_preview(repository: Repository) -> None:
    corrected_once(repository)
    repository.site.release(body="Приходите в 12:00.\n", changes=changes(TIME, PLACE))
    assert "-11:00 на площадь- +12:00+" in shown(repository).split("Уточнено место")[1]
    before = but_of_the_commit(repository.built())
    repository.commit(PLACE[0])
    assert before == but_of_the_commit(repository.built_as_clean())


def but_of_the_commit(built: Built) -> dict[str, bytes]:
    """All files but those that name the commit."""
    naming = {"edition.json", "edition/verify.json", "verify/index.html", "verify/edition.css"}
    return {path: data for path, data in built.files().items() if path not in naming}


def test_an_edit_of_a_waiting_release_is_dated_by_its_commit(repository: Repository) -> None:
    """Before its hour the edit takes the place of what was there; after it, it corrects it."""
    repository.release("2024-05-20 10:00", "Приходите в 10:00.\n", date="2024-05-31 10:00")
    repository.site.now = "2024-05-30T12:00:00+08:00"
    repository.built()
    repository.site.release(body="Приходите в 11:00.\n", date="2024-05-31 10:00", changes=changes(TIME))
    repository.built_as_clean()
    repository.site.now = "2024-06-01T12:00:00+08:00"
    assert repository.built_as_clean().has(PAGE)  # as if it were written now
    repository.commit("2024-05-31 09:00")
    assert not repository.built_as_clean().has(PAGE)


def test_a_history_that_goes_on_changes_nothing_in_what_is_known(repository: Repository) -> None:
    corrected_once(repository)
    before = repository.built().text(PAGE)
    there = repository.site.content / "releases/2024/05/2024-05-09-katok.md"
    now = there.read_bytes()
    repository.release("2024-05-12 10:00", "Опечатка.\n", changes=changes(TIME))
    there.write_bytes(now)
    repository.commit("2024-05-12 11:00")
    assert before == repository.built_as_clean().text(PAGE)


def test_git_is_asked_only_when_a_release_with_corrections_is_read(
    repository: Repository, asked: list[str]
) -> None:
    repository.release(OUT)
    repository.built()
    assert [] == asked
    repository.release(TIME[0], "Лёд тонок.\n", changes=changes(TIME))
    repository.built()
    assert ["rev-parse", "rev-parse", "--literal-pathspecs", "--literal-pathspecs", "cat-file"] == asked
    asked.clear()
    repository.site.release("2024-05-20-drugoy")
    repository.commit("2024-05-20 10:00")
    repository.built()
    repository.built()
    assert [] == asked


def test_many_corrected_releases_cost_no_more_questions(repository: Repository, asked: list[str]) -> None:
    ids = [f"2024-05-{day:02}-katok-{day}" for day in range(1, 28)]
    for text, noted in (("Было.\n", None), ("Стало.\n", changes(("2024-05-30", "Правка")))):
        for id in ids:
            repository.site.release(id, text, changes=noted)
        repository.commit("2024-05-30 10:00" if noted else "2024-04-30 10:00")
    built = repository.built()
    assert len(asked) <= 4
    assert len(ids) == sum("/changes/" in path and path.startswith("news/") for path in built.files())


def test_outside_git_corrections_are_told_without_differences(site: TinySite, asked: list[str]) -> None:
    site.release(changes=changes(TIME))
    built = site.build()
    assert "Уточнено время" in built.page(URL).find(id="corrections").get_text()
    assert not built.has(PAGE)
    assert [] == asked


def test_a_folder_that_git_does_not_keep_has_no_history(repository: Repository, asked: list[str]) -> None:
    repository.site.release(changes=changes(TIME))
    assert not repository.built_as_clean().has(PAGE)  # not one commit yet
    (repository.site.folder / "notes.txt").write_text("Заметки", "utf-8")
    repository.git("add", "notes.txt")
    repository.git("commit", "--quiet", "--message", "Заметки")
    repository.site.release(body="Лёд тонок.\n", changes=changes(TIME))
    assert not repository.built_as_clean().has(PAGE)
    asked.clear()
    repository.built()
    assert [] == asked


def cloned(repository: Repository, *options: str) -> Repository:
    there = repository.site.folder / "clone"
    source = f"file://{repository.site.folder}"
    repository.git("clone", "--quiet", *options, source, str(there))
    return Repository(TinySite(there))


def test_a_shallow_clone_is_refused_and_can_be_mended(repository: Repository) -> None:
    corrected_once(repository)
    clone = cloned(repository, "--depth=1")
    (problem,) = clone.build().problems()
    assert problem.startswith("releases/2024/05/2024-05-09-katok.md: ")
    assert "git fetch --unshallow" in problem
    clone.git("fetch", "--quiet", "--unshallow")
    assert repository.built().text(PAGE) == clone.built_as_clean().text(PAGE)


def test_a_shallow_clone_without_corrections_is_as_good_as_any(repository: Repository) -> None:
    repository.release(OUT)
    repository.release("2024-05-10 10:00", "Лёд тонок.\n")
    cloned(repository, "--depth=1").built()


def test_without_git_the_build_says_what_to_do(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected_once(repository)
    monkeypatch.setenv("PATH", str(repository.site.folder))
    (problem,) = repository.build().problems()
    assert "git не запускается" in problem
    assert "установите git" in problem


def test_what_git_says_is_told(repository: Repository) -> None:
    corrected_once(repository)
    (repository.site.folder / ".git/HEAD").write_text("nonsense", "utf-8")
    (problem,) = repository.build().problems()
    assert "git не читает историю: fatal:" in problem


def test_the_settings_of_the_machine_change_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    corrected_once(repository)
    expected = repository.built().files()
    odd = tmp_path / "gitconfig"
    odd.write_text(
        "[diff]\nrenames = false\n[log]\nshowRoot = false\nshowSignature = true\nfollow = true\n"
        "[color]\nui = always\n[core]\nabbrev = 5\nquotePath = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(odd))
    monkeypatch.setenv("GIT_DIR", os.devnull)  # as in a hook of another repository
    repository.site.settings = {"CACHE_PATH": str(tmp_path / "other cache")}
    assert expected == repository.built().files()


def test_line_ends_of_another_system_are_no_edits(repository: Repository) -> None:
    corrected_once(repository)
    expected = repository.built().text(PAGE)
    path = repository.site.content / "releases/2024/05/2024-05-09-katok.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert expected == repository.built_as_clean().text(PAGE)


def test_a_correction_of_no_word_has_no_difference(repository: Repository) -> None:
    repository.release(OUT)
    repository.release(TIME[0], tags="[zima]", changes=changes(TIME))
    built = repository.built_as_clean()
    assert not built.has(PAGE)
    assert [] == built.page(URL).select("#corrections a")


def test_addresses_of_our_own_are_not_told_and_captions_are(repository: Repository) -> None:
    repository.site.picture("releases/2024/05/led.jpg")
    text = '[Афиша](https://a.example/1), [новости](/news/).\n\n![Лёд](led.jpg "Утро | И. Автор")\n'
    repository.release(OUT, text)
    mended = text.replace("/1", "/2").replace("/news/", "/rubrics/").replace("Утро", "Вечер")
    repository.release(TIME[0], mended, changes=changes(TIME))
    words = shown(repository)
    assert "-https://a.example/1- +https://a.example/2+" in words
    assert "-Утро- +Вечер+" in words
    assert "/rubrics/ " not in words
    assert "led.jpg" not in words
