"""The commands of the newsroom: `invoke --list` shows them, `invoke --help NAME` explains one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path

from invoke import Argument, Context, Exit, Task, task

ROOT = Path(__file__).parent
CONTENT = {"content": "folder of the material (content)"}
OUTPUT = {"output": "folder of the site (output)"}
CACHE = ".cache"
SERVER = {
    "server": "user@host:/srv/site, or /srv/site on this machine (DEPLOY_SERVER)",
    "ssh": 'more options for ssh: "-p 2222 -i key" (DEPLOY_SSH)',
}
STORAGE = {
    "bucket": "storage: name of the bucket (STORAGE_BUCKET)",
    "endpoint": "storage: its address, https://… (STORAGE_ENDPOINT)",
    "region": "storage: its region (STORAGE_REGION)",
    "prefix": "storage: folder of the site within the bucket",
}
BRANCH = {
    "remote": "name, address or path of the git repository (origin)",
    "branch": "branch that the site is served from (gh-pages)",
}


class _Headline(Argument):
    """Needs no value where another argument has one: a document tells its headline itself."""

    def __init__(self, like: Argument, instead: Argument) -> None:
        super().__init__(names=like.names, help=like.help, positional=True)
        self._instead = instead

    @property
    def value(self) -> str | None:
        given: str | None = self._value if self._value is not None else self._instead.raw_value and ""
        return given

    @value.setter
    def value(self, given: str) -> None:
        self.set_value(given)


class _New(Task[Callable[..., None]]):
    """invoke has no argument without a flag that may be left out."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        title, *others = super().get_arguments(ignore_unknown_help)
        (document,) = (argument for argument in others if argument.name == "from_")
        return [_Headline(title, document), *others]


class _Words(Argument):
    """As many words without a flag as were typed."""

    def __init__(self, like: Argument, count: int) -> None:
        super().__init__(names=like.names, help=like.help, positional=True)
        self._count, self._words = count, list[str]()

    @property
    def value(self) -> list[str] | None:
        return self._words if len(self._words) >= self._count else None

    @value.setter
    def value(self, given: str) -> None:
        self._words.append(given)


class _Views(Task[Callable[..., None]]):
    """invoke has no list of words without a flag."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        logs, *others = super().get_arguments(ignore_unknown_help)
        typed = sys.argv[sys.argv.index(self.name) + 1 :] if self.name in sys.argv else []
        words = list(takewhile(lambda word: word == "-" or not word.startswith("-"), typed))
        return [_Words(logs, max(len(words), 1)), *others]


class _Announce(Task[Callable[..., None]]):
    """Its words may be left out from the end: as many of its arguments need no flag as were typed."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        arguments = super().get_arguments(ignore_unknown_help)
        typed = sys.argv[sys.argv.index(self.name) + 1 :] if self.name in sys.argv else []
        words = takewhile(lambda word: not word.startswith("-"), typed)
        for argument, _ in zip(arguments[:3], words, strict=False):
            argument.positional, argument.default = True, None
        return arguments


@task(
    klass=_New,
    positional=["title"],
    help={
        "title": "headline of the release, in quotes; with --from it may be left out",
        "from_": "make the draft of this Word document (.docx)",
    }
    | CONTENT,
)
def new(_: Context, title: str, from_: str = "", content: str = "content") -> None:
    """Start a release: a draft with every header field in its place."""
    _refuse_no_folder(content)
    if from_:
        named = ["--title", title] if title else []
        _python("-m", "newsroom.importing.word_draft", content, os.path.abspath(from_), *named)  # noqa: PTH100
    else:
        _python("-m", "newsroom.content.draft", content, title)


