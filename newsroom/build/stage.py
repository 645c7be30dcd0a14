"""A build's output before it is one: files wait beside the site and enter it together.

The site's folder is touched only by ``commit``: until then a failed or killed
build has changed nothing, and each file enters by a rename, never half-written.
One build at a time has a stage for a folder; another waits for its turn.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path, PureWindowsPath

from msgspec import Struct

from newsroom.build.edition import (
    DRAFT_NAME,
    FILE_NAME,
    FOLDER_NAME,
    EditionError,
    read_sections,
    walk,
)
from newsroom.build.entering import enter, prune, remove_empty_folders
from newsroom.build.lock import PATIENCE, lock_of
from newsroom.problems import NewsroomError, Problem

_RESERVED = frozenset({FILE_NAME, DRAFT_NAME, ".git", ".nojekyll", "CNAME"})


class ReservedPathError(ValueError):
    """A file stands on the stage where none of an edition may."""


class Commit(Struct, frozen=True):
    """What entering the site came to: numbers of files, the edition's own lists left out."""

    written: int
    removed: int


class Stage:
    """Collects the changed files of one edition for the folder ``output``; a context manager.

    Raises NewsroomError when it is opened if the folder is not ours, cannot be written
    beside, or another build of it does not end within ``patience`` seconds;
    ``waiting`` is called once if there is another one. ``is_first`` tells that the folder has
    nothing yet. With ``whole`` set, files that the site has already are put on the stage too:
    for those who look through all of them.
    """

    def __init__(
        self, output: Path, *, patience: float = PATIENCE, waiting: Callable[[], None] | None = None
    ) -> None:
        self.output = output.resolve()
        self.whole = False
        _refuse_foreign(self.output)
        self._lock = lock_of(self.output)
        self._folders: set[str] = set()
        try:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            self._lock.take(patience, waiting or _tell_of_waiting)
            self.folder = self._new_folder()
            self.is_first = not any(_ours(self.output))
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

    def put(self, path: str, data: bytes) -> bytes:
        """Take the file at ``path``, relative, with «/», into the edition; gives its SHA-256.

        What the site has already is not written again. ValueError for a path that is none.
        Several processes may put files on one stage.
        """
        _refuse_path(path)
        if self.whole or not self._output_holds(path, data):
            self._write(path, data)
        return hashlib.sha256(data).digest()

    def settle(self) -> dict[str, bytes]:
        """SHA-256 of each file on the stage, whoever put it there, by its path, sorted.

        What the site has already leaves the stage, so that it does not enter again. ReservedPathError
        for a file where none of an edition may stand.
        """
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.folder).replace(os.sep, "/")
                found[path] = self._settled(path)
        self.whole = False
        return dict(sorted(found.items()))

    def output_has(self, path: str, digest: bytes) -> bool:
        """Whether the site's folder has a file of this SHA-256 at ``path``."""
        try:
            with open(f"{self.output}/{path}", "rb") as stream:
                return hashlib.file_digest(stream, "sha256").digest() == digest
        except OSError:
            return False

    def edition_digest(self) -> str:
        """SHA-256 of the edition that the folder holds whole; "" where it holds none or a part of one."""
        if (self.output / DRAFT_NAME).exists():
            return ""
        try:
            return hashlib.sha256((self.output / FILE_NAME).read_bytes()).hexdigest()
        except OSError:
            return ""

    def commit(self, index: bytes, stale: Iterable[str] | None, paths: Callable[[], Iterable[str]]) -> Commit:
        """Make the staged files the site: rename the new, remove the stale, write the edition's ``index``.

        ``stale`` are the paths of the last edition that are not in this one; None where the
        folder may hold anything: then all is removed that is not among ``paths()``.
        Raises NewsroomError if the folder holds files and no edition: it is not ours.
        """
        _refuse_foreign(self.output)
        is_new = not self.output.exists() or not any(self.output.iterdir())
        self.output.mkdir(parents=True, exist_ok=True)
        draft = self.output / DRAFT_NAME
        draft.write_bytes(index)  # from here to its renaming the folder is neither edition
        written = enter(self.folder, self.output)
        if stale is None:
            stale = [] if is_new else set(_ours(self.output)) - set(paths())
            remove_empty_folders(self.output, _RESERVED)
        removed = prune(self.output, stale)
        draft.replace(self.output / FILE_NAME)
        self.discard()
        return Commit(written=_published(written), removed=_published(removed))

    def clear(self) -> None:
        """Begin again with an empty stage."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(exist_ok=True)
        self._folders.clear()

    def discard(self) -> None:
        """Forget the staged files and let the next build in; the site stays as it is."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()

    def _settled(self, path: str) -> bytes:
        if path.partition("/")[0] in {*_RESERVED, FOLDER_NAME}:
            raise ReservedPathError(path)
        with open(f"{self.folder}/{path}", "rb") as stream:
            data = stream.read()
        if self._output_holds(path, data):
            os.unlink(f"{self.folder}/{path}")
        return hashlib.sha256(data).digest()

    def _output_holds(self, path: str, data: bytes) -> bool:
        if self.is_first:
            return False
        try:
            with open(f"{self.output}/{path}", "rb") as stream:
                return os.fstat(stream.fileno()).st_size == len(data) and stream.read() == data
        except OSError:
            return False

    def _write(self, path: str, data: bytes) -> None:
        folder = os.path.dirname(path)
        if folder not in self._folders:
            self._make_folder(folder)
            self._folders.add(folder)
        with open(f"{self.folder}/{path}", "wb", buffering=0) as stream:
            if stream.write(data) < len(data):  # as much as there was room for
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    def _make_folder(self, folder: str) -> None:
        path = f"{self.folder}/{folder}"
        try:
            os.mkdir(path)  # mostly the one above is there already
        except OSError:
            os.makedirs(path, exist_ok=True)

    def _new_folder(self) -> Path:
        """A folder of this build's own; whoever made this site's others is dead, for the lock is ours."""
        prefix, suffix = f".{self.output.name}.", ".stage"
        # No dot between the two: «.output.preview.….stage» is of another site, which has a lock of its own.
        left_behind = re.compile(re.escape(prefix) + "[^.]+" + re.escape(suffix))
        for entry in self.output.parent.iterdir():
            if left_behind.fullmatch(entry.name):
                shutil.rmtree(entry, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=self.output.parent))


