"""Files written all or none, and none over another."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from newsroom.problems import NewsroomError, Problem


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write the files in their order; if one cannot be written, those before it are removed again."""
    written: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(data)
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        remedy = "проверьте папку и место на диске и повторите"
        raise NewsroomError([Problem(str(path), 0, f"не записано: {error.strerror}", remedy)]) from None