@task(
    name="import",
    iterable=["map_", "rubrics", "tags"],
    help={
        "export": "file of an old site: CSV, JSON, RSS or Atom",
        "files": "folder with a copy of the old site's pictures and attachments",
        "base": "address of the old site, if the export names no full addresses",
        "rubric": "rubric of entries whose own is not known",
        "department": "who issued them (the only one there is)",
        "map_": "field=column: where a field of ours stands; as many times as needed",
        "rubrics": "old=new: a rubric of the old site and the id of ours; as many times as needed",
        "tags": "old=new: the same for tags",
        "mapping": "a file of YAML that says all this: map, rubrics, tags",
        "report": "file of the report, CSV or .md, not among the material (import-report.csv)",
        "dry_run": "try and report, write nothing into the material",
    }
    | CONTENT,
)
def import_(
    _: Context,
    export: str,
    files: str = "",
    base: str = "",
    rubric: str = "",
    department: str = "",
    map_: Sequence[str] | None = None,
    rubrics: Sequence[str] | None = None,
    tags: Sequence[str] | None = None,
    mapping: str = "",
    report: str = "import-report.csv",
    dry_run: bool = False,
    content: str = "content",
) -> None:
    """Import the releases of an old site, with their pictures and former addresses."""
    _refuse_no_folder(content)
    named = {"base": base, "rubric": rubric, "department": department}
    paths = {"files": files, "mapping": mapping, "report": report}
    named |= {name: os.path.abspath(path) for name, path in paths.items() if path}  # noqa: PTH100
    options = [f"--{name}={value}" for name, value in named.items() if value]
    pairs = {"map": map_, "rubrics": rubrics, "tags": tags}
    options += [f"--{name}={pair}" for name, given in pairs.items() for pair in given or ()]
    options += ["--dry-run"] * dry_run
    _python("-m", "newsroom.importing", os.path.abspath(export), content, *options)  # noqa: PTH100


@task(
    help=CONTENT
    | OUTPUT
    | {
        "all": "put the rules to all files, not only to those that changed since the last commit",
        "since": "put them to what changed since this commit or branch was left, as in CI: main",
        "format": "text, json, github (annotations) or gitlab (code quality report) (text)",
        "report": "write the report to this file, and tell people in words",
        "publish": "with the settings of the public site (publishconf.py)",
    }
)
def check(
    _: Context,
    content: str = "content",
    output: str = "output",
    all: bool = False,
    since: str = "",
    format: str = "text",
    report: str = "",
    publish: bool = False,
) -> None:
    """Check the material: what a build would refuse, and what the editors agreed upon (docs/rules.md)."""
    # A file is named from where the command was typed, and the check runs in the project's folder.
    named = {"since": since, "format": format, "report": report and os.path.abspath(report)}  # noqa: PTH100
    options = [part for name, value in named.items() if value for part in (f"--{name}", value)]
    _check(content, output, *options, *(["--all"] if all else []), publish=publish)


@task(
    name="next",
    help=CONTENT
    | {"since": "moment of the last publication: say by the exit status (0, else 3) if one is due"},
)
def next_(_: Context, content: str = "content", since: str = "") -> None:
    """Tell what waits for its hour, the next release first."""
    _refuse_no_folder(content)
    _python("-m", "newsroom.due", content, *(["--since", since] if since else []))


@task(
    positional=["release"],
    help={"release": "name of its file: 2024-05-09-den-pobedy", "to": "folder for the package (packages)"}
    | CONTENT,
)
def package(_: Context, release: str, to: str = "packages", content: str = "content") -> None:
    """Put together the newsroom package of a published release: text, pictures, contacts in one ZIP."""
    _refuse_no_folder(content)
    folder = os.path.abspath(to)  # noqa: PTH100
    settings = "publishconf.py" if os.environ.get("SITEURL") else "pelicanconf.py"
    _python("-m", "newsroom.packaging", content, release, "--to", folder, "--settings", settings)


@task(
    klass=_Announce,
    help={"command": "snapshot: ask every network for subscribers, posts and views, and append them"}
    | CONTENT,
)
def audience(_: Context, command: str = "snapshot", content: str = "content") -> None:
    """Write down how many people official pages reach, as far as their networks tell."""
    _refuse_no_folder(content)
    settings = "publishconf.py" if os.environ.get("SITEURL") else "pelicanconf.py"
    _python("-m", "newsroom.announcing.audience", command, content, "--settings", settings)


