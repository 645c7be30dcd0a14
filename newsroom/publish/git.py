"""git as a deploy uses it: a scratch repository that reaches a remote just as the project's does."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REMOTE = "target"
"""Name of the remote in the scratch repository."""

_BORROWED = ("core.sshcommand", "credential.", "http.", "url.", "user.")
"""Settings of the project's repository that a push needs: how it signs in and who it is."""


class DeployError(Exception):
    """git could not do what was asked; the text says what, in Russian, and quotes git."""


@dataclass(frozen=True)
class Git:
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
            raise DeployError(f"{failure}: {without_secrets(words)}")
        return done.stdout.decode(errors="surrogateescape").strip()

    def ask(self, *arguments: str) -> str:
        """What git prints, or nothing when it fails."""
        try:
            return self.run(*arguments, failure="")
        except DeployError:
            return ""


def at(project: Path) -> Git:
    """git in the project's repository."""
    return Git(project, _environment())


def scratch(folder: Path, outside: Git, remote: str) -> Git:
    """An empty repository in ``folder`` that reaches the remote just as the project's repository does."""
    git = Git(folder, _environment() | _identity(outside) | _borrowed(outside))
    git.run("init", "--bare", "--quiet", ".", failure="не удалось создать временное хранилище git")
    git.run("remote", "add", REMOTE, address_of(outside, remote), failure="негодный адрес хранилища")
    return git


def _environment() -> dict[str, str]:
    """The process's own, without what ties git to one repository (a hook runs with these set)."""
    tied = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
    inherited = {key: value for key, value in os.environ.items() if key not in tied}
    return inherited | {"GIT_TERMINAL_PROMPT": "0"}


def _identity(project: Git) -> dict[str, str]:
    """A committer where git knows none, as on a machine that only builds."""
    if project.ask("config", "user.email"):
        return {}
    names = {"GIT_COMMITTER_NAME": "newsroom", "GIT_COMMITTER_EMAIL": "newsroom@localhost"}
    return {key: os.environ.get(key, value) for key, value in names.items()}


def _borrowed(project: Git) -> dict[str, str]:
    """The project's ways to sign in, as git's environment: a command line is seen by others."""
    listed = project.ask("config", "--local", "--includes", "--list", "-z")
    given = [item.partition("\n") for item in listed.split("\0") if item]
    pairs = [(key, value) for key, _, value in given if key.startswith(_BORROWED)]
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    borrowed = {"GIT_CONFIG_COUNT": str(first + len(pairs))}
    for number, (key, value) in enumerate(pairs, first):
        borrowed |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return borrowed


def address_of(project: Git, remote: str) -> str:
    """Where the remote is: by its name in the project, by an address, or by a path from the project."""
    address = project.ask("remote", "get-url", "--push", remote) or remote
    path = project.folder / Path(address).expanduser()
    return str(path.resolve()) if path.is_dir() else address


def is_own(project: Git, address: str) -> bool:
    """Whether the address is the project's own repository, or one that it fetches from or pushes to."""
    known = {str(project.folder.resolve())}
    for remote in project.ask("remote").splitlines():
        known.add(address_of(project, remote))
        known.add(project.ask("remote", "get-url", remote))
    return _place(address) in {_place(one) for one in known}


def _place(address: str) -> str:
    """Host and path of an address, however it is written: git@host:a/b.git is https://host/a/b."""
    host_and_path = re.sub(r"^(?:[a-z+]+://)?(?:[^@/]*@)?", "", address, flags=re.IGNORECASE)
    place = re.sub(r"^([^/:]+):(?:\d+/)?/?", r"\1/", host_and_path)
    return re.sub(r"/*(?:\.git)?/*$", "", place).lower()


def without_secrets(text: str) -> str:
    """The text with no name and password in its addresses: logs are read by many."""
    return re.sub(r"(?<=://)[^/@\s]*@", "", text)
