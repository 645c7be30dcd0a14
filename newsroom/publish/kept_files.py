"""Files that the editor of the preview writes, so that nobody's work is lost by it."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote


class RefusedError(Exception):
    """A request that is not obeyed, and why, in Russian."""


def id_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refuse_stale(file: Path, read: object) -> None:
    """Raise RefusedError where the text is not the one that was read; ``read`` is its id."""
    there = id_of(file.read_bytes()) if file.is_file() else None
    if there == read:
        return
    if read is None:
        raise RefusedError(f"файл «{file.name}» уже есть: впишите другой адрес страницы")
    raise RefusedError(
        f"файл «{file.name}» изменился, пока вы писали: скопируйте свою правку, обновите страницу "
        "и внесите правку снова"
    )


def is_new(file: Path, data: bytes) -> bool:
    """Whether there is no such file yet; raises RefusedError where there is another of that name."""
    if not file.is_file():
        return True
    if file.read_bytes() != data:
        raise RefusedError(f"файл «{file.name}» уже есть, и он другой: переименуйте свой")
    return False


def refuse_named(file: Path) -> None:
    """Raise RefusedError where a text beside the file names it."""
    names = "|".join(re.escape(name) for name in {file.name, quote(file.name)})
    named = re.compile(rf"(?<![\w.-])(?:{names})(?![\w-]|\.\w)")
    for text in sorted(file.parent.glob("*.md")):
        if named.search(text.read_text("utf-8", errors="replace")):
            raise RefusedError(f"файл «{file.name}» назван в «{text.name}»: сначала уберите его оттуда")


def files_of(folder: Path, depth: int) -> Iterator[Path]:
    """Files of a folder and of those in it, so deep; hidden ones and links are passed over."""
    if depth < 1 or not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from files_of(Path(entry.path), depth - 1)
        elif entry.is_file():
            yield Path(entry.path)


def write(file: Path, data: bytes) -> None:
    """Put a whole file in its place, or leave what is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.with_name(f".editor-{secrets.token_hex(8)}")
    try:
        waiting.write_bytes(data)
        waiting.replace(file)
    finally:
        waiting.unlink(missing_ok=True)
