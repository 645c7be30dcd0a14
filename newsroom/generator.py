"""The one generator of the site: what is read, planned, made and checked, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from time import time_ns
from typing import Any

from msgspec.structs import replace
from pelican.generators import ArticlesGenerator

from newsroom.build.assets import Assets
from newsroom.build.cache import ContentCache
from newsroom.build.commit_name import CommitName
from newsroom.build.fingerprint import fingerprint
from newsroom.build.journal import Journal
from newsroom.build.memory import Memory
from newsroom.build.program import program
from newsroom.build.scan import Scan, scan
from newsroom.build.section import Section
from newsroom.build.workers import Tick
from newsroom.content.address_lock import AddressLock, read_lock
from newsroom.content.addresses import address_of
from newsroom.content.chapters import read_catalogue
from newsroom.content.conformity_record import read_record
from newsroom.content.gather import Gathered, gather
from newsroom.content.keep import keep
from newsroom.content.library import Library
from newsroom.content.measures import read_measures, strange_names
from newsroom.content.reading import Reading
from newsroom.content.shelf import Shelf, StoredShelf, shown
from newsroom.pages import plan, templates
from newsroom.pages.bytecode import keep_bytecode
from newsroom.pages.checking import Checking, listed
from newsroom.pages.checking_changes import CheckingChanges
from newsroom.pages.desk import Desk
from newsroom.pages.media import Media
from newsroom.pages.press import Press
from newsroom.pages.prints import Prints, prints
from newsroom.pages.release_cards import Cards
from newsroom.pages.secrets import Public, secrets
from newsroom.pages.templates import moment
from newsroom.pages.yearbook import Yearbooks, keep_yearbooks, read_yearbooks, yearbooks
from newsroom.plain_settings import TEMPLATING, plain
from newsroom.problems import NewsroomError, Problem
from newsroom.progress import Progress
from newsroom.secrecy import Secrecy
from newsroom.settings import Site, read_site, without_dead_ends
from newsroom.writer import EditionWriter

PACKAGE = Path(__file__).parent
BUILDING = (PACKAGE / "build", PACKAGE / "content", PACKAGE / "pages")
"""What makes the site, beside the modules on top: neither checks nor imports nor deploys do."""


class NewsroomGenerator(ArticlesGenerator):
    """Stands in for Pelican's article generator, whose lists it does not need."""

    memory: Memory
    strangers = b""
    """The fingerprint of other people's plugins; empty where there are none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = read_site(self.settings)
        self.root = Path(self.path)
        self.assets = Assets(Path(self.theme) / "static", base=self.site.base)
        self.cache = ContentCache(Path(self.settings["CACHE_PATH"]))
        self.problems: list[Problem] = []
        self.progress = Progress()
        _keep_nothing(self.readers)
        if self.strangers:
            from newsroom.plugins import with_globals

            self.strangers = with_globals(self.strangers, self.env.globals)
        self.templating = plain({name: self.settings[name] for name in TEMPLATING})
        templates.equip(self.env, self.site, self.assets)

    def generate_context(self) -> None:
        """Read, gather, plan; raises NewsroomError where a file of the material has a problem."""
        with CommitName(self.root) as asked:
            self.stamps = scan(self.root, self.settings["IGNORE_FILES"])
            try:
                self.gathered = self._gather(self.stamps)
            finally:
                self.progress.end()
            self.commit = asked.told()
        self.problems += self.gathered.problems
        self.lock = read_lock(self.root)
        self.conformity, faults = read_record(self.root)
        self.problems += faults
        self.measures, faults = read_measures(self.root)
        self.problems += faults
        self.library = self._library()
        self.problems += strange_names(self.measures, self.library, self.root)
        self.sections = self._sections(self.library)
        if self.problems:
            self.check()
        self.articles: list[Any] = []

    def generate_output(self, writer: EditionWriter) -> None:
        """Make what changed, then check the whole; raises NewsroomError with every problem of it."""
        try:
            production = writer.produce(self.sections, self._begin)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            self.check()  # a file where another one needs a folder: this tells whose
            raise
        finally:
            self.progress.end()
        years = {year.name: year.outline.digest for year in self.library.years}
        writer.edition = Journal(
            sections=production.sections, years=years, program=self.press.program, lock=self.lock.digest
        )
        writer.secrecy, writer.commit_name = self._secrecy(), self.commit
        keep_yearbooks(self.memory.folder, self.press.program, self.known_yearbooks, self.yearbooks)
        waits = self.gathered.drafts or self.gathered.archive.has_waiting(self._now)
        lock_is_known = writer.last.lock == self.lock.digest
        if lock_is_known and not (self.is_news or production.is_news or waits):
            return  # the same material made the same edition, which was checked when it was made
        as_sound = writer.trusted and writer.last.program == self.press.program
        self.check(writer.edition, writer.last if as_sound else None)

    def check(self, edition: Journal | None = None, last: Journal | None = None) -> None:
        """Raise NewsroomError if anything is wrong with the material, or would be when all hours have come.

        Without the ``edition`` that was made of it, everything is listed; without a ``last`` one that
        was sound, everything is looked at.
        """
        drafts = {draft.entry.url: "это черновик" for draft in self.gathered.drafts}
        archive = self.gathered.archive
        waiting = {
            entry.url: f"релиз выйдет {moment(self._local(entry.moment))}"
            for entry in archive.waiting(self._now)
            if not self.site.preview
        }
        now = self._checking(self.library, self.sections, edition, drafts | waiting, self.lock)
        self.problems += self._changes(now, last) if last else now.problems()
        if archive.has_waiting(self._now) and not self.site.preview:
            whole = archive.complete(self._shelf())
            later = replace(self._checking(whole, self._sections(whole), edition, drafts), public=now)
            self.problems += self._changes(later, edition) if edition else later.problems()
        if self.problems:
            raise NewsroomError(self.problems)

    def _library(self) -> Library:
        """What is shown: all that is due, and in a preview whatever there is."""
        archive, shelf = self.gathered.archive, self._shelf()
        return archive.complete(shelf) if self.site.preview else archive.at(self._now, shelf)

    def _secrecy(self) -> Secrecy:
        """What may be seen of nobody at this hour, drafts and withdrawn releases among it."""
        entries = [draft.entry for draft in self.gathered.drafts]
        waiting = () if self.site.preview else self.gathered.archive.waiting(self._now)
        found = secrets(self.gathered.archive, self.library, entries, waiting)
        return Secrecy(
            root=self.root,
            secrets=found,
            public=Public(self.root, Path(self.theme), self.site, self.library),
            memory=self.memory.folder,
            hosts=(self.site.url.encode(), self.site.base.encode()),
        )

    def _checking(
        self,
        library: Library,
        sections: Sequence[Section],
        edition: Journal | None,
        waiting: dict[str, str],
        lock: AddressLock = AddressLock(),  # noqa: B008 - it is frozen
    ) -> Checking:
        made = edition.sections if edition else {}

        def listed_of(section: Section) -> str:
            before = made.get(section.key)
            return before.listed if before and before.fingerprint == section.fingerprint else listed(section)

        uncertain = frozenset(address_of(file) for file in self.gathered.unmade)
        return Checking(
            library=library,
            sections=sections,
            listed_of=listed_of,
            uncertain=uncertain,
            waiting=waiting,
            lock=lock,
        )

    def _changes(self, checking: Checking, last: Journal) -> list[Problem]:
        return CheckingChanges(checking, last, self.known_chapters).problems()

    def _begin(self, files: int) -> Tick:
        """Get ready to make so many files."""
        if files:
            self._keep_bytecode()
        return self.progress.begin("Файлы сайта", files)

    def _keep_bytecode(self) -> None:
        key = fingerprint(self.press.program, sorted(self.press.templates.items()))
        with suppress(OSError):  # a full disk only costs the next build its speed
            keep_bytecode(self.env, self.memory.folder / "templates", key, self.press.templates)

    @property
    def _now(self) -> datetime:
        return self.site.now.astimezone(self.site.tz)

    def _local(self, moment: int) -> datetime:
        return datetime.fromtimestamp(moment, UTC).astimezone(self.site.tz)

    def _gather(self, stamps: Scan) -> Gathered:
        started = time_ns()
        timeless = _timeless(self.site)
        key = fingerprint(program(PACKAGE / "content", PACKAGE / "build", PACKAGE / "settings.py"), timeless)
        self.known_chapters = known = read_catalogue(self.memory, key)
        reading = Reading(
            read=self._read, root=self.root, stamps=stamps, segments=self.memory.segments, site=self.site
        )
        gathered = gather(reading, known, self.cache, partial(self.progress.begin, "Материалы"))
        kept = gathered.chapters if gathered.archive.names.are_whole else known.values()
        self.is_news = keep(self.memory, key, known, kept, started)
        return gathered

    def _read(self, file: str) -> Any:
        return self.readers.read_file(
            base_path=self.path, path=file, content_class=_source, context=self.context
        )

    def _shelf(self) -> Shelf:
        return StoredShelf(self.memory.segments, shown(self.gathered.archive.names), self.site)

    def _sections(self, library: Library) -> list[Section]:
        there = {"conformity": self.conformity, "reports": self.measures.years}
        extras = (*self.site.extras, *(name for name, what in there.items() if what))
        site = without_dead_ends(self.site, plan.Landmarks(library, extras).__contains__)
        self.press = self._press(library, site)
        entries = prints(library, int(site.now.timestamp()))
        desk = Desk(
            library=library,
            press=self.press,
            prints=entries,
            yearbooks=self._yearbooks(library, entries),
            media=Media(self.root, self.cache),
            cards=Cards(site, self.cache, Path(self.theme) / "static"),
            assets=self.assets,
            conformity=self.conformity,
            measures=self.measures,
            commit=self.commit,
        )
        return plan.sections(desk, Path(self.theme))

    def _yearbooks(self, library: Library, entries: Prints) -> Yearbooks:
        self.known_yearbooks = read_yearbooks(self.memory.folder, self.press.program)
        self.yearbooks = yearbooks(library, entries, self.known_yearbooks)
        return self.yearbooks

    def package(self, id: str) -> bytes:
        """The newsroom package of a published release; raises KeyError where there is none of that id."""
        from newsroom.pages.package import package

        release = self.library.release(self.library.by_id[id])
        return package(release, self.site, partial(Media(self.root, self.cache).original_of, release))

    def _press(self, library: Library, site: Site) -> Press:
        """The press, which knows what everything depends on."""
        self.env.globals["site"] = site
        timeless = _timeless(site)
        shared = (
            program(*BUILDING, *sorted(PACKAGE.glob("*.py"))),
            timeless,
            library.rubrics,
            self.templating,
            self.strangers,
        )
        # A page names files of the theme, whose addresses tell their content.
        names = fingerprint(*sorted(self.assets.addresses.items())).hex()
        made_of = {name: f"{digest} {names}" for name, digest in templates.digests(self.env).items()}
        return Press(
            environment=self.env,
            site=site,
            program=fingerprint(*shared),
            templates=made_of,
            shows=cache(partial(templates.names_word, self.env)),
        )


def _timeless(site: Site) -> Site:
    """The settings without the clock, which is in no fingerprint."""
    return replace(site, now=datetime.fromtimestamp(0, UTC), rehearsal=False)


def _keep_nothing(readers: Any) -> None:
    """Pelican's own memory of what it read stays empty: else it asks twice for the time of each file."""
    readers.get_cached_data = lambda _, default=None: default
    readers.cache_data = lambda *_: None


def _source(*, metadata: dict[str, Any], **_: Any) -> Any:
    """What Pelican's readers make of a file read: here, the Source that our reader put there."""
    return metadata["source"]