@task(
    klass=_Views,
    help={"logs": "logs of nginx, plain or .gz, one after another; - for standard input"} | CONTENT,
)
def views(_: Context, logs: Sequence[str], content: str = "content") -> None:
    """Count the views of releases in logs of the server, each line once (docs/views.md)."""
    _refuse_no_folder(content)
    settings = "publishconf.py" if os.environ.get("SITEURL") else "pelicanconf.py"
    paths = [log if log == "-" else os.path.abspath(log) for log in logs]  # noqa: PTH100
    _python("-m", "newsroom.views", content, *paths, "--settings", settings)


@task(
    help={
        "year": "of which year",
        "format": "md, html, docx or csv (md)",
        "to": "file to write (standard output)",
    }
    | CONTENT
)
def report(_: Context, year: int, format: str = "md", to: str = "", content: str = "content") -> None:
    """Write the report of a year from the data; what the data lack is named as missing."""
    _refuse_no_folder(content)
    settings = "publishconf.py" if os.environ.get("SITEURL") else "pelicanconf.py"
    options = ["--to", os.path.abspath(to)] if to else []  # noqa: PTH100
    options += ["--year", str(year), "--format", format, "--settings", settings]
    _python("-m", "newsroom.reporting", content, *options)


@task(
    help=CONTENT
    | OUTPUT
    | {
        "publish": "with the settings of the public site (publishconf.py)",
        "why": "address of a page or file of the site: say why it was made anew, or was not",
    }
)
def build(
    _: Context, content: str = "content", output: str = "output", publish: bool = False, why: str = ""
) -> None:
    """Build the site: what changed since the last build, and nothing else."""
    _build(content, output, publish=publish, why=why)


@task(
    help=CONTENT
    | {
        "output": "folder of the preview, which is no site to deploy (output.preview)",
        "port": "port on this machine (8000)",
    }
)
def serve(_: Context, content: str = "content", output: str = "output.preview", port: int = 8000) -> None:
    """Build the site, show it on this machine, rebuild at each change."""
    os.chdir(ROOT)
    from newsroom.publish import preview

    raise Exit(code=preview.main([str(ROOT / content), str(ROOT / output), "--port", str(port)]))


@task(
    help=OUTPUT
    | CONTENT
    | {
        "folder": "where the pictures go, with index.html to look at them (shots)",
        "kinds": "names of kinds of pages, with commas between: home,release (all of them)",
        "built": "take the site as it lies in the output folder",
    }
)
def shots(
    _: Context,
    output: str = "output",
    content: str = "content",
    folder: str = "shots",
    kinds: str = "",
    built: bool = False,
) -> None:
    """Take pictures of every kind of page: phone, tablet, desk; light, dark, for weak eyes, on paper."""
    if not built:
        _build(content, output, publish=False)
    _python("-m", "newsroom.audit.shots", output, folder, "--kinds", kinds)


@task(help={"quick": "leave out the slow tests", "only": "an expression that selects tests (pytest -k)"})
def test(_: Context, quick: bool = False, only: str = "") -> None:
    """Run the tests."""
    if Path("/dev/shm").is_dir():  # thousands of small files, which a disk takes its time for
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")
    chosen = [*(["-m", "not slow"] if quick else []), *(["-k", only] if only else [])]
    _python("-m", "pytest", "--numprocesses", "auto", "--dist", "worksteal", *chosen)


@task(help={"fix": "mend what can be mended by itself"})
def lint(_: Context, fix: bool = False) -> None:
    """Check the style and the types of the code."""
    _python("-m", "ruff", "check", *(["--fix"] if fix else []))
    _python("-m", "ruff", "format", *([] if fix else ["--check"]))
    _python("-m", "mypy")


