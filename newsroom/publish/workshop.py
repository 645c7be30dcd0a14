"""The repository a deploy works in, kept from one deploy to the next.

It holds the lists of files of the one commit that the branch held last, so that the next
deploy need not fetch them; the files themselves it never had. It is used again only while the
branch still holds that commit, and thrown away whenever anything goes wrong.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.build.lock import FileLock
from newsroom.publish import git as repository
from newsroom.publish.branch import last_seen
from newsroom.publish.git import REMOTE, Git

_OLD = 50
"""Packs, one of each deploy, from which on to begin anew costs less than to keep them."""


@contextmanager
def workshop(folder: Path | None, outside: Git, remote: str, branch: str) -> Iterator[Git]:
    """A repository for one deploy to ``branch`` of ``remote``, kept in ``folder`` if that is free.

    ``outside`` is git in the project. Raises DeployError when the remote cannot be reached.
    """
    lock = _lock(folder, repository.without_secrets(repository.address_of(outside, remote)), branch)
    if lock is None:
        with tempfile.TemporaryDirectory(prefix="newsroom-deploy-") as passing:
            yield repository.scratch(Path(passing), outside, remote)
        return
    place = lock.path.with_suffix(".git")
    try:
        yield _opened(place, outside, remote, branch)
        if len(list(place.glob("objects/pack/*.pack"))) > _OLD:
            shutil.rmtree(place)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        lock.release()


def _lock(folder: Path | None, address: str, branch: str) -> FileLock | None:
    """The lock of the repository for that branch; None when it cannot be had."""
    if folder is None:
        return None
    name = hashlib.sha256(f"{address}\n{branch}".encode()).hexdigest()[:16]
    lock = FileLock(folder / f"{name}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.take(0, lambda: None)
    except (OSError, TimeoutError):
        return None
    return lock


def _opened(place: Path, outside: Git, remote: str, branch: str) -> Git:
    """The repository as the last deploy left it, or a new one if the branch holds something else by now."""
    if place.is_dir():
        git = repository.scratch(place, outside, remote)
        known = last_seen(git, branch)
        listed = git.run("ls-remote", REMOTE, f"refs/heads/{branch}", failure="хранилище недоступно")
        if known and listed.startswith(known):
            return git
        shutil.rmtree(place)
    place.mkdir()
    return repository.scratch(place, outside, remote)
