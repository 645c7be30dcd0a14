"""Which content files have changed, as git knows it: a check before a commit looks at no others."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from newsroom.check.manuscript import read_manuscript
from newsroom.check.pictures import path_of
from newsroom.problems import NewsroomError, Problem

_TIED = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
"""What ties git to one repository: a hook runs with these set, seen from another folder."""


def changed_files(root: Path, since: str = "") -> list[str] | None:
    """Files under ``root`` that are not as in the last commit, untracked ones too; None outside git.

    With ``since``, a commit or branch, not as in the last commit that it shares with this one; raises
    NewsroomError where git knows no such commit. Paths are from ``root``; what is gone is not among them.
    """
    base = shared_commit(root, since) if since else "HEAD"
    changed = _git(root, "diff", "--name-only", "-z", "--no-renames", "--relative", base, "--", ".")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    if changed is None or untracked is None:
        return None
    paths = {*changed.split("\0"), *untracked.split("\0")} - {""}
    return sorted(path for path in paths if (root / path).is_file())


def texts_to_check(root: Path, texts: Iterable[str], changed: Iterable[str]) -> list[str]:
    """Those of the content files ``texts`` that have changed, or that name a picture that has."""
    found = set(changed)
    pictures = {path for path in found if not path.endswith(".md")}
    folders = {str(folder) for path in pictures for folder in PurePosixPath(path).parents}
    near = [file for file in texts if file.rpartition("/")[0] in folders] if pictures else []
    return sorted(found.intersection(texts).union(_naming(root, near, pictures)))


def _naming(root: Path, files: Iterable[str], pictures: set[str]) -> Iterator[str]:
    for file in files:
        manuscript = read_manuscript(root, file)
        if manuscript and pictures & {path_of(manuscript, picture) for picture in manuscript.pictures}:
            yield file


def shared_commit(root: Path, since: str) -> str:
    """The last commit that ``since`` and this one share; raises NewsroomError where there is none."""
    found = _git(root, "merge-base", "--end-of-options", since, "HEAD")
    if found is None and _git(root, "rev-parse", "--git-dir") is None:
        remedy = "уберите --since: без git просматривается всё"
        raise NewsroomError([Problem("", 0, f"«{since}» искать негде: это не репозиторий git", remedy)])
    if found is None:
        remedy = "проверьте имя; если копия неполная, заберите историю: git fetch --unshallow"
        raise NewsroomError([Problem("", 0, f"git не находит общей истории с «{since}»", remedy)])
    return found.strip()


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints in that folder; None where it fails, or there is none."""
    environment = {key: value for key, value in os.environ.items() if key not in _TIED}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=root,
            env=environment | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
