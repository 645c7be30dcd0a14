"""Pagefind's program, which makes an index of texts for its search in the browser.

It runs as a service: messages of JSON in base64 go in and come out, each ended by a comma. The
library beside it sleeps a tenth of a second before every answer, so it is talked to here.
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import IO, Any

import msgspec

from newsroom.build.program import installed_version

LANGUAGE = "ru"
"""Whose morphology is used, of texts and of questions."""

_END = b","
_PIECE = 1 << 20


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A text to be found: its address, what is searched, what is shown, what is chosen by.

    The title in ``meta`` is searched too and weighs most; ``sort`` are keys of an order.
    """

    url: str
    content: str
    language: str = LANGUAGE
    meta: Mapping[str, str] = {}
    filters: Mapping[str, Sequence[str]] = {}
    sort: Mapping[str, str] = {}


class PagefindError(Exception):
    """The program refused a message, or ended."""


def program() -> str:
    """The path of the program; raises ImportError where it is not installed."""
    from pagefind_bin import get_executable

    return str(get_executable())


def version() -> str:
    """Which one it is: «1.5.2»."""
    return installed_version("pagefind_bin")


def bundle(texts: Sequence[Text]) -> dict[str, bytes]:
    """All files that Pagefind makes of texts by their paths, its scripts among them; raises PagefindError.

    Texts are numbered in their order. The files of filters, and what names them, differ from
    run to run: ``pagefind_files`` puts them in order.
    """
    with _Service(program()) as service:
        index = service.ask({"type": "NewIndex", "config": {"force_language": LANGUAGE}})["index_id"]
        for text in texts:
            service.ask({"type": "AddRecord", "index_id": index} | msgspec.to_builtins(text))
        files = service.ask({"type": "GetFiles", "index_id": index})["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


class _Service:
    """A running program."""

    def __init__(self, path: str) -> None:
        self._process = subprocess.Popen([path, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin
        assert self._process.stdout
        self._questions: IO[bytes] = self._process.stdin
        self._answers: Any = self._process.stdout
        self._ahead = b""
        self._asked = 0

    def __enter__(self) -> _Service:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            self._process.kill()
        self._process.communicate()

    def ask(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a message."""
        self._asked += 1
        message = {"message_id": self._asked, "payload": payload}
        try:
            self._questions.write(base64.b64encode(msgspec.json.encode(message)) + _END)
            self._questions.flush()
        except BrokenPipeError:
            raise PagefindError("the program has ended") from None
        answer: dict[str, Any] = msgspec.json.decode(base64.b64decode(self._answer()))["payload"]
        if answer["type"] == "Error":
            raise PagefindError(answer["message"])
        return answer

    def _answer(self) -> bytes:
        parts = []
        while _END not in self._ahead:
            parts.append(self._ahead)
            self._ahead = self._answers.read1(_PIECE)
            if not self._ahead:
                raise PagefindError("the program has ended")
        part, _, self._ahead = self._ahead.partition(_END)
        return b"".join([*parts, part])
