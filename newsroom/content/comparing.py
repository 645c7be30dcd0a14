"""Releases with corrections get the versions that tell what each correction changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from newsroom.build.fingerprint import of_bytes
from newsroom.build.git_history import GitHistory, Revision, history_of
from newsroom.build.scan import UNKNOWN, digest_of
from newsroom.build.workers import Tick, share_out
from newsroom.content import front_matter, records, versions
from newsroom.content.addresses import address_of
from newsroom.content.attached import Picture
from newsroom.content.catalogue import Compared, Entry, FileState
from newsroom.content.figures import caption_and_author
from newsroom.content.markdown import Converter
from newsroom.content.past import draft
from newsroom.content.plain_text import plain_text
from newsroom.content.reading import Reading
from newsroom.content.typography import typograph
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site


class Manuscript(Struct, frozen=True):
    """A release with corrections: its line, and what its file was in git with the bytes, oldest first.

    ``is_known`` is False for a file that a commit may still give a past: it is new where others are known.
    """

    entry: Entry
    past: tuple[tuple[Revision, bytes], ...]
    is_known: bool


def with_versions(entries: Sequence[Entry], reading: Reading, workers: int = 1) -> list[Entry]:
    """The lines with what can be compared of them, in no certain order; raises NewsroomError.

    git is asked once for all of them.
    """
    history = history_of(reading.root)
    if history is None:
        return list(entries)
    if history.is_cut():
        raise _cut(min(entry.file for entry in entries))
    work = partial(_compared, reading)
    return [
        entry for part in share_out(_manuscripts(entries, history), work, workers=workers) for entry in part
    ]


def _manuscripts(entries: Sequence[Entry], history: GitHistory) -> list[Manuscript]:
    revisions = history.revisions([entry.file for entry in entries])
    blobs = history.contents(each.blob for some in revisions.values() for each in some)
    # In a folder that is in no commit nothing has a past, and nothing is waited for.
    alone = len(revisions) < len(entries) and not (revisions or history.knows_any())
    return [
        Manuscript(entry, _past(revisions.get(entry.file, ()), blobs), alone or entry.file in revisions)
        for entry in entries
    ]


def _past(revisions: Iterable[Revision], blobs: Mapping[str, bytes]) -> tuple[tuple[Revision, bytes], ...]:
    return tuple((each, blobs.get(each.blob, b"")) for each in revisions)


def _compared(reading: Reading, manuscripts: Sequence[Manuscript], _: Tick) -> list[Entry]:
    """In a worker."""
    converter = Converter()
    entries = [_entry(each, reading, converter) for each in manuscripts]
    reading.segments.flush()
    return entries


def _entry(manuscript: Manuscript, reading: Reading, converter: Converter) -> Entry:
    entry, site = manuscript.entry, reading.site
    data = front_matter.read_bytes(reading.root / entry.file, entry.file)
    now = site.now.timestamp()
    present = draft(data, now, now)
    own = {entry.url, *(alias.removesuffix("index.html") for alias in entry.aliases)}
    past = [
        draft(content, each.earliest, each.latest, is_foreign=address_of(each.path) not in own)
        for each, content in manuscript.past
    ]
    states = {state.path: state.digest for state in entry.files}
    if digest_of(data) != states[entry.file] or present.header is None:
        return _unsettled(entry)  # it changed while it was read
    plain = partial(_plain, converter, site)
    found = versions.compared(versions.shown(past, present, site), plain)
    if found:
        record = records.encode(found)
        numbers = tuple(number for version in found for number in version.corrections)
        entry = replace(entry, compared=Compared(reading.add(record), of_bytes(record), numbers))
    is_settled = versions.is_committed(past, present) or (manuscript.is_known and not manuscript.past)
    return entry if is_settled else _unsettled(entry)


def _unsettled(entry: Entry) -> Entry:
    """The line of a file that must be read again, though it holds what it held: a commit may come."""
    files = (
        FileState(state.path, UNKNOWN, b"") if state.path == entry.file else state for state in entry.files
    )
    return replace(entry, files=tuple(files))


def _plain(converter: Converter, site: Site, markdown: str) -> str:
    """The plain text of a body that may name what is long gone."""
    try:
        html = converter.convert(markdown, resolve_link=partial(_link, site), resolve_picture=_picture)
    except RecursionError:
        return markdown
    return plain_text(html)


def _link(site: Site, address: str, _: str) -> str:
    """Addresses of other sites are told; one of our own may be of what is no longer public, or not yet."""
    return address if urlsplit(address).scheme and not address.startswith(site.url) else "#"


def _picture(_: str, alt: str, title: str) -> Picture:
    """A picture of which only the words count."""
    caption, author = (typograph(words) for words in caption_and_author(title))
    words = {"alt": typograph(alt), "caption": caption, "author": author}
    return Picture(source="", digest="", url="", width=0, height=0, widths=(), **words)


def _cut(file: str) -> NewsroomError:
    message = "в релизе есть исправления, а история git здесь неполная: не видно, что они изменили"
    return NewsroomError([Problem(file, 0, message, "выполните git fetch --unshallow и соберите снова")])