def _tell_of_waiting() -> None:
    print("Идёт другая сборка этого сайта: ждём, пока она кончится…", file=sys.stderr, flush=True)


def _refuse_path(path: str) -> None:
    parts = path.split("/")
    if "\\" in path or "" in parts or "." in parts or ".." in parts or PureWindowsPath(parts[0]).drive:
        raise ValueError(f"{path}: not a path within the site")
    if parts[0] in _RESERVED:
        raise ValueError(f"{path}: no part of an edition")


def _published(paths: Iterable[str]) -> int:
    return sum(not path.startswith(f"{FOLDER_NAME}/") for path in paths)


def _ours(output: Path) -> Iterable[str]:
    """Paths of all files but those that a pages branch adds."""
    return (path for path in walk(output) if path.partition("/")[0] not in _RESERVED)


def _refuse_foreign(output: Path) -> None:
    if not output.exists():
        return
    if not output.is_dir():
        raise NewsroomError(
            [Problem(str(output), 0, "это файл, а не папка", "укажите пустую или новую папку")]
        )
    # A first build killed while its files entered has the draft of its edition and no edition yet.
    names = {entry.name for entry in os.scandir(output)}
    if not names or DRAFT_NAME in names:
        return
    try:
        read_sections(output)
    except EditionError:
        message = f"в папке {output} лежат чужие файлы, а не прошлое издание сайта ({FILE_NAME})"
        raise NewsroomError([Problem(str(output), 0, message, "укажите пустую или новую папку")]) from None
