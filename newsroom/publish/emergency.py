"""Emergency notices alone, wherever the site is served from: what a branch, a server and a storage share.

A part of the edition that is served is borrowed into a folder, a program of its own makes the notices in it,
and what that changed is published as any change is. No output and no cache of this machine is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from newsroom.build.edition import FILE_NAME, SIGNATURE_NAME, parse_sections, read_shard, shard_path
from newsroom.build.headers_file import PATH as HEADERS_FILE
from newsroom.publish.git import DeployError
from newsroom.publish.signature import PUBLIC_KEY, VARIABLE

Make = Callable[[Path, Path], int]
"""Makes the notices in a folder with a part of an edition; its memory is in another. The exit status."""
FetchAll = Callable[[Sequence[str]], Mapping[str, bytes]]
"""The bytes of files of the edition that is served; those that are not there are left out."""

SECTIONS = ("emergency", "lite")
"""Sections that show notices."""
_OTHERS = (SIGNATURE_NAME, PUBLIC_KEY, "index.html", HEADERS_FILE, "redirects.map")
"""What else is asked: how it is signed, the site's address, what is sent with a file, what is redirected."""


def borrow_lists(fetch_all: FetchAll, folder: Path, place: str) -> None:
    """Put the lists of the edition that is served into ``folder``. Raises DeployError where there is none."""
    found = fetch_all([FILE_NAME])
    if FILE_NAME not in found:
        raise no_site(place)
    _put(folder, found)
    _put(folder, fetch_all([shard_path(key) for key in parse_sections(found[FILE_NAME])]))


def borrow_pages(fetch_all: FetchAll, folder: Path) -> None:
    """Put what notices are made in into a folder with the lists. Raises EditionError for broken ones."""
    sections = parse_sections((folder / FILE_NAME).read_bytes())
    paths = [path for key in SECTIONS if key in sections for path in read_shard(folder, key).paths]
    _put(folder, fetch_all([*_OTHERS, *paths]))


def no_site(place: str) -> DeployError:
    """What is told where there is nothing to put notices into."""
    return DeployError(f"{place}: здесь ещё нет сайта; опубликуйте его целиком: invoke deploy")


def maker(content: Path, url: str) -> Make:
    """What makes notices is a program beside this one: it knows the material, and these only files."""

    def make(site: Path, memory: Path) -> int:
        options = ("--output", str(site), "--memory", str(memory))
        command = [sys.executable, "-m", "newsroom.emergency", str(content), *options]
        sys.stdout.flush()
        environment = os.environ | {"SITEURL": url}  # settings of the public site take its address from there
        return subprocess.run(command, check=False, env=environment).returncode

    return make


def tell_of_no_signature() -> None:
    """An edition that was signed will not be: nobody waits for a key in an emergency."""
    why = f"{VARIABLE} не задан или не от этого сайта"
    print(f"Подписать выпуск нечем ({why}): до следующего invoke deploy он без подписи.", file=sys.stderr)


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
