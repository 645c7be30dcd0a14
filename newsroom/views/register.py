"""``data/views/``: the years' files and what was read already, written together or not at all.

What is to be written stands first, whole, in one file beside them; whoever finds it there finishes the work.
So a run that is killed has counted all of its logs or nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from newsroom.content.views import FOLDER
from newsroom.problems import NewsroomError, Problem
from newsroom.views.logs import Mark

READ = "read.json"
_PENDING = ".pending.json"


def read_marks(root: Path) -> dict[str, Mark]:
    """How far each log was read, by its id; what a killed run left is finished first. NewsroomError."""
    finish(root)
    try:
        return msgspec.json.decode((root / FOLDER / READ).read_bytes(), type=dict[str, Mark])
    except FileNotFoundError:
        return {}
    except msgspec.MsgspecError:
        remedy = "верните файл, каким он был в git: его пишет программа"
        raise NewsroomError([Problem(f"{FOLDER}/{READ}", 0, "файл не читается", remedy)]) from None


def write(root: Path, years: Mapping[str, str], marks: Mapping[str, Mark]) -> None:
    """Put the texts of the years' files and the marks in their place."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lines = (f' "{id}": {msgspec.json.encode(mark).decode()}' for id, mark in sorted(marks.items()))
    texts = {f"{year}.csv": text for year, text in years.items()} | {
        READ: "{\n" + ",\n".join(lines) + "\n}\n"
    }
    _replace(folder / _PENDING, json.dumps(texts, ensure_ascii=False))
    finish(root)


def finish(root: Path) -> None:
    """Do what stands to be done; nothing where nothing does."""
    folder = root / FOLDER
    pending = folder / _PENDING
    if not pending.is_file():
        return
    for name, text in json.loads(pending.read_text("utf-8")).items():
        _replace(folder / name, text)
    pending.unlink()


def _replace(file: Path, text: str) -> None:
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, "utf-8", newline="\n")
    new.replace(file)
