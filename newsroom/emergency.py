"""``python -m newsroom.emergency CONTENT --output FOLDER``: emergency notices alone, put into an edition.

Of the material only ``emergency.yaml`` is read, so nothing else can stand in the way. Of the pages that show
notices only the part between two comments is made; all around it stays as it was published. What a
full build of the same material would make is made byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from msgspec import Struct
from pelican.settings import read_settings

from newsroom.build.edition import EditionError, Shard, read_sections, read_shard, with_other_shards
from newsroom.build.journal import MadeOutput, MadeSection, amend_journal
from newsroom.build.production import write_shard
from newsroom.build.stage import Commit, Stage
from newsroom.content.emergency import read_notices
from newsroom.content.notices import Notice
from newsroom.content.plurals import plural
from newsroom.pages import emergency
from newsroom.pages.document import File
from newsroom.pages.notice_board import Board, board
from newsroom.pages.templates import moment
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site, read_site

COMPONENT = "components/emergency_notices.html"
LITE = "lite"
"""The section of the light page, which shows notices too, where the site has it."""
PARTS = {emergency.KEY: (emergency.PAGE, "emergency_notices"), LITE: ("lite/index.html", "emergency_lite")}
"""By sections: the page that has a part for notices, and the macro that makes it."""
_PART = re.compile(rb"<!--emergency-->.*?<!--/emergency-->", re.DOTALL)
_FEED_SHEET = re.compile(r"theme/feed\.[0-9a-f]+\.css")
_REBUILD = "соберите и опубликуйте сайт целиком: invoke deploy"
_MEND = "верните шаблон, каким он был, и повторите"


class Alone(Struct, frozen=True):
    """What the notices of ``now`` make of the edition in the folder of ``stage``."""

    stage: Stage
    now: Board
    site: Site
    environment: Environment

    def commit(self, memory: Path | None) -> Commit:
        """Put it into the edition; the journal in ``memory`` knows of it then. Raises NewsroomError."""
        output, before = self.stage.output, self.stage.edition_digest()
        try:
            old = {key: read_shard(output, key) for key in self._keys()}
            new = {key: self._made(key, shard) for key, shard in old.items()}
            shards = {key: section.shard for key, section in new.items()}
            more = sum(len(section.paths) - len(old[key].paths) for key, section in new.items())
            index = with_other_shards(output, shards, more)
        except EditionError as error:
            raise NewsroomError([Problem(str(output), 0, f"издание не цело: {error}", _REBUILD)]) from None
        edition = hashlib.sha256(index).hexdigest()
        if edition == before:
            return Commit(written=0, removed=0)
        stale = [path for key in new for path in old[key].paths.keys() - set(new[key].paths)]
        commit = self.stage.commit(index, stale, lambda: ())
        with suppress(OSError):  # a full disk only costs the next build its speed
            if memory:
                amend_journal(memory, before, edition, new)
        return commit

    def _keys(self) -> list[str]:
        found = read_sections(self.stage.output) if self.stage.edition_digest() else {}
        if emergency.KEY not in found:
            message = "здесь нет целого издания, в котором есть место для экстренных сообщений"
            raise NewsroomError([Problem(str(self.stage.output), 0, message, _REBUILD)])
        return [key for key in PARTS if key in found]

    def _made(self, key: str, old: Shard) -> MadeSection:
        """The section as it is now. Its fingerprints are left out: the next build makes these files again."""
        files = [self._page(*PARTS[key])]
        if key == emergency.KEY:
            files += emergency.files(self.now, self.site, self._feed_sheet())
        outputs = [MadeOutput(file.path, b"", self.stage.put(file.path, file.data)) for file in files]
        known = {output.path for output in outputs}
        if key != emergency.KEY:
            others = ((path, digest) for path, digest in old.paths.items() if path not in known)
            outputs += [MadeOutput(path, b"", bytes.fromhex(digest)) for path, digest in others]
        shard = write_shard(self.stage, key, old.releases, outputs)
        return MadeSection.of(b"", outputs, shard, len(old.releases))

    def _page(self, path: str, macro: str) -> File:
        try:
            page = (self.stage.output / path).read_bytes()
            made = getattr(self.environment.get_template(COMPONENT).module, macro)(self.now)
        except OSError as error:
            raise NewsroomError([Problem(path, 0, f"страница не читается: {error}", _REBUILD)]) from None
        except TemplateError as error:
            raise NewsroomError([_of_template(error)]) from None
        data, parts = _PART.subn(lambda _: str(made).encode(), page)
        if parts != 1:
            message = "на странице нет места для экстренных сообщений"
            raise NewsroomError([Problem(path, 0, message, _REBUILD)])
        return File(path=path, data=data)

    def _feed_sheet(self) -> str:
        """The style sheet that the feeds of this edition have, whatever the theme has by now."""
        sheets = filter(_FEED_SHEET.fullmatch, read_shard(self.stage.output, "theme").paths)
        return next((self.site.href(f"/{path}") for path in sheets), "")


def _of_template(error: TemplateError) -> Problem:
    """What is wrong with a template; only a fault of its syntax has a place."""
    file, line = getattr(error, "name", None) or COMPONENT, getattr(error, "lineno", 0)
    return Problem(f"templates/{file}", line, f"ошибка в шаблоне: {error.message}", _MEND)


def renew(settings: Mapping[str, Any], memory: Path | None = None) -> list[str]:
    """Put the notices of this hour into the edition of OUTPUT_PATH; what came of it. Raises NewsroomError."""
    site = read_site(settings)
    notices = list(read_notices(Path(settings["PATH"]), site.tz).values())
    now = board(notices, site.now)
    with Stage(Path(settings["OUTPUT_PATH"])) as stage:
        commit = Alone(stage, now, site, environment(settings)).commit(memory)
    return list(told(notices, now, commit))


def environment(settings: Mapping[str, Any]) -> Environment:
    """Templates as a build has them; nothing of the material is read."""
    from newsroom.generator import NewsroomGenerator

    folders = {"path": settings["PATH"], "theme": settings["THEME"], "output_path": settings["OUTPUT_PATH"]}
    made: Environment = NewsroomGenerator(context=dict(settings), settings=settings, **folders).env
    return made


def told(notices: Sequence[Notice], now: Board, commit: Commit) -> Iterator[str]:
    """What is shown now and what waits, in words."""
    for posted in now.active:
        until = moment(posted.notice.expires)
        yield f"Действует до {until}: {posted.notice.label}: {posted.notice.headline}"
    shown = {notice.id for notice in (*now.notices, *now.tests)}
    for notice in notices:
        if notice.id not in shown:
            yield f"Ждёт своего часа, {moment(notice.effective)}: {notice.headline}"
    if not now.active:
        yield "Действующих экстренных сообщений нет: полосы на сайте не будет."
    files = plural(commit.written + commit.removed, "файл изменился", "файла изменились", "файлов изменилось")
    yield f"В издании {files}." if commit.written + commit.removed else "Издание уже такое, как надо."


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 where the notices or the edition have problems, and then nothing is changed."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.emergency", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("--output", type=Path, required=True, help="folder with an edition of the site")
    parser.add_argument("--memory", type=Path, help="folder where the build of that edition left its memory")
    parser.add_argument("--settings", default="publishconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    override = {"PATH": str(options.content), "OUTPUT_PATH": str(options.output)}
    try:
        print(*renew(read_settings(options.settings, override=override), options.memory), sep="\n")
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
