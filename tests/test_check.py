"""``python -m newsroom.check`` tells what a build would refuse, and what the rules say of the texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsroom.check.__main__ import main
from newsroom.check.rule import Remark
from newsroom.problems import Problem
from tests.conftest import TinySite
from tests.deploying import git, no_settings_of_this_machine

__all__ = ["no_settings_of_this_machine"]

SETTINGS = """
from pelicanconf import *

NEWSROOM = {{**NEWSROOM, "now": "2024-06-01T12:00+08:00", "id_authority": "news.example"}}
SITEURL = "https://news.example"
OUTPUT_PATH, CACHE_PATH = "{folder}/output", "{folder}/cache"
"""

TWICE = "Вход на на каток.\n"
NOWHERE = "Каток «Лёд открыт.\n"


def check(site: TinySite, tmp_path: Path, *options: str) -> int:
    (tmp_path / "settings.py").write_text(SETTINGS.format(folder=tmp_path), "utf-8")
    return main([str(site.content), "--settings", str(tmp_path / "settings.py"), *options])


@pytest.fixture
def told(site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the check; what it says as (file, line, severity, rule), the file as it is named in ``content``."""

    def run(*options: str) -> list[tuple[str, int, str, str]]:
        capsys.readouterr()
        check(site, tmp_path, "--format", "json", *options)
        return [
            (Path(one["file"]).name, one["line"], one["severity"], one["rule"])
            for one in json.loads(capsys.readouterr().out)
        ]

    return run


def committed(site: TinySite) -> None:
    """All of the material is in a repository, with one commit more."""
    if not (site.folder / ".git").exists():
        git(site.folder, "init", "--quiet", "--initial-branch", "main")
    git(site.folder, "add", "--all", "content")
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    git(site.folder, *who, "commit", "--quiet", "--allow-empty", "--message", "a")


