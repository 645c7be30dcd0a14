"""What the benchmark measures, compares and tells."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from bench.equality import differences
from bench.kinds import KINDS, kind_of
from bench.measure import CommandError, MemoryWatch, Usage, _children, run, snapshot, written
from bench.report import Report
from bench.rounds import Run
from bench.targets import ratio, ratio_text, verdicts

PAGE = "<html><head><title>x</title></head><body><main>{}</main></body></html>"


def usage(wall: float, cpu: float = 1.0, peak: float = 100.0) -> Usage:
    return Usage(wall=wall, cpu=cpu, peak=peak, largest=peak, written=3, files=9)


RUNS = [
    Run("newsroom", "cold", 1, usage(8, cpu=9)),
    Run("Hugo", "cold", 1, usage(10, cpu=10, peak=500)),
    Run("newsroom", "added", 1, usage(0.5)),
    Run("newsroom", "cold", 2, usage(8, cpu=12)),
    Run("Hugo", "cold", 2, usage(20, cpu=10, peak=500)),
    Run("newsroom", "added", 2, usage(0.5)),
    Run("newsroom", "added", 3, usage(90)),
]


def report(**others: object) -> Report:
    given = {"size": 15_300, "seed": 1, "theme": "plain", "rounds": 2, "runs": RUNS, "unlike": {"Hugo": []}}
    return Report(**{**given, "versions": {"newsroom": "x", "Hugo": "0.168.0"}, **others})  # type: ignore[arg-type]


def test_a_ratio_is_the_median_of_those_of_the_rounds_that_both_ran() -> None:
    assert (0.5 / 10 + 0.5 / 20) / 2 == ratio(RUNS, "added", "wall", "Hugo")
    assert ratio(RUNS, "added", "wall", "Pelican") is None


def test_a_rival_that_built_the_same_scenario_is_compared_with_that_build() -> None:
    assert 0.25 == ratio(
        [*RUNS, Run("Hugo", "added", 1, usage(2)), Run("Hugo", "added", 2, usage(2))], "added", "wall", "Hugo"
    )


def test_targets_are_told_as_met_or_missed() -> None:
    told = {(target.scenario, target.measure): met for target, _, met in verdicts(RUNS, 15_300, "plain")}
    assert {("cold", "cpu"): False, ("cold", "peak"): True, ("added", "wall"): False} == told
    assert [] == list(verdicts(RUNS, 300, "plain"))


@pytest.mark.parametrize(
    ("value", "text"), [(1.234, "1.23 ×"), (0.25, "0.25 ×"), (1 / 32, "1/32"), (0.0066, "1/152")]
)
def test_small_ratios_are_fractions(value: float, text: str) -> None:
    assert text == ratio_text(value)


def test_the_table_has_a_row_for_each_build_and_the_targets_beneath() -> None:
    text = report().text()
    rows = [line.split("  ")[0] for line in text.splitlines() if line.startswith(("newsroom, ", "Hugo, "))]
    assert ["newsroom, cold", "newsroom, one release added", "Hugo, cold"] == rows
    assert "MISSED  added: time at most 1/30 of Hugo's full build: 1/27" in text
    assert "ok      cold: peak memory at most 0.25 × of Hugo's full build: 1/5" in text
    assert text.endswith("the site of Hugo is like ours")


def test_growth_is_told_beside_a_smaller_run() -> None:
    assert "ok      added: grew 2.00 ×" in report(smaller={"added": 0.25, "cold": 0.1}).text()
    assert "MISSED  added: grew 5.00 ×" in report(smaller={"added": 0.1}).text()


def test_the_json_has_every_run_and_no_name_of_the_machine() -> None:
    data = json.loads(json.dumps(report().data()))
    assert len(RUNS) == len(data["runs"])
    assert 10 == data["medians"]["newsroom"]["cold"]["cpu"] - 0.5
    assert not {platform.node(), str(Path.cwd())} & {str(value) for value in data["machine"].values()}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("news/2024/05/den-pobedy/index.html", "release pages"),
        ("news/2024/05/09/index.html", "days"),
        ("news/2024/05/index.html", "months"),
        ("news/2024/05/page/2/index.html", "months"),
        ("news/2024/index.html", "years"),
        ("news/page/12/index.html", "list of news"),
        ("tags/zima/page/2/index.html", "lists of tags"),
        ("tags/index.html", "directories"),
        ("index.html", "directories"),
        ("tags/zima/rss.xml", "feeds, RSS"),
        ("atom.xml", "feeds, Atom"),
        ("sitemaps/releases-2024.xml", "sitemaps"),
        ("news/2024/05/den-pobedy/salut.jpg", "pictures"),
        ("theme/main.3fa9c1d2.css", "other files"),
    ],
)
def test_a_path_tells_the_kind_of_its_page(path: str, kind: str) -> None:
    assert kind == kind_of(path)
    assert kind in KINDS


def site(folder: Path, pages: dict[str, str]) -> Path:
    for path, html in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(html, encoding="utf-8")
    return folder


def test_sites_that_say_the_same_in_other_markup_are_alike(tmp_path: Path) -> None:
    path = "news/2024/05/katok/index.html"
    ours = site(tmp_path / "ours", {path: PAGE.format("<h1>Каток\u00a0открыт</h1>")})
    theirs = site(tmp_path / "theirs", {path: PAGE.format("<h2>Каток открыт</h2>")})
    assert [] == differences(ours, theirs)


def test_what_one_site_does_not_say_is_told(tmp_path: Path) -> None:
    path = "news/2024/05/katok/index.html"
    ours = site(tmp_path / "ours", {path: PAGE.format("Каток открыт до вечера"), "tags/zima/index.html": ""})
    theirs = site(tmp_path / "theirs", {path: PAGE.format("Каток закрыт")})
    told = [str(difference) for difference in differences(ours, theirs)]
    assert [
        "lists of tags, files: 1 here, 0 there (100%)",
        "release pages, words: 0 of 1 alike (67%)",
    ] == told


@pytest.mark.parametrize(
    "entry",
    [
        "<item><title>А</title><description>{}</description></item>",
        "<item xmlns:c='x'><title>А</title><c:encoded>{}</c:encoded></item>",
    ],
)
def test_the_text_of_a_feed_is_found_wherever_a_program_puts_it(entry: str, tmp_path: Path) -> None:
    ours = site(
        tmp_path / "ours",
        {"rss.xml": "<rss><item><title>А</title><description>один два три</description></item></rss>"},
    )
    theirs = site(tmp_path / "theirs", {"rss.xml": f"<rss>{entry.format('один два')}</rss>"})
    told = [str(difference) for difference in differences(ours, theirs)]
    assert ["feeds, RSS, words: 0 of 1 alike (20%)"] == told


def test_written_files_are_the_new_the_changed_and_the_gone(tmp_path: Path) -> None:
    site(tmp_path, {"a/same.html": "1", "a/changed.html": "1", "gone.html": "1"})
    before = snapshot(tmp_path)
    (tmp_path / "gone.html").unlink()
    site(tmp_path, {"a/changed.html": "22", "new.html": "1"})
    assert 3 == written(before, snapshot(tmp_path))
    assert {} == snapshot(tmp_path / "nowhere")


def python(code: str, folder: Path) -> Usage:
    command = [sys.executable, "-c", code]
    return run(command, environment=dict(os.environ), folder=folder, log=folder / "log.txt")


def test_memory_and_processors_of_children_count(tmp_path: Path) -> None:
    child = (
        "data = bytearray(80 * 2**20); data[::4096] = b'x' * len(data[::4096]); import time; time.sleep(0.5)"
    )
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert python(code, tmp_path).peak > 80


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="there is no /proc here")
def test_a_process_that_ends_while_it_is_looked_at_has_no_children() -> None:
    """In the folder of a process that has ended the system finds nothing, or fails at any step."""
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    assert [] == list(_children(ended.pid))
    waiting = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert waiting.pid in _children(os.getpid())
    finally:
        waiting.communicate(b"\n")


def test_sampling_outlives_the_processes_that_it_samples() -> None:
    with MemoryWatch(os.getpid(), pause=0) as watch:
        for _ in range(30):
            subprocess.run([sys.executable, "-S", "-c", "pass"], check=True)
    assert watch.peak > 0


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"ended with 3\nno theme"):
        python("print('no theme'); raise SystemExit(3)", tmp_path)
