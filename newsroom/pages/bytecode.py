"""The theme's templates compiled, kept between builds: compiling them takes half a second."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from newsroom.build.sealed import seal, unseal


def keep_bytecode(environment: Environment, file: Path, key: bytes, names: Iterable[str]) -> None:
    """Let ``environment`` find these templates compiled in ``file``, or compile all and keep them there.

    ``key`` must tell apart whatever bytecode is made of: the templates, and the program
    and the settings, since a filter on a constant is worked out while compiling. Call it
    before work is shared among processes, so that one compiles for all.
    """
    kept = unseal(file, key)
    cache = _Bytecode(msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {})
    environment.bytecode_cache = cache
    if kept is None:
        for name in names:
            environment.get_template(name)
        seal(file, key, msgspec.msgpack.encode(cache.by_name))


class _Bytecode(BytecodeCache):
    """Bytecode by the names of templates; Jinja makes sure it is of this source and this Python."""

    def __init__(self, by_name: dict[str, bytes]) -> None:
        self.by_name = by_name

    def get_cache_key(self, name: str, filename: str | Path | None = None) -> str:  # noqa: ARG002
        """The name alone: a cache may come from a machine where the theme stands elsewhere."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.by_name:
            bucket.bytecode_from_string(self.by_name[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.by_name[bucket.key] = bucket.bytecode_to_string()