@task(
    help={
        "size": "releases in the synthetic archive (300); the targets are set for 15300 and 153000",
        "json": "write the numbers to this file too",
        "theme": "plain, or full: the site's own (plain)",
        "rounds": "how many times each build is measured (3)",
        "only": "scenarios by name with commas, beside the cold build: added,nothing …",
        "hugo": "measure Hugo too (--no-hugo: do not)",
        "pelican": "measure stock Pelican too (--no-pelican: do not); it is slow",
        "thorough": "Hugo and Pelican build in every scenario, not only once a round",
        "smaller": "numbers of a run at a tenth of the size: tells how an incremental build grew",
        "folder": "work in this folder and keep everything",
    }
)
def bench(
    _: Context,
    size: int = 300,
    json: str = "",
    theme: str = "plain",
    rounds: int = 3,
    only: str = "",
    hugo: bool = True,
    pelican: bool = True,
    thorough: bool = False,
    smaller: str = "",
    folder: str = "",
) -> None:
    """Measure builds of a synthetic archive beside Hugo's and stock Pelican's."""
    named = {"json": json, "only": only, "smaller": smaller, "folder": folder}
    flags = {"no-hugo": not hugo, "no-pelican": not pelican, "thorough": thorough}
    options = [part for name, value in named.items() if value for part in (f"--{name}", value)]
    options += [f"--{name}" for name, wanted in flags.items() if wanted]
    _python("-m", "bench", "--size", str(size), "--theme", theme, "--rounds", str(rounds), *options)


@task(
    help=OUTPUT
    | {
        "runs": "looks at each page; the best score counts, as a busy machine only makes it worse (3)",
        "cpu": "how much slower the processor is made (4); less on a slow or busy machine",
        "json": "leave Lighthouse's reports in this folder",
    }
)
def lighthouse(_: Context, output: str = "output", runs: int = 3, cpu: int = 4, json: str = "") -> None:
    """Let Lighthouse look at the built site as a slow phone; fail where a page has less than 99 of 100."""
    kept = ["--json", os.path.abspath(json)] if json else []  # noqa: PTH100
    _python("-m", "newsroom.audit.lighthouse", output, "--runs", str(runs), "--cpu", str(cpu), *kept)


@task(
    optional=["cname"],
    help=BRANCH
    | SERVER
    | STORAGE
    | {
        "to": "branch (of a git repository), server (over ssh) or storage (S3) (branch)",
        "read_from": "address to read the site back at (server: SITEURL; storage: itself; branch: none)",
        "keep": "server, storage: how many editions one can go back to (5)",
        "built": "deploy what is in the output folder, build nothing",
        "cname": "write CNAME, the site's own domain for GitHub Pages: this one, else that of SITEURL",
        "whole": "check and commit every file, not only those that differ; server: compare every file there",
        "memory": "push what the build remembers too, for `resume` on another machine",
    }
    | CONTENT
    | OUTPUT,
)
def deploy(
    _: Context,
    to: str = "",
    server: str = "",
    ssh: str = "",
    bucket: str = "",
    endpoint: str = "",
    region: str = "",
    prefix: str = "",
    read_from: str = "",
    keep: str = "5",
    remote: str = "origin",
    branch: str = "gh-pages",
    content: str = "content",
    output: str = "output",
    built: bool = False,
    cname: str | None = None,
    whole: bool = False,
    memory: bool = False,
) -> None:
    """Build the public site, whose address SITEURL tells, check it, put it where it is served from."""
    to = _place(to, server, bucket)
    if not built:
        _check(content, output, "--all", publish=True)
        _build(content, output, publish=True)
    reading = ["--read-from", read_from] if read_from else []
    if to == "server":
        options = [*_server(server, ssh), *reading, "--keep", keep, *["--whole"] * whole]
        _python("-m", "newsroom.publish.server", "deploy", output, "--cache", f"{CACHE}/packed", *options)
    elif to == "storage":
        options = [*_storage(bucket, endpoint, region, prefix), *reading, "--keep", keep]
        _python("-m", "newsroom.publish.storage", "deploy", output, *options)
    else:
        # invoke gives True for an option without its value.
        options = [] if cname is None else ["--cname", *([cname] if isinstance(cname, str) else [])]
        options += ["--whole"] * whole
        options += ["--memory", _memory(output)] if memory else []
        where = ("--remote", remote, "--branch", branch, "--cache", f"{CACHE}/deploy")
        _python("-m", "newsroom.publish.deploy", output, *where, *options, *reading)
    if not built:
        _python("-m", "newsroom.addresses", content)


