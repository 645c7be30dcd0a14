"""A build's output before it is one: files wait beside the site and enter it together.

The site's folder is touched only by ``commit``: until then a failed or killed
build has changed nothing, and each file enters by a rename, never half-written.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from newsroom.build.edition import FILE_NAME, Edition, EditionError, digest, files
from newsroom.problems import NewsroomError, Problem


@dataclass(frozen=True)
class Commit:
    """What entering the site came to: numbers of files."""

    edition: Edition
    written: int
    unchanged: int
    removed: int


class Stage:
    """Collects the files of one edition for the folder ``output``."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.parent / f".{output.name}.stage"
        self._digests: dict[str, str] = {}
        self._unchanged = 0
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, path: str, data: bytes) -> None:
        """Add a file; a path twice is a fault of the program, found before by the plan."""
        if path in self._digests:
            raise ValueError(f"{path}: written twice")
        self._digests[path] = hashlib.sha256(data).hexdigest()
        if _holds(self.output / path, data):
            self._unchanged += 1
            return
        draft = self.folder / path
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)

    def adopt(self) -> None:
        """Take in the files that others, such as Pelican's plugins, wrote straight into the folder."""
        for path in files(self.folder) if self.folder.is_dir() else ():
            if path not in self._digests:
                self._digests[path] = digest(self.folder / path)

    def commit(self, releases: tuple[str, ...]) -> Commit:
        """Make the staged files the site: rename the new, remove the stale, write the edition.

        Raises NewsroomError if the folder holds files and no edition: it is not ours.
        """
        _refuse_foreign(self.output)
        edition = Edition(paths=self._digests, releases=releases)
        self.output.mkdir(parents=True, exist_ok=True)
        drafts = list(files(self.folder)) if self.folder.is_dir() else []
        for path in drafts:
            self._enter(path)
        stale = [path for path in files(self.output) if path not in self._digests]
        for path in stale:
            (self.output / path).unlink()
            _remove_empty_parents(self.output, self.output / path)
        edition.write(self.output)
        shutil.rmtree(self.folder, ignore_errors=True)
        return Commit(edition, written=len(drafts), unchanged=self._unchanged, removed=len(stale))

    def discard(self) -> None:
        """Forget the staged files; the site stays as it is."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _enter(self, path: str) -> None:
        target = self.output / path
        _clear_the_way(self.output, target)
        (self.folder / path).replace(target)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _refuse_foreign(output: Path) -> None:
    if not output.is_dir() or not any(output.iterdir()):
        return
    try:
        Edition.read(output)
    except EditionError:
        message = f"в папке {output} лежат чужие файлы, а не прошлое издание сайта ({FILE_NAME})"
        raise NewsroomError([Problem(str(output), 0, message, "укажите пустую или новую папку")]) from None


def _clear_the_way(output: Path, target: Path) -> None:
    """Where a file of the last edition stood in place of a folder, or the other way round."""
    for parent in reversed(target.relative_to(output).parents[:-1]):
        if (output / parent).is_file():
            (output / parent).unlink()
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def _remove_empty_parents(output: Path, path: Path) -> None:
    for parent in path.parents:
        if parent == output or any(parent.iterdir()):
            return
        parent.rmdir()
