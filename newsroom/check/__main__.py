"""``python -m newsroom.check CONTENT``: what a build would refuse, and what the rules say, without building.

A build's own problems are always those of all the material. The rules are put to what has changed
since the last commit, or to everything with ``--all``, and outside git.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns
from typing import Any

from pelican.settings import read_settings

from newsroom.build.scan import scan
from newsroom.check.changed import changed_files, shared_commit, texts_to_check
from newsroom.check.formats import FORMATS, Places, as_text
from newsroom.check.lists import FILES as LISTS
from newsroom.check.looking import Looking
from newsroom.check.promised import erased
from newsroom.check.rule import BUILD, Remark
from newsroom.content.addresses import kind_of
from newsroom.content.plurals import plural
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import read_site


@dataclass
class Checked:
    """All that a check has to say."""

    remarks: list[Remark] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    releases: int = 0
    looked_at: int = 0
    unread: int = 0
    is_all: bool = True

    def count(self, severity: str) -> int:
        return sum(remark.severity == severity for remark in self.remarks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell everything that is wrong; 1 if there is an error, else 0."""
    options = _options(arguments)
    content = Path(options.content)
    checked = _check(content, options)
    places = Places(content, Path.cwd())
    written = FORMATS[options.format](checked.remarks, places)
    if options.report:
        checked.remarks += _reported(f"{written}\n", options.report)
        written = as_text(checked.remarks, places)
    if written:
        print(written)
    is_for_people = options.format == "text" or options.report
    print(*_summary(checked, places), sep="\n", file=sys.stdout if is_for_people else sys.stderr)
    return int(checked.count("error") > 0)


def _reported(written: str, file: str) -> list[Remark]:
    """Write the report; what stood in the way of that."""
    try:
        Path(file).write_text(written, "utf-8")
    except OSError as error:
        problem = Problem(file, 0, f"отчёт не записан: {error.strerror}", "проверьте имя и папку в --report")
        return [Remark(problem, BUILD, "error")]
    return []


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m newsroom.check", description=__doc__)
    parser.add_argument("content", help="folder of the material")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    parser.add_argument("--output", help="folder of the site, whose build remembers the material")
    parser.add_argument("--all", action="store_true", help="put the rules to every file")
    parser.add_argument(
        "--since", default="", help="put them to what changed since this commit or branch left"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to tell it (text)")
    parser.add_argument("--report", help="write it to this file, and tell people in words")
    return parser.parse_args(arguments)


def _check(content: Path, options: argparse.Namespace) -> Checked:
    """What a build would refuse and what the rules say, in the order of files and lines."""
    override = {"PATH": options.content} | ({"OUTPUT_PATH": options.output} if options.output else {})
    settings = read_settings(options.settings, override=override)
    checked = Checked()
    for look in (_ask_a_build, _ask_the_lock, _put_the_rules):
        try:
            look(checked, content, options, settings)
        except NewsroomError as error:
            checked.remarks += [Remark(problem, BUILD, "error") for problem in error.problems]
    checked.remarks = sorted(set(checked.remarks))
    return checked


def _ask_a_build(checked: Checked, _: Path, __: argparse.Namespace, settings: Any) -> None:
    """What a build would refuse, and what drafts still lack; raises NewsroomError."""
    read_site(settings)
    generator = settings["PELICAN_CLASS"](settings).read()
    checked.releases = len(generator.library.releases)
    for draft in generator.gathered.drafts:
        checked.drafts.append(draft.entry.file)
        checked.remarks += [Remark(problem, BUILD, "notice") for problem in draft.remarks]


def _ask_the_lock(checked: Checked, content: Path, options: argparse.Namespace, _: Any) -> None:
    """Published addresses that were taken out of their list; raises NewsroomError."""
    began = shared_commit(content, options.since) if options.since else "HEAD"
    checked.remarks += [Remark(problem, BUILD, "error") for problem in erased(content, began)]


def _put_the_rules(checked: Checked, content: Path, options: argparse.Namespace, settings: Any) -> None:
    """What the rules say of the files that are asked for; raises NewsroomError."""
    now, stamps = time_ns(), scan(content, settings["IGNORE_FILES"])
    texts = [file for file in stamps if (file.endswith(".md") and kind_of(file)) or file in LISTS]
    changed = None if options.all else changed_files(content, options.since)
    looking = Looking(content, stamps, now)
    if changed is None:
        memory = Path(settings["CACHE_PATH"]) / "memory" / Path(settings["OUTPUT_PATH"]).name
        found = looking.at_all(sorted(texts), memory / "remarks")
    else:
        wanted = texts_to_check(content, texts, changed)
        lists = [file for file in LISTS if file in stamps and file not in wanted]  # rules need all of them
        found = looking.at(sorted([*wanted, *lists]))
        checked.is_all, checked.looked_at = False, len(wanted)
    checked.unread = sum(not looked.is_read for looked in found)
    checked.remarks += [remark for looked in found for remark in looked.remarks]


def _summary(checked: Checked, places: Places) -> Iterator[str]:
    """What was found, in numbers; which drafts there are; what was not looked at."""
    for file in checked.drafts:
        yield f"{places.shown(file)}: черновик, на сайт не попадёт"
    errors, warnings = checked.count("error"), checked.count("warning")
    found = [plural(errors, "ошибка", "ошибки", "ошибок")] if errors else []
    found += [plural(warnings, "замечание", "замечания", "замечаний")] if warnings else []
    if found:
        yield f"Найдено: {', '.join(found)}."
    if not errors:
        yield f"Ошибок нет: {plural(checked.releases, 'релиз', 'релиза', 'релизов')} к публикации."
    if checked.unread:
        files = plural(checked.unread, "файл", "файла", "файлов")
        yield f"По правилам не просмотрено: {files} с нечитаемой шапкой; исправьте её и проверьте снова."
    if not checked.is_all:
        files = plural(checked.looked_at, "изменённый файл", "изменённых файла", "изменённых файлов")
        yield f"По правилам просмотрено: {files}; всё просмотрит --all."


if __name__ == "__main__":
    raise SystemExit(main())
