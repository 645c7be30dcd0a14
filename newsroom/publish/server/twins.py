"""Files packed beforehand, beside each that is worth it: ``.br`` and ``.gz``, as nginx serves them by itself.

What was packed once is kept under the digest of its content, so that a deploy packs what is new.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath

import brotli

from newsroom.build.workers import processors

ENDINGS = frozenset(
    [
        ".html",
        ".css",
        ".js",
        ".json",
        ".xml",
        ".svg",
        ".txt",
        ".md",
        ".csv",
        ".ics",
        ".vtt",
        ".map",
        ".webmanifest",
        ".pem",
        ".wasm",
    ]
)
"""Files that packing makes smaller; pictures, faces and archives are packed already."""
LEAST = 256
"""Bytes from which on a packed file saves a reader anything."""
_BROTLI, _GZIP = 9, 9
"""Quality: brotli's 11 takes twenty times as long for a twentieth of the size."""
_WORTH_SHARING = 200
_PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    ".br": partial(brotli.compress, quality=_BROTLI),
    ".gz": partial(gzip.compress, compresslevel=_GZIP, mtime=0),
}


def is_packed(path: str) -> bool:
    """Whether a file of this name may have twins."""
    return PurePosixPath(path).suffix.lower() in ENDINGS


def names(path: str) -> tuple[str, ...]:
    """The names its twins have, or would have."""
    return tuple(f"{path}{ending}" for ending in _PACKERS)


def pack(files: Iterable[tuple[Path, str]], cache: Path) -> None:
    """Pack files, given with their digests, into the cache; what is there already is left as it is."""
    cache.mkdir(parents=True, exist_ok=True)
    missing = [(file, digest) for file, digest in files if not _kept(cache, digest, ".gz").exists()]
    if len(missing) < _WORTH_SHARING:
        for file, digest in missing:
            _pack(cache, file, digest)
        return
    with ProcessPoolExecutor(processors()) as pool:
        done = pool.map(partial(_pack, cache), *zip(*missing, strict=True), chunksize=50)
        for _ in done:
            pass


def twins(digest: str, cache: Path) -> dict[str, Path]:
    """The packed files of a content by their endings; none that is no smaller."""
    kept = {ending: _kept(cache, digest, ending) for ending in _PACKERS}
    return {ending: file for ending, file in kept.items() if file.exists() and file.stat().st_size}


def forget(cache: Path, used: Iterable[str]) -> None:
    """Let go of what is of no content that is published now."""
    known = set(used)
    for file in cache.glob("??/*"):
        if file.stem not in known:
            file.unlink(missing_ok=True)


def _pack(cache: Path, file: Path, digest: str) -> None:
    data = file.read_bytes()
    for ending, packer in _PACKERS.items():
        packed = packer(data) if len(data) >= LEAST else b""
        target = _kept(cache, digest, ending)
        target.parent.mkdir(exist_ok=True)
        new = target.with_suffix(f"{ending}.{os.getpid()}")
        new.write_bytes(packed if len(packed) < len(data) else b"")  # an empty one: it is not worth it
        new.replace(target)


def _kept(cache: Path, digest: str, ending: str) -> Path:
    return cache / digest[:2] / f"{digest}{ending}"