def test_sound_material_is_counted_and_nothing_is_built(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-07-01-yarmarka", date="2024-07-01 10:00")
    assert 0 == check(site, tmp_path)
    assert "Ошибок нет: 1 релиз к публикации.\n" == capsys.readouterr().out.replace("\xa0", " ")
    assert not (tmp_path / "output").exists()


def test_drafts_are_named_with_what_they_lack_and_stop_nothing(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-09-katok")
    draft = site.release("2024-05-10-chernovik", NOWHERE, status="draft", rubric=None)
    assert 0 == check(site, tmp_path)
    said = capsys.readouterr().out
    assert f"{draft}:2: до выхода: нет поля «rubric»" in said
    assert f"{draft}:8: до выхода: кавычка « открыта" in said
    assert f"{draft}: черновик, на сайт не попадёт" in said


def test_problems_of_a_build_are_told_a_line_each_with_a_status_of_one(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site.release("2024-05-09-katok", tags="net-takoy", body="[Куда](/nikuda/)\n")
    assert 1 == check(site, tmp_path)
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert f"{file}:7: ошибка: темы «net-takoy» нет в списке" in said
    assert "Найдено: 1 ошибка." in said


def test_an_error_of_a_rule_stops_and_a_warning_does_not(site: TinySite, tmp_path: Path) -> None:
    site.release("2024-05-09-katok", TWICE)
    assert 0 == check(site, tmp_path)
    site.release("2024-05-10-katok", NOWHERE)
    assert 1 == check(site, tmp_path)


def test_what_is_wrong_stands_over_its_line_with_a_mark_below(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = site.release("2024-05-09-katok", f"Лёд готов.\n\n{TWICE}{NOWHERE}")
    check(site, tmp_path)
    assert [
        f"content/{file}:10: замечание: слово дважды: «на на» — уберите лишнее [doubled-word]",
        "    Вход на на каток.",
        "         ^",
        (
            f"content/{file}:11: ошибка: кавычка « открыта и нигде не закрыта — "
            "поставьте », где кончаются эти слова [quotation-open]"
        ),
        "    Каток «Лёд открыт.",
        "          ^",
        "Найдено: 1 ошибка, 1 замечание.",
    ] == capsys.readouterr().out.replace("\xa0", " ").splitlines()


def test_of_a_long_paragraph_what_a_terminal_holds_is_shown(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-09-katok", f"{'Лёд готов, ' * 30}вход на на каток {'и коньки ' * 30}\n")
    check(site, tmp_path)
    _, shown, mark, *_ = capsys.readouterr().out.splitlines()
    assert 80 == len(shown)
    assert ("…", "…") == (shown[4], shown[-1])
    assert "на на каток" == shown[mark.index("^") :][:11]


def test_a_file_with_a_broken_header_is_said_not_to_be_looked_at(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("pages/o-katke.md", "---\ntitle: О катке\n\nЛёд лёд.\n")
    assert 1 == check(site, tmp_path)
    assert "не просмотрено: 1 файл с нечитаемой шапкой" in capsys.readouterr().out.replace("\xa0", " ")


def test_a_link_of_the_disk_to_nowhere_is_named_as_it_can_be_found(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site.release("2024-05-09-katok")
    (site.content / "pages").mkdir(exist_ok=True)
    (site.content / "pages/o-katke.md").symlink_to(tmp_path / "nowhere.md")
    assert 1 == check(site, tmp_path)
    assert "content/pages/o-katke.md: ошибка: " in capsys.readouterr().out


def test_of_a_list_nothing_is_said_that_only_a_header_has(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("check/officials.yaml", "officials:\n  - surname: Примеров\n    imya: Иван\n")
    site.write("check/foreign-words.yaml", "кейс: [\n")
    assert 1 == check(site, tmp_path)
    said = capsys.readouterr().out
    assert "нет поля «titles» — добавьте строку «titles: …»\n" in said
    assert "уберите его; все поля — в начале файла" in said
    assert "шапк" not in said


def test_of_a_withdrawn_release_only_its_notice_is_looked_at(site: TinySite, told: Any) -> None:
    withdrawn = {"status": "withdrawn", "withdrawal_reason": "Событие событие отменено"}
    site.release("2024-05-09-katok", "СНИЛС 112-233-445 95.\n", **withdrawn)
    assert [("2024-05-09-katok.md", 8, "warning", "doubled-word")] == told()


def test_a_transcript_is_looked_at_too(site: TinySite, told: Any) -> None:
    header = "title: Эфир\nstart: 2024-05-09 10:00\nstate: recorded\ntranscript: efir.transcript.md\n"
    site.write("broadcasts/2024/efir.md", f"---\n{header}---\n")
    site.write("broadcasts/2024/efir.transcript.md", TWICE)
    assert [("efir.transcript.md", 1, "warning", "doubled-word")] == told()


def test_only_what_changed_since_the_last_commit_is_looked_at(
    site: TinySite, told: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in (1, 2, 3):
        site.release(f"2024-05-0{day}-katok-{day}", TWICE)
    committed(site)
    assert [] == told()
    site.release("2024-05-02-katok-2", f"Лёд. {TWICE}")
    site.release("2024-05-04-katok-4", TWICE)
    site.release("2024-05-05-katok-5", TWICE)
    git(site.folder, "add", "content/releases/2024/05/2024-05-05-katok-5.md")
    expected = [f"2024-05-0{day}-katok-{day}.md" for day in (2, 4, 5)]
    assert expected == [file for file, *_ in told()]
    check(site, tmp_path)
    assert "По правилам просмотрено: 3 изменённых файла; всё" in capsys.readouterr().out.replace("\xa0", " ")
    assert 5 == len(told("--all"))


def test_a_hook_of_git_finds_what_changed_too(
    site: TinySite, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.release("2024-05-01-odin", TWICE)
    committed(site)
    site.release("2024-05-02-dva", TWICE)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index.lock")
    assert ["2024-05-02-dva.md"] == [file for file, *_ in told()]


def test_outside_git_everything_is_looked_at(
    site: TinySite, told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.release("2024-05-01-odin", TWICE)
    committed(site)
    assert [] == told()
    monkeypatch.setenv("PATH", str(tmp_path))  # no git at all
    assert ["2024-05-01-odin.md"] == [file for file, *_ in told()]


def test_what_a_build_would_refuse_is_told_of_unchanged_files_too(site: TinySite, told: Any) -> None:
    site.release(body="[Куда](/nikuda/)\n")
    committed(site)
    assert [("2024-05-09-katok.md", 8, "error", "build")] == told()


def test_a_changed_picture_is_a_change_of_the_texts_that_name_it(site: TinySite, told: Any) -> None:
    for id in ("2024-05-09-katok", "2024-05-10-yarmarka"):
        site.picture(f"releases/2024/05/{id}.jpg", (1600, 900))
        site.release(id, f"![Вид на лёд]({id}.jpg)\n")
    committed(site)
    site.picture("releases/2024/05/2024-05-10-yarmarka.jpg", (640, 360))
    assert [("2024-05-10-yarmarka.md", 8, "warning", "picture-small")] == told()


def test_in_ci_all_is_looked_at_that_changed_since_a_branch_was_left(
    site: TinySite, told: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-01-staroe", TWICE)
    committed(site)
    git(site.folder, "checkout", "--quiet", "-b", "pravka")
    site.release("2024-05-02-pervoe", TWICE)
    committed(site)
    site.release("2024-05-03-vtoroe", TWICE)
    committed(site)
    git(site.folder, "checkout", "--quiet", "main")
    site.release("2024-05-04-chuzhoe", TWICE)
    committed(site)
    git(site.folder, "checkout", "--quiet", "pravka")
    expected = ["2024-05-02-pervoe.md", "2024-05-03-vtoroe.md"]
    assert expected == [file for file, *_ in told("--since", "main")]
    assert 1 == check(site, tmp_path, "--since", "net-takoy")
    assert "git не находит общей истории с «net-takoy»" in capsys.readouterr().out


def test_addresses_that_another_branch_got_meanwhile_are_not_missed(site: TinySite, told: Any) -> None:
    """Only what was there when the branch began can have been erased on it."""
    site.release("2024-05-01-staroe")
    lock = site.content / "addresses.lock"
    lock.write_text("/news/2024/05/staroe/\n")
    committed(site)
    git(site.folder, "checkout", "--quiet", "-b", "pravka")
    site.release("2024-05-02-novoe")
    committed(site)
    git(site.folder, "checkout", "--quiet", "main")
    lock.write_text("/news/2024/05/chuzhoe/\n/news/2024/05/staroe/\n")
    committed(site)
    git(site.folder, "checkout", "--quiet", "pravka")
    assert [] == told("--since", "main")
    lock.write_text("")
    assert [("addresses.lock", 0, "error", "build")] == told("--since", "main")


def test_outside_git_nothing_can_be_since(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 1 == check(site, tmp_path, "--since", "main")
    assert "«main» искать негде: это не репозиторий git — уберите --since" in capsys.readouterr().out


def test_a_report_that_cannot_be_written_is_told(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-09-katok", TWICE)
    nowhere = str(tmp_path / "net/report.json")
    assert 1 == check(site, tmp_path, "--format", "json", "--report", nowhere)
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert f"{nowhere}: ошибка: отчёт не записан: " in said
    assert "Найдено: 1 ошибка, 1 замечание." in said


def test_json_says_where_and_what(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = site.release("2024-05-09-katok", TWICE)
    check(site, tmp_path, "--format", "json")
    assert [
        {
            "file": f"content/{file}",
            "line": 8,
            "column": 6,
            "severity": "warning",
            "rule": "doubled-word",
            "message": "слово дважды: «на на»",
            "remedy": "уберите лишнее",
        }
    ] == json.loads(capsys.readouterr().out)


def test_github_shows_each_remark_at_its_line(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = site.release("2024-05-09-katok", "Скидка 5%25 на [здесь, 100%](/news/).\n[здесь](/news/)\n")
    site.write("releases/2024/05/a,b:c.markdown", "")
    check(site, tmp_path, "--format", "github")
    warning, refused = capsys.readouterr().out.splitlines()
    assert refused.startswith(
        "::error file=content/releases/2024/05/a%2Cb%3Ac.markdown,title=ошибка%3A build::"
    )
    place = f"file=content/{file},line=9,title=замечание%3A link-text"
    assert warning.startswith(f"::warning {place}::ссылка «здесь» не говорит, куда ведёт — ")


def test_github_takes_a_message_for_one_line() -> None:
    from newsroom.check.formats import Places, as_github

    remark = Remark(Problem("", 0, "100 %\r\nи ещё", "сотрите"), "build", "error")
    assert "::error title=ошибка%3A build::100 %25%0D%0Aи ещё — сотрите" == as_github(
        [remark], Places(Path(), Path())
    )


def test_gitlab_knows_a_remark_again_when_lines_are_put_in_above(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "report.json"

    def reported(body: str) -> list[Any]:
        site.release("2024-05-09-katok", body)
        assert 0 == check(site, tmp_path, "--format", "gitlab", "--report", str(report))
        assert "слово дважды" in capsys.readouterr().out
        found: list[Any] = json.loads(report.read_text("utf-8"))
        return found

    before, after = reported(f"{TWICE}\n{TWICE}"), reported(f"Лёд.\n\n{TWICE}\n{TWICE}")
    assert [8, 10, 10, 12] == [one["location"]["lines"]["begin"] for one in (*before, *after)]
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert 2 == len({one["fingerprint"] for one in before})
    first = before[0]
    assert {"description", "check_name", "fingerprint", "severity", "location"} == first.keys()
    path = "content/releases/2024/05/2024-05-09-katok.md"
    assert ("doubled-word", "minor", path) == (
        first["check_name"], first["severity"], first["location"]["path"],
    )  # fmt: skip


def test_a_link_that_went_dead_is_told_as_well_where_a_site_was_built(site: TinySite, told: Any) -> None:
    """What was sound in the last edition is not gone through again, and nothing is missed for that."""
    site.release("2024-05-01-tsel")
    site.release("2024-04-02-staryy", "[Каток](/news/2024/05/tsel/)\n")
    site.release("2024-07-03-zhdyot", "[Каток](/news/2024/05/tsel/)\n", date="2024-07-03 10:00")
    site.settings = {"CACHE_PATH": str(site.folder / "cache")}
    built = site.build()
    assert 0 == built.status, built.said
    assert [] == told()
    site.release("2024-05-04-novyy", "[Каток](/nikuda/)\n")
    assert [("2024-05-04-novyy.md", 8, "error", "build")] == told()
    site.remove("releases/2024/05/2024-05-04-novyy.md")
    site.remove("releases/2024/05/2024-05-01-tsel.md")
    expected = ["2024-04-02-staryy.md", "2024-07-03-zhdyot.md"]
    assert expected == [file for file, *_ in told()]


def test_a_broken_list_of_the_city_is_always_told(site: TinySite, told: Any) -> None:
    site.release("2024-05-09-katok")
    site.write("check/officials.yaml", "officials:\n  - surname: Примеров\n")
    site.write("check/words.txt", "Новый Падун\n")
    broken = [("officials.yaml", 2, "error", "lists"), ("words.txt", 1, "error", "lists")]
    assert broken == told()
    assert broken == told()  # from memory
    committed(site)
    assert broken == told()  # or its rule would be off in silence
    assert broken == told("--all")
    site.write("check/officials.yaml", "officials: []\n")
    site.write("check/words.txt", "Падун\n")
    assert [] == told()


def test_a_word_entered_in_the_citys_list_is_known_from_then_on(site: TinySite, told: Any) -> None:
    site.release("2024-05-09-katok", body="Играем в кёрлинх.\n")
    assert [("2024-05-09-katok.md", 8, "warning", "spelling")] == told()
    site.write("check/words.txt", "кёрлинх\n")
    assert [] == told()
