"""The commands of the newsroom: `invoke --list` shows them, `invoke --help NAME` explains one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from invoke import Context, Exit, task

ROOT = Path(__file__).parent
CONTENT = {"content": "folder of the material (content)"}
OUTPUT = {"output": "folder of the site (output)"}


@task(positional=["title"], help={"title": "headline of the release, in quotes"} | CONTENT)
def new(_: Context, title: str, content: str = "content") -> None:
    """Start a release: a draft with every header field in its place."""
    _python("-m", "newsroom.content.draft", content, title)


@task(help=CONTENT)
def check(_: Context, content: str = "content") -> None:
    """Check the material and say everything that is wrong with it."""
    _python("-m", "newsroom.check", content)


@task(help=CONTENT | OUTPUT | {"publish": "with the settings of the public site (publishconf.py)"})
def build(_: Context, content: str = "content", output: str = "output", publish: bool = False) -> None:
    """Build the site."""
    _build(content, output, publish=publish)


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


@task(help={"quick": "leave out the slow tests", "only": "an expression that selects tests (pytest -k)"})
def test(_: Context, quick: bool = False, only: str = "") -> None:
    """Run the tests."""
    _python("-m", "pytest", *(["-m", "not slow"] if quick else []), *(["-k", only] if only else []))


@task(help={"fix": "mend what can be mended by itself"})
def lint(_: Context, fix: bool = False) -> None:
    """Check the style and the types of the code."""
    _python("-m", "ruff", "check", *(["--fix"] if fix else []))
    _python("-m", "ruff", "format", *([] if fix else ["--check"]))
    _python("-m", "mypy")


@task(help={"size": "releases in the synthetic material (300)", "json": "write the numbers to this file too"})
def bench(_: Context, size: int = 300, json: str = "") -> None:
    """Measure a build of synthetic material."""
    _python("bench/build_time.py", "--size", str(size), *(["--json", json] if json else []))


@task(
    optional=["cname"],
    help={
        "remote": "name, address or path of the git repository (origin)",
        "branch": "branch that the site is served from (gh-pages)",
        "built": "deploy what is in the output folder, build nothing",
        "cname": "write CNAME, the site's own domain for GitHub Pages: this one, else that of SITEURL",
    }
    | CONTENT
    | OUTPUT,
)
def deploy(
    _: Context,
    remote: str = "origin",
    branch: str = "gh-pages",
    content: str = "content",
    output: str = "output",
    built: bool = False,
    cname: str | None = None,
) -> None:
    """Build the public site, whose address SITEURL tells, check it, push it to a branch."""
    if not built:
        _build(content, output, publish=True)
    # invoke gives True for an option without its value.
    domain = [] if cname is None else ["--cname", *([cname] if isinstance(cname, str) else [])]
    _python("-m", "newsroom.publish.deploy", output, "--remote", remote, "--branch", branch, *domain)


def _build(content: str, output: str, *, publish: bool) -> None:
    settings = "publishconf.py" if publish else "pelicanconf.py"
    _python("-m", "pelican", content, "--output", output, "--settings", settings)


def _python(*arguments: str) -> None:
    """Run the Python of this environment in the project's folder; leave with its status if it fails."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if code:
        raise Exit(code=code)
