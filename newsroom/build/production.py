"""One edition made from the last: sections taken over whole, the others output by output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from newsroom.build.edition import Shard, shard_path
from newsroom.build.journal import MadeOutput, MadeSection
from newsroom.build.section import Output, Section
from newsroom.build.segments import Segments
from newsroom.build.stage import Stage
from newsroom.build.workers import Tick, processors, share_out

WORTH_SHARING = 2000
"""Outputs from which on a second process saves more time than it costs."""

NEW = "новый файл"
FORGOTTEN = "прежнее забыто"
HARMED = "файл на месте был другим"
APART = "прежнее сделано без сборки"


class Made(Struct, frozen=True):
    """An output made in this build, the names of its inputs that had changed, its content file."""

    path: str
    because: tuple[str, ...]
    source: str = ""


class Production(Struct, kw_only=True):
    """All sections of the edition as they are now, and what of them was made anew."""

    sections: dict[str, MadeSection] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    is_news: bool = False
    """Whether anything was made, or is there no more."""

    @property
    def files(self) -> int:
        """How many files the edition has."""
        return sum(section.listed.count("\n") + 1 for section in self.sections.values() if section.listed)

    @property
    def releases(self) -> int:
        """How many releases stand in it."""
        return sum(section.releases for section in self.sections.values())


class Producer(Struct, frozen=True, kw_only=True):
    """Makes what differs from ``last``, the sections of the journal, on ``stage``.

    ``segments`` have the outputs of those.

    Without ``trusted`` the site's folder may be other than the journal says, and every
    file of it that is not made anew is looked into.
    """

    stage: Stage
    last: Mapping[str, MadeSection]
    trusted: bool
    segments: Segments | None = None
    workers: int = field(default_factory=processors)
    anew: str = ""
    """Why everything is made anew, "" where only what changed is. Then others look through the
    stage before it is an edition, and who asked for it writes the shards."""
    written: Callable[[str], object] = lambda _: None
    """Called with the path of each file that was put on the stage."""

    def stale(self, sections: Sequence[Section]) -> list[Section]:
        """The sections that must be listed, heaviest first."""
        stale = [section for section in sections if not self._is_as_before(section)]
        return sorted(stale, key=lambda section: (-section.weight, section.key))

    def produce(
        self, sections: Sequence[Section], begin: Callable[[int], Tick] = lambda _: lambda _: None
    ) -> Production:
        """Every section, made or taken over; ``begin`` is told how many outputs may have to be made."""
        stale = self.stale(sections)
        weight = sum(section.weight for section in stale)
        alone, tick = weight < WORTH_SHARING, begin(weight)
        answers = share_out(stale, self._make, workers=1 if alone else self.workers, tick=tick)
        made = {key: entry for found, _ in answers for key, entry in found.items()}
        production = Production(made=sorted((one for _, found in answers for one in found), key=_by_path))
        for section in sections:
            production.sections[section.key] = made.get(section.key) or self.last[section.key]
        production.is_news = bool(stale) or production.sections.keys() != self.last.keys()
        return production

    def _is_as_before(self, section: Section) -> bool:
        before = self.last.get(section.key)
        return (
            self.trusted
            and not self.anew
            and before is not None
            and before.fingerprint == section.fingerprint
        )

    def _make(self, sections: Sequence[Section], tick: Tick) -> tuple[dict[str, MadeSection], list[Made]]:
        entries, made = {}, []
        for section in sections:
            entries[section.key], news = self._make_one(section)
            made += news
            tick(section.weight)
        return entries, made

    def _make_one(self, section: Section) -> tuple[MadeSection, list[Made]]:
        before = self.last.get(section.key)
        known = {made.path: made for made in before.outputs(self.segments)} if before else {}
        outputs, news = [], []
        for output in section.outputs():
            old = known.get(output.path)
            because = self._reasons(output, old)
            if old and not because:
                outputs.append(old)
                continue
            digest = self.stage.put(output.path, output.make())
            self.written(output.path)
            outputs.append(MadeOutput(output.path, output.prints, digest))
            news.append(Made(output.path, because, output.source))
        releases = section.releases()
        shard = "" if self.anew else write_shard(self.stage, section.key, releases, outputs)
        return MadeSection.of(section.fingerprint, outputs, shard, len(releases)), news

    def _reasons(self, output: Output, old: MadeOutput | None) -> tuple[str, ...]:
        if old is None:
            return (NEW,) if self.last or self.stage.is_first else (FORGOTTEN,)
        if self.anew:
            return (self.anew,)
        if not old.prints:
            return (APART,)
        if old.prints != output.prints:
            return output.changed_inputs(old.prints)
        if not self.trusted and not self.stage.output_has(output.path, old.digest):
            return (HARMED,)
        return ()


def write_shard(stage: Stage, key: str, releases: tuple[str, ...], outputs: Sequence[MadeOutput]) -> str:
    """Put the list of a section's outputs on the stage; gives its SHA-256."""
    paths = {made.path: made.digest.hex() for made in outputs}
    return stage.put(shard_path(key), Shard(paths=paths, releases=releases).to_bytes()).hex()


def _by_path(made: Made) -> str:
    return made.path
