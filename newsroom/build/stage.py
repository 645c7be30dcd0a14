"""A build's output before it is one: files wait beside the site and enter it together.

The site's folder is touched only by ``commit``: until then a failed or killed
build has changed nothing, and each file enters by a rename, never half-written.
One build at a time has a stage for a folder; another waits for its turn.
"""

from __future__ import annotations

import errno
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from newsroom.build.edition import DRAFT_NAME, FILE_NAME, FOREIGN_NAMES, Edition, EditionError, digest, files
from newsroom.build.lock import FileLock
from newsroom.problems import NewsroomError, Problem

PATIENCE = 600.0
"""Seconds that a build waits for another one of the same site."""


@dataclass(frozen=True)
class Commit:
    """What entering the site came to: numbers of files."""

    edition: Edition
    written: int
    unchanged: int
    removed: int


class Stage:
    """Collects the files of one edition for the folder ``output``; a context manager.

    Raises NewsroomError when it is opened if the folder is not ours, cannot be written
    beside, or another build of it does not end within ``patience`` seconds;
    ``waiting`` is called once if there is another one.
    """

    def __init__(
        self, output: Path, *, patience: float = PATIENCE, waiting: Callable[[], None] | None = None
    ) -> None:
        self.output = output.resolve()
        _refuse_foreign(self.output)
        self._lock = FileLock(self.output.with_name(f".{self.output.name}.lock"))
        self._digests: dict[str, str] = {}
        self._unchanged = 0
        try:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            self._lock.take(patience, waiting or _tell_of_waiting)
            self.folder = self._new_folder()
        except TimeoutError:
            message = f"другая сборка этого сайта не кончилась за {patience:.0f} с"
            raise NewsroomError([Problem(str(output), 0, message, "дождитесь её и соберите снова")]) from None
        except OSError as error:
            self._lock.release()
            message = f"рядом с папкой сайта нельзя писать: {error.strerror}"
            raise NewsroomError([Problem(str(output), 0, message, "укажите другую папку")]) from None

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def put(self, path: str, data: bytes) -> None:
        """Add a file at ``path``, relative, with «/»; ValueError for any other path or one put before."""
        _refuse_path(path)
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
        for path in files(self.folder):
            if path not in self._digests:
                self._digests[path] = digest(self.folder / path)

    def commit(self, releases: tuple[str, ...]) -> Commit:
        """Make the staged files the site: rename the new, remove the stale, write the edition.

        Raises NewsroomError if the folder holds files and no edition: it is not ours.
        """
        _refuse_foreign(self.output)
        edition = Edition(paths=self._digests, releases=releases)
        _claim(self.output)
        drafts = list(files(self.folder))
        for path in drafts:
            _enter(self.folder / path, self.output, path)
        stale = [path for path in files(self.output) if path not in self._digests]
        for path in stale:
            (self.output / path).unlink()
        _remove_empty_folders(self.output)
        edition.write(self.output)
        self.discard()
        return Commit(edition, written=len(drafts), unchanged=self._unchanged, removed=len(stale))

    def discard(self) -> None:
        """Forget the staged files and let the next build in; the site stays as it is."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()

    def _new_folder(self) -> Path:
        """A folder of this build's own; whoever made the others is dead, for the lock is ours."""
        prefix, suffix = f".{self.output.name}.", ".stage"
        for entry in self.output.parent.iterdir():
            if entry.name.startswith(prefix) and entry.name.endswith(suffix):
                shutil.rmtree(entry, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=self.output.parent))


def _tell_of_waiting() -> None:
    print("Идёт другая сборка этого сайта: ждём, пока она кончится…", file=sys.stderr, flush=True)


def _refuse_path(path: str) -> None:
    parts = path.split("/")
    if "\\" in path or PureWindowsPath(path).drive or {"", ".", ".."} & set(parts):
        raise ValueError(f"{path}: not a path within the site")
    if parts[0] in FOREIGN_NAMES:
        raise ValueError(f"{path}: no part of an edition")


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _refuse_foreign(output: Path) -> None:
    if not output.exists():
        return
    if not output.is_dir():
        raise NewsroomError(
            [Problem(str(output), 0, "это файл, а не папка", "укажите пустую или новую папку")]
        )
    # A build killed before it had an edition leaves at most the draft of one.
    if all(entry.name == DRAFT_NAME for entry in output.iterdir()):
        return
    try:
        Edition.read(output)
    except EditionError:
        message = f"в папке {output} лежат чужие файлы, а не прошлое издание сайта ({FILE_NAME})"
        raise NewsroomError([Problem(str(output), 0, message, "укажите пустую или новую папку")]) from None


def _claim(output: Path) -> None:
    """Mark a new folder as ours with an empty edition, so that a build killed after this can be mended."""
    output.mkdir(parents=True, exist_ok=True)
    if not (output / FILE_NAME).exists():
        Edition(paths={}).write(output)


def _enter(draft: Path, output: Path, path: str) -> None:
    target = output / path
    _clear_the_way(output, target)
    try:
        draft.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The site's folder is a file system of its own: the rename happens within it.
        near = target.with_name(f".{target.name}.new")
        shutil.copyfile(draft, near)
        near.replace(target)


def _clear_the_way(output: Path, target: Path) -> None:
    """Where a file of the last edition stood in place of a folder, or the other way round."""
    for parent in reversed(target.relative_to(output).parents[:-1]):
        if (output / parent).is_file():
            (output / parent).unlink()
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def _remove_empty_folders(output: Path) -> None:
    folders = (entry for entry in output.rglob("*") if entry.is_dir() and not entry.is_symlink())
    for folder in sorted(folders, reverse=True):
        if folder.relative_to(output).parts[0] not in FOREIGN_NAMES:
            with suppress(OSError):  # it is not empty
                folder.rmdir()
