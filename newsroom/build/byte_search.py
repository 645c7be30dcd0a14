"""Many needles looked for in many files at once, byte by byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from newsroom.build.workers import Tick, processors, share_out

WORTH_SHARING = 2000
"""Files to look through from which on a second process saves more time than it costs."""

_NAME_GOES_ON = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
_ADDRESS_GOES_ON = _NAME_GOES_ON | frozenset(b".~%/")

Found = tuple[str, bytes]
"""The path of a file, a needle that stands in it."""


class ByteSearch:
    """Looks for ``needles``; where one ends in a letter or a digit of ASCII, the name must end there too:
    «2024-07-01-otchet» is not in «2024-07-01-otchet-2». One that begins with «/» is an address from
    the root of this site: after a name it is another's, but for those of ``hosts`` («https://news.example»).
    """

    def __init__(self, needles: Iterable[bytes], hosts: Iterable[bytes] = ()) -> None:
        # Late: most sites have nothing to hide most of the time.
        from ahocorasick_rs import BytesAhoCorasick

        self.needles = sorted(set(needles))
        self._hosts = tuple(filter(None, hosts))
        self._automaton = BytesAhoCorasick(self.needles)

    def within(self, data: bytes) -> set[bytes]:
        """Those of the needles that stand in ``data``."""
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return {
            self.needles[number]
            for number, start, end in found
            if _ends_there(data, end) and self._begins_there(data, start)
        }

    def _begins_there(self, data: bytes, start: int) -> bool:
        if data[start : start + 1] != b"/" or not start:
            return True
        before = data[start - 1]
        return (before < 0x80 and before not in _ADDRESS_GOES_ON) or data.endswith(self._hosts, 0, start)

    def in_files(self, paths: Sequence[str], read: Callable[[str], bytes]) -> list[Found]:
        """What stands in which of the files, or in its very path; sorted."""
        workers = processors() if len(paths) >= WORTH_SHARING else 1

        def look(part: Sequence[str], _: Tick) -> list[Found]:
            return list(self._each(part, read))

        return sorted(found for some in share_out(paths, look, workers=workers) for found in some)

    def _each(self, paths: Iterable[str], read: Callable[[str], bytes]) -> Iterator[Found]:
        for path in paths:
            for needle in self.within(read(path)) | self.within(f"/{path}".encode()):
                yield path, needle


def _ends_there(data: bytes, end: int) -> bool:
    return end >= len(data) or data[end] not in _NAME_GOES_ON or data[end - 1] not in _NAME_GOES_ON
