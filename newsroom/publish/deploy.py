"""Puts a built site on a branch of a git repository, after a check that finds no fault.

ghp-import makes the commit, in a scratch repository of its own: it always writes to
the repository it stands in, and the project's branches and objects are not its business.
The branch holds one commit without history, so it never grows. Of the old branch only
the list of files is fetched; nothing is pushed when the files are the same already.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsroom.build.edition import FILE_NAME, Edition, files
from newsroom.problems import NewsroomError
from newsroom.publish.output_check import check_output

Outcome = Literal["published", "unchanged"]

_REMOTE = "target"
_BORROWED = ("core.sshcommand", "credential.", "http.", "url.", "user.")
"""Settings of the project's repository that a push needs: how it signs in and who it is."""


class DeployError(Exception):
    """git could not do what was asked; the text says what, in Russian, and quotes git."""


@dataclass(frozen=True)
class _Git:
    """git in one folder, with the whole environment it sees."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, failure: str) -> str:
        """What git prints; raises DeployError with ``failure`` and git's own words."""
        return self.call(["git", *arguments], failure)

    def call(self, command: Sequence[str], failure: str) -> str:
        """What a program that uses git prints; raises the same."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            words = done.stderr.decode(errors="replace").strip()
            raise DeployError(f"{failure}: {_without_secrets(words)}")
        return done.stdout.decode(errors="surrogateescape").strip()

    def ask(self, *arguments: str) -> str:
        """What git prints, or nothing when it fails."""
        try:
            return self.run(*arguments, failure="")
        except DeployError:
            return ""


def deploy(output: Path, *, remote: str, branch: str, project: Path, url: str = "") -> Outcome:
    """Publish the built site in ``output`` as the only commit of ``branch`` of ``remote``.

    ``remote`` is a remote's name in the repository ``project``, an address, or a path from
    it; ``url`` is the site's address, as for ``check_output``. Raises NewsroomError with
    every fault of the output, and DeployError when git fails; then nothing was published.
    """
    problems = check_output(output, url)
    if problems:
        raise NewsroomError(problems)
    with tempfile.TemporaryDirectory(prefix="newsroom-deploy-") as scratch:
        git = _scratch(Path(scratch), project, remote)
        before = _fetch(git, branch)
        _commit(git, branch, output.resolve())
        if before and _tree(git, before) == _tree(git, f"refs/heads/{branch}"):
            return "unchanged"
        _push(git, branch, before)
    return "published"


def _fetch(git: _Git, branch: str) -> str:
    """The commit the branch holds, fetched without the contents of its files; "" when there is no branch."""
    failure = "хранилище недоступно"
    listed = git.run("ls-remote", _REMOTE, f"refs/heads/{branch}", failure=failure)
    if not listed:
        return ""
    where = f"refs/remotes/{_REMOTE}/{branch}"
    sparing = ("--quiet", "--depth=1", "--no-tags", "--filter=blob:none")
    git.run("fetch", *sparing, _REMOTE, f"+refs/heads/{branch}:{where}", failure=failure)
    return git.run("rev-parse", where, failure=failure)


def _commit(git: _Git, branch: str, output: Path) -> None:
    """A commit of the output without a parent; raises DeployError unless every file is in it."""
    message = f"Releases: {len(Edition.read(output).releases)}"
    options = ["--no-history", "--no-jekyll", "--remote", _REMOTE, "--branch", branch, "--message", message]
    git.call([sys.executable, "-m", "ghp_import", *options, str(output)], "коммит не получился")
    listing = ("ls-tree", "-r", "-z", "--name-only", f"refs/heads/{branch}")
    kept = set(git.run(*listing, failure="коммит не читается").split("\0"))
    lost = {*files(output), FILE_NAME} - kept
    if lost:
        raise DeployError(f"в коммит не попали файлы: {', '.join(sorted(lost))}")


def _tree(git: _Git, commit: str) -> str:
    return git.run("rev-parse", f"{commit}^{{tree}}", failure="коммит не читается")


def _push(git: _Git, branch: str, before: str) -> None:
    """Put our commit in place of ``before``; refused when another deploy came between."""
    # The pack is thin, as is git's habit: only so does it leave out the files the branch holds already.
    options = ("--quiet", f"--force-with-lease=refs/heads/{branch}:{before}")
    failure = "хранилище не приняло сайт"
    git.run("push", *options, _REMOTE, f"refs/heads/{branch}:refs/heads/{branch}", failure=failure)


def _scratch(folder: Path, project: Path, remote: str) -> _Git:
    """An empty repository that reaches the remote just as the project's repository does."""
    outside = _Git(project, _environment())
    git = _Git(folder, _environment() | _identity(outside) | _borrowed(outside))
    git.run("init", "--bare", "--quiet", ".", failure="не удалось создать временное хранилище git")
    git.run("remote", "add", _REMOTE, _address(outside, remote), failure="негодный адрес хранилища")
    return git


def _environment() -> dict[str, str]:
    """The process's own, without what ties git to one repository (a hook runs with these set)."""
    tied = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
    inherited = {key: value for key, value in os.environ.items() if key not in tied}
    return inherited | {"GIT_TERMINAL_PROMPT": "0"}


def _identity(project: _Git) -> dict[str, str]:
    """A committer where git knows none, as on a machine that only builds."""
    if project.ask("config", "user.email"):
        return {}
    names = {"GIT_COMMITTER_NAME": "newsroom", "GIT_COMMITTER_EMAIL": "newsroom@localhost"}
    return {key: os.environ.get(key, value) for key, value in names.items()}


def _borrowed(project: _Git) -> dict[str, str]:
    """The project's ways to sign in, as git's environment: a command line is seen by others."""
    listed = project.ask("config", "--local", "--includes", "--list", "-z")
    given = [item.partition("\n") for item in listed.split("\0") if item]
    pairs = [(key, value) for key, _, value in given if key.startswith(_BORROWED)]
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    borrowed = {"GIT_CONFIG_COUNT": str(first + len(pairs))}
    for number, (key, value) in enumerate(pairs, first):
        borrowed |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return borrowed


def _address(project: _Git, remote: str) -> str:
    """Where the remote is: by its name in the project, by an address, or by a path from the project."""
    address = project.ask("remote", "get-url", "--push", remote) or remote
    path = project.folder / Path(address).expanduser()
    return str(path.resolve()) if path.is_dir() else address


def _without_secrets(text: str) -> str:
    """The text with no name and password in its addresses: logs are read by many."""
    return re.sub(r"(?<=://)[^/@\s]*@", "", text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: deploy a folder, say what came of it; 1 when nothing could be published."""
    parser = argparse.ArgumentParser(prog="newsroom.publish.deploy")
    parser.add_argument("output", type=Path)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    parser.add_argument("--url", default="", help="address of the site")
    options = parser.parse_args(arguments)
    try:
        outcome = deploy(
            options.output, remote=options.remote, branch=options.branch, project=Path.cwd(), url=options.url
        )
    except (NewsroomError, DeployError) as error:
        print(error, file=sys.stderr)
        print("Ничего не опубликовано.", file=sys.stderr)
        return 1
    told = {"published": "Опубликовано", "unchanged": "Уже опубликовано, изменений нет"}[outcome]
    print(f"{told}: {_without_secrets(options.remote)}, ветка {options.branch}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
