"""Files that look like material and would be passed over: nothing is skipped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from newsroom.content.catalogue import Entry
from newsroom.problems import Problem

TRANSCRIPT = ".transcript.md"
_BELONGS = (
    "назовите её в поле transcript эфира или релиза, дайте ей имя файла, который она пересказывает "
    "(«skan.transcript.md» для «skan.pdf»), или уберите"
)
_NEARLY = re.compile(r"\.(?:md|markdown|mdown|mkd|mdwn)(?:\.[^/]*)?$", re.IGNORECASE)


def is_material(file: str) -> bool:
    """Whether a file is read by itself: every ``.md`` but a transcript, which others name."""
    return file.endswith(".md") and not file.endswith(TRANSCRIPT)


def is_suspicious(name: str) -> bool:
    """Whether a name is that of a text which is not read by itself."""
    return name.endswith(TRANSCRIPT) or bool(_NEARLY.search(name) and not is_material(name))


def strays(files: Iterable[str], entries: Iterable[Entry] | None) -> Iterator[Problem]:
    """Texts with an unusual ending, and transcripts that belong to nothing.

    ``files`` are paths of files from the content folder; ``entries``, which name transcripts,
    are None where not all of them could be read: then no transcript is told of.
    """
    named = {state.path for entry in entries or () for state in entry.files}
    for file in sorted(files):
        if file.endswith(TRANSCRIPT):
            if entries is not None and file not in named:
                yield Problem(file, 0, "расшифровка ничья", _BELONGS)
        elif _NEARLY.search(file) and not is_material(file):
            remedy = f"переименуйте в «{PurePosixPath(file).name.split('.')[0]}.md»"
            yield Problem(file, 0, f"файл «{PurePosixPath(file).name}» не будет прочитан", remedy)
