"""New releases tried before they are kept: among all the material, by the very check of the site."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from newsroom.pages import plan
from newsroom.pages.checking import listed
from newsroom.problems import NewsroomError, Problem

_RELEASE = re.compile(r"releases/[\w/.-]+\.md")


@dataclass(frozen=True)
class Tried:
    """``problems`` by release; ``addresses`` the site would have in small letters, None if it has faults."""

    problems: dict[str, list[Problem]]
    addresses: frozenset[str] | None


def tried(content: Path, files: Mapping[str, bytes], settings: str) -> Tried:
    """What a build would make and refuse of ``files`` (bytes by paths from the content folder).

    The material stands beside them as it is, in a folder that is gone afterwards. Problems
    that it has by itself are not told here.
    """
    with TemporaryDirectory(prefix="newsroom-import-") as folder:
        stage = Path(folder) / "content"
        _link_tree(content, stage)
        for file, data in files.items():
            path = stage / file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:  # what lies there is the material itself
                stream.write(data)
        found: defaultdict[str, list[Problem]] = defaultdict(list)
        problems, addresses = _built(stage, Path(folder), settings)
        for problem in problems:
            if file := _culprit(problem, files):
                found[file].append(problem)
        return Tried(dict(found), addresses)


def _built(content: Path, folder: Path, settings: str) -> tuple[list[Problem], frozenset[str] | None]:
    from pelican.settings import read_settings

    own = {"PATH": str(content), "OUTPUT_PATH": str(folder / "output"), "CACHE_PATH": str(folder / "cache")}
    read = read_settings(settings, override=own)
    try:
        generator = read["PELICAN_CLASS"](read).read()
    except NewsroomError as error:
        return error.problems, None
    paths = (path for section in generator.sections for path in listed(section).split("\n"))
    taken = plan.addresses([*filter(None, paths), *plan.OWN_PATHS])
    return [], frozenset(address.lower() for address in taken)


def _culprit(problem: Problem, files: Mapping[str, bytes]) -> str:
    """The new release that a problem is of: the file it names, or one in its words."""
    if problem.file in files:
        return problem.file
    return next((file for file in _RELEASE.findall(problem.message) if file in files), "")


def _link_tree(source: Path, target: Path) -> None:
    """The same files in another folder, without their bytes where the disk allows it."""
    shutil.copytree(source, target, copy_function=_link, symlinks=False)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or a system without links
        shutil.copy2(source, target)
