"""Files of the program's own memory: whole, of this version, and unharmed, or not there at all.

A sealed file begins with its kind, the key under which it was written and the digest
of what follows. Whoever reads it must name the same kind and key; a file of another
version, of another site, cut short or changed in one bit is as good as none, and
costs a slower build, never a wrong one.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

_DIGEST_SIZE = 32


def seal(path: Path, key: bytes, data: bytes) -> None:
    """Write ``data`` under ``key``: in one step for whoever reads. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as stream:
        stream.write(_head(key, data))
        stream.write(data)
    draft.replace(path)


def unseal(path: Path, key: bytes) -> bytes | None:
    """What was sealed under ``key``, else None."""
    with suppress(OSError), path.open("rb") as stream:
        head = stream.read(2 * _DIGEST_SIZE)
        data = stream.read()
        return data if head == _head(key, data) else None
    return None


def _head(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key).digest() + hashlib.sha256(data).digest()
