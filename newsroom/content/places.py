"""Where content files lie, and which chapters of the last catalogue nothing has touched.

A folder of releases with the digest it had is vouched for by the chapters whose files lie
in it. Whatever lies in any other folder is looked at file by file, and so is all of a chapter
that has a file there or names one there that is not as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from newsroom.build.scan import ABSENT, Scan
from newsroom.content.addresses import kind_of
from newsroom.content.catalogue import Entry
from newsroom.content.chapters import OTHERS, Chapter, chapter_of, folder_of
from newsroom.content.strays import is_material, is_suspicious


class ReleaseIds:
    """The ids of files; worked out when the first is asked for."""

    def __init__(self, files: Callable[[], Iterable[str]]) -> None:
        self._files = files

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(map(id_of, self._files()))


class Places:
    """The files of ``scan``, beside the chapters ``known`` from the last build."""

    def __init__(self, scan: Scan, known: Mapping[str, Chapter]) -> None:
        self._scan = scan
        self._known = known
        self.release_ids = ReleaseIds(partial(self.files, "releases"))

    def lines(self, name: str) -> Sequence[Entry]:
        """The lines of a chapter as they were."""
        chapter = self._known.get(name)
        return chapter.entries if chapter else ()

    def files(self, kind: str) -> list[str]:
        """The content files of a type, "" for those that lie in no folder of ours; sorted."""
        if kind == "releases":
            return sorted(file for folder in self._release_folders for file in self._material(folder))
        return sorted(self._others.get(kind, ()))

    def untouched(self) -> Iterator[Chapter]:
        """The chapters of releases that are as they were."""
        loose = {chapter_of(file) for folder in self._not_vouched for file in self._material(folder)}
        for chapter in self._known.values():
            if chapter.name != OTHERS and chapter.name not in loose and self._vouches_for_all(chapter):
                yield chapter

    def releases_but(self, untouched: Iterable[str]) -> dict[str, list[str]]:
        """The files of all chapters of releases but the ``untouched``, by chapter."""
        left_alone = {OTHERS, *untouched}
        folders = set(self._not_vouched)
        for chapter in self._known.values():
            if chapter.name not in left_alone:
                folders.update(chapter.folders)
        found: dict[str, list[str]] = {}
        for folder in sorted(folders):
            for file in self._material(folder):
                if (name := chapter_of(file)) not in left_alone:
                    found.setdefault(name, []).append(file)
        return found

    def folders(self, files: Iterable[str], entries: Iterable[Entry]) -> dict[str, bytes]:
        """The folders of a chapter's files with their digests.

        b"" for those where a file made no line to be kept or is only taken for no material:
        it must be told of every time.
        """
        entries = tuple(entries)
        made = {entry.file for entry in entries if entry.place}
        named = {state.path for entry in entries for state in entry.files}
        found = {}
        for folder in sorted({folder_of(file) for file in files}):
            names = self._scan.folders[folder]
            strange = any(is_suspicious(name) and f"{folder}/{name}" not in named for name in names)
            found[folder] = b"" if strange else self._scan.digests[folder]
        for file in files:
            if file not in made:
                found[folder_of(file)] = b""
        return found

    def not_known(self) -> Iterator[str]:
        """All files but those in the folders that the chapters vouch for."""
        for folder in self._scan.folders:
            if not _is_of_releases(folder) or folder in self._not_vouched:
                yield from self._scan.within(folder)

    def _material(self, folder: str) -> Iterator[str]:
        return filter(is_material, self._scan.within(folder))

    def _vouches_for_all(self, chapter: Chapter) -> bool:
        digests, scan = self._scan.digests, self._scan
        return all(digests.get(folder) == digest for folder, digest in chapter.folders.items()) and all(
            scan.get(path, ABSENT) == stamp for path, stamp in chapter.beyond.items()
        )

    @cached_property
    def _release_folders(self) -> list[str]:
        return [folder for folder in self._scan.folders if _is_of_releases(folder)]

    @cached_property
    def _not_vouched(self) -> frozenset[str]:
        """The folders of releases that no chapter vouches for."""
        digests, vouched = self._scan.digests, set()
        for chapter in self._known.values():
            vouched |= {folder for folder, digest in chapter.folders.items() if digests.get(folder) == digest}
        return frozenset(self._release_folders) - vouched

    @cached_property
    def _others(self) -> dict[str, list[str]]:
        """The content files that are no releases, by types."""
        found: dict[str, list[str]] = {}
        for folder in self._scan.folders:
            if not _is_of_releases(folder):
                for file in self._material(folder):
                    found.setdefault(kind_of(file), []).append(file)
        return found


def id_of(file: str) -> str:
    """The id that the name of a content file gives."""
    return file.rpartition("/")[2].removesuffix(".md")


def _is_of_releases(folder: str) -> bool:
    return folder == "releases" or folder.startswith("releases/")
