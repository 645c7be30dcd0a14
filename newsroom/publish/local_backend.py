"""The editor's files in the preview: the proxy protocol of Decap CMS over the content folder.

The editor posts ``{"action": …, "params": …}`` and gets JSON. Paths are «content/…»,
whatever the folder is called on this machine. Nothing outside of it is read or written, nothing
but texts and what may lie beside them; a file is there whole or not at all. Nobody's work is lost:
a text is written over only by who has read it as it is, a picture never, and it stays while a text
names it.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

from newsroom.publish.kept_files import (
    RefusedError,
    files_of,
    id_of,
    is_new,
    refuse_named,
    refuse_stale,
    write,
)

TEXT = ".md"
MEDIA = frozenset({
    ".csv", ".doc", ".docx", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".odp", ".ods", ".odt", ".pdf",
    ".png", ".ppt", ".pptx", ".rtf", ".txt", ".vtt", ".webm", ".webp", ".xls", ".xlsx", ".zip",
})  # fmt: skip
"""What may lie beside a text."""
ROOT = "content"
LONGEST_NAME = 200
"""Bytes of a file's name: file systems bear 255."""

Params = Mapping[str, Any]
Answer = tuple[HTTPStatus, Any]


class LocalBackend:
    """Obeys the editor within ``content``."""

    def __init__(self, content: Path) -> None:
        self.content = content.resolve()
        self._writing = threading.Lock()
        self._actions: dict[str, Callable[[Params], Any]] = {
            "info": self._info,
            "entriesByFolder": self._entries_by_folder,
            "entriesByFiles": self._entries_by_files,
            "getEntry": self._entry,
            "persistEntry": self._persist_entry,
            "getMedia": self._media,
            "getMediaFile": self._media_file,
            "persistMedia": self._persist_media,
            "deleteFile": lambda params: self._delete([params["path"]]),
            "deleteFiles": lambda params: self._delete(params["paths"]),
            "getDeployPreview": lambda _: None,
        }

    def answer(self, request: Any) -> Answer:
        """What a request comes to: a status and what to send as JSON."""
        action = request.get("action") if isinstance(request, dict) else None
        obey = self._actions.get(action) if isinstance(action, str) else None
        if obey is None:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": f"неизвестное действие «{action}»"}
        try:
            return HTTPStatus.OK, obey(request.get("params") or {})
        except RefusedError as error:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)}
        except (KeyError, TypeError, AttributeError, ValueError):
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": f"действие «{action}» не понято"}
        except OSError as error:
            return HTTPStatus.INTERNAL_SERVER_ERROR, {
                "error": f"файл не записан или не прочитан: {error.strerror}"
            }

    def media_file(self, path: str) -> Path | None:
        """A picture or an attachment to be shown; None where there is none."""
        try:
            file = self._place(path, MEDIA)
        except RefusedError:
            return None
        return file if file.is_file() else None

    def _info(self, _: Params) -> Any:
        return {"repo": self.content.name, "publish_modes": ["simple"], "type": "local_fs"}

    def _entries_by_folder(self, params: Params) -> Any:
        folder, depth = self._within(params["folder"]), int(params["depth"])
        ending = f".{str(params['extension']).lstrip('.')}"
        return [self._read(file) for file in files_of(folder, depth) if file.name.endswith(ending)]

    def _entries_by_files(self, params: Params) -> Any:
        found = ((self._place(entry["path"], {TEXT}), entry.get("label")) for entry in params["files"])
        return [self._read(file, label) for file, label in found]

    def _entry(self, params: Params) -> Any:
        return self._read(self._place(params["path"], {TEXT}))

    def _read(self, file: Path, label: str | None = None) -> Any:
        told = {"path": self._name(file), "label": label}
        try:
            data = file.read_bytes()
            return {"data": data.decode(), "file": {**told, "id": id_of(data)}}
        except (OSError, UnicodeDecodeError):
            return {"data": None, "file": {**told, "id": None}}

    def _persist_entry(self, params: Params) -> Any:
        """Each text comes with the id of what its writer has read, none for a new one.

        What lies beside a text comes first: a build that begins between the two misses nothing.
        """
        texts = params.get("dataFiles") or [params["entry"]]
        if any(text.get("newPath") not in {None, text["path"]} for text in texts):
            raise RefusedError("имя файла — это адрес страницы: после сохранения оно не меняется")
        places = [(self._place(text["path"], {TEXT}), str(text["raw"]).encode()) for text in texts]
        media = [(self._place(each["path"], MEDIA), _decoded(each)) for each in params.get("assets", [])]
        with self._writing:
            for text, (file, _) in zip(texts, places, strict=True):
                refuse_stale(file, text.get("id"))
            new = [(file, data) for file, data in media if is_new(file, data)]
            for file, data in [*new, *places]:
                write(file, data)
        return {"message": "entry persisted", "ids": {self._name(file): id_of(data) for file, data in places}}

    def _media(self, params: Params) -> Any:
        """Names and sizes; the bytes are asked for one by one, as they are shown."""
        files = files_of(self._within(params["mediaFolder"]), 1)
        return [self._medium(file) for file in files if file.suffix.lower() in MEDIA]

    def _media_file(self, params: Params) -> Any:
        file = self._place(params["path"], MEDIA)
        return self._medium(file) | {
            "content": base64.b64encode(file.read_bytes()).decode(),
            "encoding": "base64",
        }

    def _medium(self, file: Path) -> dict[str, Any]:
        name, stat = self._name(file), file.stat()
        id = hashlib.sha256(f"{name} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()
        return {"id": id, "name": file.name, "path": name, "size": stat.st_size}

    def _persist_media(self, params: Params) -> Any:
        file, data = self._place(params["asset"]["path"], MEDIA), _decoded(params["asset"])
        with self._writing:
            if is_new(file, data):
                write(file, data)
        return self._media_file({"path": params["asset"]["path"]})

    def _delete(self, paths: list[str]) -> Any:
        """Only what lies beside texts and is in none: a published page is withdrawn, never deleted."""
        files = [self._place(path, MEDIA) for path in paths]
        with self._writing:
            for file in files:
                refuse_named(file)
            for file in files:
                file.unlink(missing_ok=True)
        return {"message": f"deleted {len(paths)}"}

    def _name(self, file: Path) -> str:
        return f"{ROOT}/{file.relative_to(self.content).as_posix()}"

    def _place(self, path: Any, endings: frozenset[str] | set[str]) -> Path:
        """The file a path of the protocol means; raises RefusedError for one that may not be there."""
        file = self._within(path)
        if file.suffix.lower() not in endings or file.parent == self.content:
            raise RefusedError(f"файл «{file.name}» здесь не хранят")
        return file

    def _within(self, path: Any) -> Path:
        parts = PurePosixPath(path).parts if isinstance(path, str) else ()
        if not parts or parts[0] != ROOT or any(_is_strange(part) for part in parts):
            raise RefusedError(f"путь «{path}» не внутри материалов")
        file = self.content.joinpath(*parts[1:])
        if not file.resolve().is_relative_to(self.content):
            raise RefusedError(f"путь «{path}» ведёт из материалов наружу")
        return file


def _is_strange(part: str) -> bool:
    """Whether a part of a path is hidden, leads up, or is no name on some system."""
    return (
        part.startswith(".")
        or part.endswith((" ", "."))
        or not part.isprintable()
        or bool(set(part) & set('\\:*?"<>|'))
        or len(part.encode()) > LONGEST_NAME
    )


def _decoded(asset: Mapping[str, Any]) -> bytes:
    if asset.get("encoding") != "base64":
        raise RefusedError("файл передан в неизвестном виде")
    return base64.b64decode(asset["content"], validate=True)