@task(
    help=BRANCH
    | SERVER
    | STORAGE
    | {
        "to": "branch, server or storage (as --server or --bucket tell, else branch)",
        "edition": "server: which one to serve (the one before)",
        "list": "server: only show the editions there",
    }
)
def rollback(
    _: Context,
    to: str = "",
    remote: str = "origin",
    branch: str = "gh-pages",
    server: str = "",
    ssh: str = "",
    edition: str = "",
    list: bool = False,
    bucket: str = "",
    endpoint: str = "",
    region: str = "",
    prefix: str = "",
) -> None:
    """Serve a former edition again; `deploy` goes on from there."""
    to = _place(to, server, bucket)
    if to != "server" and (edition or list):
        raise Exit("--edition и --list есть только у сервера: --to server", code=1)
    if to == "branch":
        _python("-m", "newsroom.publish.branch_rollback", "--remote", remote, "--branch", branch)
        return
    if to == "storage":
        options = _storage(bucket, endpoint, region, prefix)
        _python("-m", "newsroom.publish.storage", "rollback", *options)
        return
    command = "list" if list else "rollback"
    options = ["--edition", edition] if edition and not list else []
    _python("-m", "newsroom.publish.server", command, *_server(server, ssh), *options)


@task(
    klass=_Announce,
    help=CONTENT
    | {
        "command": "plan (show), send, reconcile, resolve, withdraw or doctor: docs/announcing-setup.md",
        "release": "id of a release, the name of its file without .md: this one alone",
        "channel": "id of a channel, the name of its file without .md: this one alone",
        "send": "really send; the variable ANNOUNCE_LIVE=1 is needed too",
        "verdict": "what a human found (resolve): posted, not-posted, never, edited, removed",
        "url": "address of the post that a human found (resolve)",
        "kit": "folder for the pages with ready texts, and the board of what lacks a post (output.kit)",
        "output": "folder of the site, whose build remembers the material (output)",
        "remote": "name, address or path of the git repository of the ledger (origin)",
        "branch": "branch of the ledger (announcements)",
    },
)
def announce(
    _: Context,
    command: str = "plan",
    release: str = "",
    channel: str = "",
    send: bool = False,
    verdict: str = "",
    url: str = "",
    kit: str = "output.kit",
    content: str = "content",
    output: str = "output",
    remote: str = "origin",
    branch: str = "announcements",
) -> None:
    """Announce what is published in every channel, exactly once; show what would be done, until told to."""
    _refuse_no_folder(content)
    # What is sent leads to the public site; what is only looked at may lead to this machine.
    settings = "publishconf.py" if send or os.environ.get("SITEURL") else "pelicanconf.py"
    named = {"verdict": verdict, "url": url, "kit": kit and os.path.abspath(kit)}  # noqa: PTH100
    options = [part for name, value in named.items() if value for part in (f"--{name}", value)]
    options += ["--send"] * send
    where = ("--settings", settings, "--output", output, "--remote", remote, "--branch", branch)
    words = [word for word in (command, release, channel) if word]
    _python("-m", "newsroom.announcing", content, *words, *options, *where)


@task(
    help={
        "pages": "how many pages of each kind are looked at (3)",
        "built": "examine what is in the output folder, build nothing",
    }
    | CONTENT
    | OUTPUT
)
def conformity(
    _: Context, pages: int = 3, built: bool = False, content: str = "content", output: str = "output"
) -> None:
    """Examine the site in a browser by WCAG 2.2, write the result down for its page of conformity."""
    _refuse_no_folder(content)
    if not built:
        _build(content, output, publish=False)
    _python("-m", "newsroom.audit.conformity", content, "--output", output, "--pages", str(pages))


