"""git as a deploy uses it: a scratch repository that reaches a remote just as the project's does."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

REMOTE = "target"
"""Name of the remote in the scratch repository."""

_BORROWED = ("core.sshcommand", "credential.", "http.", "url.", "user.")
"""Settings of the project's repository that a push needs: how it signs in and who it is."""


_PATIENCE = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "300"}
"""A remote that says nothing for so many seconds is given up (git-config, http.lowSpeedLimit)."""
_OWN = {"gc.auto": "0", "maintenance.auto": "false", "fastimport.unpacklimit": "1"}
"""Of the scratch repository: nothing in it is ever tidied up, for most of it is not there."""


class DeployError(Exception):
    """git could not do what was asked; the text says what, in Russian, and quotes git."""


@dataclass(frozen=True)
class Git:
    """git in one folder, with the whole environment it sees."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, failure: str) -> str:
        """What git prints; raises DeployError with ``failure`` and git's own words."""
        return self.call(["git", *arguments], failure).strip()

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
            raise DeployError(f"{failure}: {_words(done.stderr)}")
        return done.stdout.decode(errors="surrogateescape")

    def feed(self, *arguments: str, parts: Iterable[bytes], failure: str) -> bytes:
        """What git prints when it is given ``parts``, one after another; raises the same."""
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complaints:
            with subprocess.Popen(
                ["git", *arguments],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=told,
                stderr=complaints,
            ) as process:
                assert process.stdin
                with suppress(BrokenPipeError):  # it ended before its time, and says why
                    process.stdin.writelines(parts)
                with suppress(BrokenPipeError):
                    process.stdin.close()
            complaints.seek(0)
            told.seek(0)
            if process.returncode:
                raise DeployError(f"{failure}: {_words(complaints.read())}")
            return told.read()

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
    """A repository in ``folder``, made if it is empty, that reaches the remote just as the project's does.

    The remote's address, like all that is borrowed, is in the environment: a command line
    is seen by others, and addresses may carry a password.
    """
    settings = _settings(outside)
    borrowed = [
        (key, value)
        for scope, key, value in settings
        if scope in {"local", "worktree"} and key.startswith(_BORROWED)
    ]
    borrowed += [*_OWN.items(), (f"remote.{REMOTE}.url", address_of(outside, remote))]
    identity = {} if any(key == "user.email" for _, key, _ in settings) else _identity()
    git = Git(folder, _environment() | identity | _as_environment(borrowed))
    failure = "не удалось создать временное хранилище git"
    git.run("init", "--bare", "--quiet", "--template=", ".", failure=failure)
    return git


def _words(complaint: bytes) -> str:
    return without_secrets(complaint.decode(errors="replace").strip())


def _environment() -> dict[str, str]:
    """The process's own, without what ties git to one repository (a hook runs with these set)."""
    tied = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
    inherited = {key: value for key, value in os.environ.items() if key not in tied}
    return _PATIENCE | inherited | {"GIT_TERMINAL_PROMPT": "0"}


def _settings(project: Git) -> list[tuple[str, str, str]]:
    """Triples (scope, key, value) of all settings that git goes by in the project's folder."""
    listed = project.ask("config", "--includes", "--list", "--show-scope", "-z").split("\0")
    pairs = zip(listed[::2], listed[1::2], strict=False)
    return [(scope, *setting.partition("\n")[::2]) for scope, setting in pairs]


def _identity() -> dict[str, str]:
    """A committer where git knows none, as on a machine that only builds."""
    names = {"GIT_COMMITTER_NAME": "newsroom", "GIT_COMMITTER_EMAIL": "newsroom@localhost"}
    return {key: os.environ.get(key, value) for key, value in names.items()}


def _as_environment(settings: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Settings of git as its environment names them, after those that are there already."""
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    named = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (key, value) in enumerate(settings, first):
        named |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return named


def address_of(project: Git, remote: str) -> str:
    """Where the remote is: by its name in the project, by an address, or by a path from the project.

    A name may be known by the environment alone (GIT_CONFIG_COUNT and so on), as in CI, where the
    address has a token in it: ``git remote`` does not see it then.
    """
    address = (
        project.ask("remote", "get-url", "--push", remote)
        or project.ask("config", f"remote.{remote}.pushurl")
        or project.ask("config", f"remote.{remote}.url")
        or remote
    )
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
