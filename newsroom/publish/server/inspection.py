"""What lies on the server, beside what the edition says that is served there: `deploy --whole`."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from newsroom.build.edition import FILE_NAME, SIGNATURE_NAME, digest, parse_sections, shard_path
from newsroom.publish.listing import Listing, of_place
from newsroom.publish.server import editions, twins
from newsroom.publish.server.shell import Shell


class Found(Struct, frozen=True):
    """Paths of the edition that are otherwise on the server, and of what is in no edition; each sorted.

    A packed twin that is wrong is told by the path of its file.
    """

    harmed: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


def served_listing(shell: Shell, output: Path) -> Listing:
    """What the edition that is served says it holds; lists that differ from ours are fetched at once."""
    index = shell.fetch(f"current/{FILE_NAME}")
    if index is None:
        return {}
    ours = {key for key, expected in parse_sections(index).items() if _has(output, key, expected)}
    lists = [shard_path(key) for key in parse_sections(index) if key not in ours]
    fetched = shell.fetch_all("current", [*lists, SIGNATURE_NAME]) | {FILE_NAME: index}
    return of_place(fetched.get, output)


def inspect(shell: Shell, there: Listing, now: Listing, output: Path, cache: Path) -> Found:
    """Compare every file of the edition that is served, ``there``, and find what is none of them.

    Of what is to be sent anew the twins are not looked at: ``now`` says otherwise of it than ``there``.
    """
    packed = {path for path in there if twins.is_packed(path)}
    same = sorted(path for path in packed if now.get(path) == there[path])
    twins.pack(((output / path, now[path]) for path in same), cache)
    owners = {
        f"{path}{ending}": (path, digest(file))
        for path in same
        for ending, file in twins.twins(now[path], cache).items()
    }
    expected = {**there, **{name: digest for name, (_, digest) in owners.items()}}
    wrong = editions.compare(shell, "current", expected)
    replaced = {name for path in packed.difference(same) for name in twins.names(path)}
    strange = editions.files(shell, "current") - expected.keys() - replaced
    twins.forget(cache, now.values())
    harmed = {owners[path][0] if path in owners else path for path in wrong}
    return Found(tuple(sorted(harmed)), tuple(sorted(strange)))


def _has(output: Path, key: str, expected: str) -> bool:
    file = output / shard_path(key)
    return file.is_file() and digest(file) == expected
