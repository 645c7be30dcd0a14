"""Two commands set the project up, and the list of tasks reads like a menu."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from invoke import Collection, Context, Exit

import pelicanconf
import tasks
from tests.conftest import VOCABULARY, TinySite
from tests.deploying import git

ROOT = Path(__file__).parent.parent
MENU = Collection.from_module(tasks)
NAMES = [
    "addresses", "announce", "audience", "bench", "build", "check", "conformity", "deploy", "emergency",
    "import", "lighthouse", "lint", "new", "next", "package", "report", "resume", "rollback", "serve",
    "shots", "signing-key", "test", "views",
]  # fmt: skip
CONFIGS = [
    ".github/workflows/announce.yml",
    ".github/workflows/check.yml",
    ".github/workflows/publish.yml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_menu_is_whole() -> None:
    assert NAMES == sorted(MENU.task_names)


@pytest.mark.parametrize("name", NAMES)
def test_every_task_and_every_option_says_what_it_is(name: str) -> None:
    task = MENU[name]
    assert re.fullmatch(r"[A-Z].*\.", task.__doc__ or "")
    assert [] == [argument.name for argument in task.get_arguments() if not argument.help]


def test_make_offers_every_task() -> None:
    line = re.search(r"^TASKS := (.+)$", read("Makefile"), re.MULTILINE)
    assert line
    assert NAMES == sorted(line[1].split())


def test_the_headline_of_a_new_release_needs_no_flag() -> None:
    assert ["title"] == [argument.name for argument in MENU["new"].get_arguments() if argument.positional]


def test_a_failure_of_a_command_is_the_failure_of_its_task(tmp_path: Path) -> None:
    script = tmp_path / "fail.py"
    script.write_text("raise SystemExit(3)")
    with pytest.raises(Exit) as raised:
        tasks._python(str(script))
    assert 3 == raised.value.code


def test_everything_required_is_locked_with_hashes() -> None:
    required = re.findall(r"^([A-Za-z][\w.-]*)", read("requirements.in"), re.MULTILINE)
    locked = re.findall(
        r"^([a-z][\w.-]*)==[^\n]* \\\n    --hash=sha256:", read("requirements.lock"), re.MULTILINE
    )
    assert set() == {name.lower() for name in required} - set(locked)


def test_the_lock_names_no_address() -> None:
    """Neither in a line of its own nor in an option; hashes are the only options a lock has."""
    assert [] == re.findall(r"^.*(?:://|--(?!hash=)).*$", read("requirements.lock"), re.MULTILINE)


def test_the_report_of_a_check_is_written_where_the_command_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(tasks, "_check", lambda *options, **_: given.extend(options))
    monkeypatch.chdir(tmp_path)
    tasks.check(Context(), report="x.json")
    assert ["content", "output", "--format", "text", "--report", str(tmp_path / "x.json")] == given


@pytest.mark.parametrize("path", CONFIGS)
def test_the_workflows_are_yaml(path: str) -> None:
    assert isinstance(yaml.safe_load(read(path)), dict)


def test_both_workflows_check_by_the_same_script_and_deploy_by_the_same_task() -> None:
    github = yaml.safe_load(read(".github/workflows/check.yml"))["jobs"]["check"]["steps"]
    assert ".ci/run" in [step.get("run") for step in github]
    assert [".ci/run"] == yaml.safe_load(read(".gitlab-ci.yml"))["check"]["script"]
    assert "make deploy" in read(".github/workflows/publish.yml")
    assert "make deploy" in read(".gitlab-ci.yml")


def test_ci_shows_what_is_wrong_with_the_material_where_it_is() -> None:
    assert 3 == read(".ci/run").count('make check ARGS="--all')
    reports = yaml.safe_load(read(".gitlab-ci.yml"))["check"]["artifacts"]["reports"]
    assert f"--format gitlab --report {reports['codequality']}" in read(".ci/run")


@pytest.mark.slow
def test_nothing_is_deployed_that_the_check_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = TinySite(tmp_path)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release(body="Каток «Лёд открыт.\n")
    remote = tmp_path / "remote"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    monkeypatch.setenv("SITEURL", "https://news.example")
    with pytest.raises(Exit) as raised:
        tasks.deploy(Context(), remote=str(remote), content=str(site.content), output=str(site.output))
    assert 1 == raised.value.code
    assert not site.output.exists()
    assert "" == git(remote, "branch", "--list")


def test_a_fresh_machine_goes_on_from_the_published_edition() -> None:
    steps = yaml.safe_load(read(".github/workflows/publish.yml"))["jobs"]["publish"]["steps"]
    commands = [step.get("run", "").partition(" ARGS=")[0] for step in steps]
    assert commands.index("make resume") < commands.index("make deploy")
    (deploy,) = [step["run"] for step in steps if "make deploy" in step.get("run", "")]
    assert "--memory" in deploy
    gitlab = yaml.safe_load(read(".gitlab-ci.yml"))
    assert [".cache/", "public/"] == gitlab["pages"]["cache"]["paths"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix is needed")
@pytest.mark.parametrize(
    ("since", "expected"),
    [("", 0), ("2020-01-01T00:00+08:00", 0), ("now", 1)],
)
def test_a_schedule_goes_on_only_where_an_hour_has_come(since: str, expected: int) -> None:
    since = since.replace("now", datetime.now(UTC).isoformat(timespec="seconds"))
    done = subprocess.run([str(ROOT / ".ci/due"), since], cwd=ROOT, check=False, capture_output=True)
    assert expected == done.returncode
    assert '.ci/due "$since"' in read(".github/workflows/publish.yml")
    assert ".ci/due " in read(".gitlab-ci.yml")


def test_a_build_remembers_where_the_tasks_look_for_it() -> None:
    settings = pelicanconf.CACHE_PATH
    assert Path(settings).resolve() == (ROOT / tasks.CACHE).resolve()
    assert f"{tasks.CACHE}/memory/public" == tasks._memory("../some/public/")


def test_a_scheduled_run_publishes_only_what_was_checked() -> None:
    github = yaml.safe_load(read(".github/workflows/publish.yml"))["jobs"]["publish"]
    assert "github.ref == 'refs/heads/main'" in github["if"]
    (checkout,) = [step for step in github["steps"] if step.get("uses", "").startswith("actions/checkout")]
    assert "github.event_name == 'schedule' && 'refs/tags/checked'" in checkout["with"]["ref"]
    remember = yaml.safe_load(read(".github/workflows/publish.yml"))["jobs"]["remember"]
    assert "check" == remember["needs"]
    assert any("HEAD:refs/tags/checked" in step.get("run", "") for step in remember["steps"])
    gitlab = yaml.safe_load(read(".gitlab-ci.yml"))
    assert "rules" not in gitlab["check"]
    assert gitlab["stages"].index("check") < gitlab["stages"].index(gitlab["pages"]["stage"])


def test_gitlab_serves_the_artifact_of_the_job_named_pages() -> None:
    gitlab = yaml.safe_load(read(".gitlab-ci.yml"))
    assert ["public"] == gitlab["pages"]["artifacts"]["paths"]
    assert ["pages"] == gitlab["push"]["needs"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix is needed")
@pytest.mark.parametrize(
    ("repository", "own", "expected"),
    [
        ("Bratsk/newsroom", "", "https://bratsk.github.io/newsroom"),
        ("Bratsk/Bratsk.github.io", "", "https://bratsk.github.io"),
        ("Bratsk/newsroom", "https://news.example", "https://news.example"),
    ],
)
def test_the_address_of_github_pages_is_known_without_the_event(
    tmp_path: Path, repository: str, own: str, expected: str
) -> None:
    steps = yaml.safe_load(read(".github/workflows/publish.yml"))["jobs"]["publish"]["steps"]
    (script,) = [step["run"] for step in steps if step.get("name") == "Find the address of the site"]
    environment = os.environ | {
        "GITHUB_REPOSITORY": repository,
        "GITHUB_REPOSITORY_OWNER": repository.partition("/")[0],
        "GITHUB_ENV": str(tmp_path / "env"),
        "OWN": own,
    }
    subprocess.run(["sh", "-e", "-c", script], env=environment, check=True)
    assert f"SITEURL={expected}\n" == (tmp_path / "env").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("task", ["build", "check"])
def test_a_fault_of_the_settings_is_told_without_a_traceback(tmp_path: Path, task: str) -> None:
    command = [sys.executable, "-m", "invoke", task]
    command += ["--output", str(tmp_path / "site")] if task == "build" else []
    environment = os.environ | {"SITEURL": "foo", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, encoding="utf-8"
    )
    assert 1 == done.returncode
    assert "SITEURL не адрес: «foo»" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("to", "server", "bucket", "environment", "expected"),
    [
        ("", "", "", {}, "branch"),
        ("", "host:/srv", "", {}, "server"),
        ("", "", "news", {}, "storage"),
        ("", "", "", {"DEPLOY_SERVER": "host:/srv"}, "server"),
        ("", "", "", {"STORAGE_BUCKET": "news"}, "storage"),
        ("", "host:/srv", "", {"STORAGE_BUCKET": "news"}, "server"),
        ("branch", "", "", {"DEPLOY_SERVER": "host:/srv"}, "branch"),
        ("storage", "", "", {"DEPLOY_SERVER": "host:/srv"}, "storage"),
    ],
)
def test_where_to_is_told_or_implied(
    monkeypatch: pytest.MonkeyPatch,
    to: str,
    server: str,
    bucket: str,
    environment: dict[str, str],
    expected: str,
) -> None:
    for name in ("DEPLOY_SERVER", "STORAGE_BUCKET"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert expected == tasks._place(to, server, bucket)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["deploy", "--to", "branch", "--server", "host:/srv"], "названо другое место"),
        (["deploy", "--server", "host:/srv", "--bucket", "news"], "названы и сервер, и хранилище"),
        (["rollback", "--to", "cloud"], "--to cloud: сайт лежит на ветке"),
        (["rollback", "--to", "storage", "--list"], "--edition и --list есть только у сервера"),
        (["rollback", "--list"], "--edition и --list есть только у сервера"),
    ],
)
def test_a_place_that_is_not_clear_is_asked_for(arguments: list[str], told: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in {"DEPLOY_SERVER", "STORAGE_BUCKET"}}
    command = [sys.executable, "-m", "invoke", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert 1 == done.returncode
    assert told in done.stderr


def test_a_folder_of_material_that_is_not_there_is_told() -> None:
    for run in (tasks.check, tasks.build):
        with pytest.raises(Exit) as raised:
            run(Context(), content="konten")
        told = "konten: нет такой папки — проверьте --content"
        assert (told, 1) == (raised.value.message, raised.value.code)


class Clones:
    """A repository with three commits one after another, and clones of it as CI makes them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin = folder, folder / "origin"
        git(folder, "init", "--quiet", "--initial-branch", "main", str(self.origin))
        git(self.origin, "config", "uploadpack.allowFilter", "true")
        git(self.origin, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.commits = [self._commit(name) for name in "abc"]

    def _commit(self, name: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        git(self.origin, *who, "commit", "--quiet", "--allow-empty", "--message", name)
        return git(self.origin, "rev-parse", "HEAD")

    def superseded(self, commit: str) -> bool:
        """What the script says in a shallow clone of ``commit``."""
        clone = self.folder / f"clone-{len(list(self.folder.iterdir()))}"
        git(self.folder, "init", "--quiet", str(clone))
        git(clone, "remote", "add", "origin", f"file://{self.origin}")
        git(clone, "fetch", "--quiet", "--depth", "1", "origin", commit)
        git(clone, "checkout", "--quiet", commit)
        done = subprocess.run([str(ROOT / ".ci/superseded"), commit], cwd=clone, check=False)
        return done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix is needed")
def test_an_older_commit_gives_way_to_a_newer_one_that_was_checked(tmp_path: Path) -> None:
    clones = Clones(tmp_path)
    assert [False] * 3 == [clones.superseded(commit) for commit in clones.commits]
    git(clones.origin, "tag", "checked", clones.commits[1])
    assert [True, False, False] == [clones.superseded(commit) for commit in clones.commits]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix is needed")
def test_the_script_of_the_checks_is_a_program_without_syntax_errors() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o100
    subprocess.run(["bash", "-n", str(ROOT / ".ci/run")], check=True)
    assert "make test" in read(".ci/run")
