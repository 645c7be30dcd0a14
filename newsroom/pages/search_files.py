"""The files of the search's indexes, kept by the texts that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from newsroom.build.pagefind import Text, bundle, version
from newsroom.build.pagefind_files import Files, empty_index, index_files
from newsroom.build.section import Output
from newsroom.pages.desk import Desk
from newsroom.pages.search_periods import SearchPeriod
from newsroom.pages.search_texts import search_text

NUMBER = 1
"""Another one for another way of making the files of the same texts."""
RECIPE = f"search {NUMBER}"
_ANY = Text(url="/", content="поиск")


def period_files(period: SearchPeriod, desk: Desk) -> Files:
    """The index of a period; Pagefind makes it, unless it made one of the very same texts before."""
    library = desk.library
    texts = [
        search_text(library.release(entry)) for month in period.months for entry in library.within(month)
    ]
    return _kept(msgspec.json.encode(texts).decode(), lambda: index_files(bundle(texts)), desk)


def engine_files(desk: Desk) -> Files:
    """Pagefind's script and program and an index of nothing: what is made of one text is the same for any."""
    return _kept("engine", lambda: empty_index(bundle([_ANY])), desk)


def outputs(folder: str, files: Files, desk: Desk) -> Iterator[Output]:
    """Files as they lie in a folder of the site («search/2024-q2/»)."""
    for name, data in files.items():
        yield desk.press.file(f"{folder}{name}", partial(bytes, data), {"content": data})


def _kept(made_of: str, make: Callable[[], Files], desk: Desk) -> Files:
    key = f"{RECIPE} {version()} {made_of}"
    data = desk.media.cache.get(key, ".search", lambda: msgspec.msgpack.encode(make()))
    return msgspec.msgpack.decode(data, type=Files)