@task(
    help=BRANCH
    | SERVER
    | STORAGE
    | CONTENT
    | {
        "to": "branch, server or storage (as --server or --bucket tell, else branch)",
        "output": "put them into the edition in this folder, publish nothing (by default: onto the branch)",
    }
)
def emergency(
    _: Context,
    to: str = "",
    remote: str = "origin",
    branch: str = "gh-pages",
    server: str = "",
    ssh: str = "",
    bucket: str = "",
    endpoint: str = "",
    region: str = "",
    prefix: str = "",
    content: str = "content",
    output: str = "",
) -> None:
    """Publish content/emergency.yaml alone, in seconds, also when the site cannot be built."""
    to = _place(to, server, bucket)
    _refuse_no_folder(content)
    if output:
        _python("-m", "newsroom.emergency", content, "--output", output, "--memory", _memory(output))
        return
    if to == "server":
        options = [*_server(server, ssh), "--cache", f"{CACHE}/packed"]
        _python("-m", "newsroom.publish.server", "emergency", content, *options)
    elif to == "storage":
        options = _storage(bucket, endpoint, region, prefix)
        _python("-m", "newsroom.publish.storage", "emergency", content, *options)
    else:
        where = ("--remote", remote, "--branch", branch, "--cache", f"{CACHE}/deploy")
        _python("-m", "newsroom.publish.branch_emergency", content, *where)


@task(name="signing-key")
def signing_key(_: Context) -> None:
    """Make a pair of keys: a secret one that signs editions, a public one to verify them by."""
    _python("-m", "newsroom.publish.signature")


@task(help=CONTENT)
def addresses(_: Context, content: str = "content") -> None:
    """Write down every published address in content/addresses.lock, as `deploy` does; then commit it."""
    _refuse_no_folder(content)
    _python("-m", "newsroom.addresses", content)


@task(help=BRANCH | OUTPUT)
def resume(_: Context, remote: str = "origin", branch: str = "gh-pages", output: str = "output") -> None:
    """Take over what is published, so that a machine without a cache builds only what changed."""
    where = ("--remote", remote, "--branch", branch, "--memory", _memory(output))
    _python("-m", "newsroom.publish.resume", output, *where)


def _build(content: str, output: str, *, publish: bool, why: str = "") -> None:
    _refuse_no_folder(content)
    settings = "publishconf.py" if publish else "pelicanconf.py"
    asked = ["--extra-settings", f"NEWSROOM_WHY={json.dumps(why)}"] if why else []
    _python("-m", "newsroom", content, "--output", output, "--settings", settings, *asked)


def _check(content: str, output: str, *options: str, publish: bool) -> None:
    _refuse_no_folder(content)
    settings = "publishconf.py" if publish else "pelicanconf.py"
    _python("-m", "newsroom.check", content, "--output", output, "--settings", settings, *options)


def _refuse_no_folder(content: str) -> None:
    if not (ROOT / content).is_dir():
        raise Exit(f"{content}: нет такой папки — проверьте --content", code=1)


def _place(to: str, server: str, bucket: str) -> str:
    """Where the site is served from: as told, or as what only one place has tells; else a branch."""
    named = {"server": server, "storage": bucket}
    told = [place for place, given in named.items() if given]
    variables = {"server": "DEPLOY_SERVER", "storage": "STORAGE_BUCKET"}
    told = told or [place for place, variable in variables.items() if os.environ.get(variable)]
    if to and to not in {"branch", *named}:
        raise Exit(
            f"--to {to}: сайт лежит на ветке (branch), на сервере (server), в хранилище (storage)", code=1
        )
    if to and any(given and place != to for place, given in named.items()):
        raise Exit(
            f"--to {to}, а названо другое место: уберите --server и --bucket или поправьте --to", code=1
        )
    if not to and len(told) > 1:
        raise Exit("названы и сервер, и хранилище: скажите, куда: --to server или --to storage", code=1)
    return to or (told[0] if told else "branch")


def _server(server: str, ssh: str) -> list[str]:
    named = {"--server": server, "--ssh": ssh}
    return [f"{name}={value}" for name, value in named.items() if value]  # «=»: a value may begin with a dash


def _storage(bucket: str, endpoint: str, region: str, prefix: str) -> list[str]:
    named = {"bucket": bucket, "endpoint": endpoint, "region": region, "prefix": prefix}
    return [f"--{name}={value}" for name, value in named.items() if value]


def _memory(output: str) -> str:
    """Where a build keeps what it remembers of the site in that folder."""
    return f"{CACHE}/memory/{Path(output).name}"


def _python(*arguments: str) -> None:
    """Run the Python of this environment in the project's folder; leave with its status if it fails."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if code:
        raise Exit(code=code)
