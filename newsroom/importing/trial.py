"""New releases tried before they are kept: among all the material, by the very check of the site."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from newsroom.problems import NewsroomError, Problem

_RELEASE = re.compile(r"releases/[\w/.-]+\.md")


def problems_of(content: Path, files: Mapping[str, bytes], settings: str) -> dict[str, list[Problem]]:
    """What a build would refuse of ``files`` (bytes by paths from the content folder), by release.

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
        for problem in _problems(stage, Path(folder), settings):
            if file := _culprit(problem, files):
                found[file].append(problem)
        return dict(found)


def _problems(content: Path, folder: Path, settings: str) -> list[Problem]:
    from pelican.settings import read_settings

    own = {"PATH": str(content), "OUTPUT_PATH": str(folder / "output"), "CACHE_PATH": str(folder / "cache")}
    read = read_settings(settings, override=own)
    try:
        read["PELICAN_CLASS"](read).read()
    except NewsroomError as error:
        return error.problems
    return []


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
