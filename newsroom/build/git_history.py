"""What git knows of files: the contents each of them had, one after another, on the line that is published.

Only the first parents of commits are followed: what somebody tried out on a branch was never
the site's. Nothing here goes by the settings of the machine, so that equal commits tell the same.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from newsroom.problems import NewsroomError, Problem

FEW = 20
"""Files up to which it is quicker to ask git for these alone than for all there are."""

_TIED = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_COMMON_DIR"}
"""What ties git to one repository: a hook runs with these set."""
_COMMIT = "\x01"
_LOG = (
    "--literal-pathspecs", "-c", "log.showRoot=true", "log", "--first-parent", "--diff-merges=first-parent",
    "--raw", "-z", "--no-abbrev", "--no-color", "--no-show-signature", "--no-follow", "-M70%", "-l1000",
    "--relative", f"--format={_COMMIT}%H %at %ct",
)  # fmt: skip


class Revision(Struct, frozen=True):
    """A content that a file had under the name ``path``: its name in git, "" for none.

    ``earliest`` and ``latest`` are the moments of the author and of the committer, in seconds since
    1970: between them lies the moment when it took the place of what was there before.
    """

    earliest: int
    latest: int
    blob: str
    path: str


class _Change(Struct, frozen=True):
    """What a commit did with the file at a path; ``source`` is the path it had before, "" if the same."""

    blob: str
    is_new: bool
    source: str


class _Commit(Struct, frozen=True):
    id: str
    moments: tuple[int, int]
    changes: Mapping[str, _Change]


class GitHistory(Struct, frozen=True):
    """The history of the files in ``folder``, which lies in a repository. All raise NewsroomError."""

    folder: Path

    def is_cut(self) -> bool:
        """Whether the repository has only a part of its history."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def revisions(self, files: Collection[str]) -> dict[str, list[Revision]]:
        """The contents of files, by paths from the folder, oldest first; renames are followed."""
        if not self._has_commits():
            return {}
        commits = self._commits(["."]) if len(files) > FEW else self._commits_of(set(files))
        by_path = _by_path(commits)
        found = {file: list(_followed(file, commits, by_path)) for file in files}
        return {file: revisions[::-1] for file, revisions in found.items() if revisions}

    def knows_any(self) -> bool:
        """Whether a file of the folder was ever committed."""
        return self._has_commits() and bool(self._run("rev-list", "--first-parent", "-1", "HEAD", "--", "."))

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """The bytes by their names in git."""
        names = sorted(set(blobs) - {""})
        if not names:
            return {}
        told = self._run("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        found, place = {}, 0
        for name in names:
            end = told.index(b"\n", place)
            parts = told[place:end].split()
            if parts[-1] == b"missing":
                raise self._refused(f"в хранилище нет {name}")
            size = int(parts[-1])
            found[name] = told[end + 1 : end + 1 + size]
            place = end + size + 2
        return found

    def _has_commits(self) -> bool:
        done = self._start("rev-parse", "--verify", "--quiet", "HEAD")
        return done.returncode == 0

    def _commits_of(self, paths: set[str]) -> list[_Commit]:
        """The commits that touched these files or what they were renamed from, newest first."""
        while True:
            commits = self._commits(sorted(paths))
            new = [each.id for each in commits if any(change.is_new for change in each.changes.values())]
            renaming = {each.id: each for each in self._commits(["."], only=new)} if new else {}
            sources = {
                change.source
                for each in renaming.values()
                for path, change in each.changes.items()
                if path in paths and change.source
            }
            if sources <= paths:
                return [renaming.get(each.id, each) for each in commits]
            paths = paths | sources

    def _commits(self, paths: Sequence[str], only: Sequence[str] = ()) -> list[_Commit]:
        walk = ["--no-walk=unsorted", *only] if only else ["HEAD"]
        return list(_parsed(self._run(*_LOG, *walk, "--", *paths)))

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._start(*arguments, given=given)
        if done.returncode:
            raise self._refused(done.stderr.decode(errors="replace").strip())
        return done.stdout

    def _start(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name not in _TIED}
        environment = inherited | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1"}
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self.folder,
                env=environment,
                input=given,
                capture_output=True,
                check=False,
            )
        except OSError:
            remedy = "установите git: по нему видно, что изменило каждое исправление"
            raise NewsroomError([Problem(str(self.folder), 0, "git не запускается", remedy)]) from None

    def _refused(self, words: str) -> NewsroomError:
        words = " ".join(words.split())  # a problem is one line
        remedy = "исправьте то, о чём он говорит, и соберите снова"
        return NewsroomError([Problem(str(self.folder), 0, f"git не читает историю: {words}", remedy)])


def history_of(folder: Path) -> GitHistory | None:
    """The history of a folder; None where it is in no repository. No git is run to know that."""
    place = folder.resolve()
    return GitHistory(place) if any((each / ".git").exists() for each in (place, *place.parents)) else None


def _parsed(log: bytes) -> Iterator[_Commit]:
    """The commits of a log: a line of format for each, then «:mode mode blob blob status», path, path."""
    parts = iter(os.fsdecode(log).split("\0"))
    commit: _Commit | None = None
    changes: dict[str, _Change] = {}
    for part in parts:
        if part.startswith(_COMMIT):
            if commit:
                yield commit
            id, *moments = part[1:].split()
            changes = {}
            earliest, latest = sorted(map(int, moments))
            commit = _Commit(id, (earliest, latest), changes)
        elif part.startswith(("\n:", ":")):
            _, mode, _, blob, status = part.split()
            path = next(parts)
            source, path = (path, next(parts)) if status[0] == "R" else ("", path)
            changes[path] = _Change(blob if int(mode, 8) else "", status[0] in "AR", source)
    if commit:
        yield commit


def _by_path(commits: Sequence[_Commit]) -> dict[str, list[tuple[int, _Change]]]:
    """The changes of each path with the places of their commits, newest first."""
    found: dict[str, list[tuple[int, _Change]]] = {}
    for place, commit in enumerate(commits):
        for path, change in commit.changes.items():
            found.setdefault(path, []).append((place, change))
    return found


def _followed(
    file: str, commits: Sequence[_Commit], by_path: Mapping[str, list[tuple[int, _Change]]]
) -> Iterator[Revision]:
    """The revisions of a file, newest first, under whatever name it had."""
    begun, name = -1, file
    while name:
        path, name = name, ""
        for place, change in by_path.get(path, ()):
            if place > begun:
                yield Revision(*commits[place].moments, change.blob, path)
                if change.source:
                    begun, name = place, change.source
                    break
