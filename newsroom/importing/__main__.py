"""``python -m newsroom.importing EXPORT CONTENT``: the releases of an old site become ours."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from newsroom.content.front_matter import parse_yaml, read_text
from newsroom.importing import import_report
from newsroom.importing.bases import base_of
from newsroom.importing.entry import FIELDS
from newsroom.importing.exports import read_export
from newsroom.importing.known_releases import KnownReleases
from newsroom.importing.old_files import OldFiles
from newsroom.importing.past import Past
from newsroom.importing.planning import FAILED, Plan
from newsroom.importing.terms import Terms
from newsroom.problems import NewsroomError, Problem

_KINDS = ("map", "rubrics", "tags")


def main(arguments: Sequence[str] | None = None) -> int:
    """Import, tell what became of it; 1 if any entry did not come over, else 0."""
    options = _parser().parse_args(arguments)
    try:
        _refuse_report_among_content(options.report, options.content)
        _refuse_wrong_folders(options)
        return _import(options)
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return error.exitcode


def _import(options: argparse.Namespace) -> int:
    from pelican.settings import read_settings

    from newsroom.settings import read_site

    site = read_site(read_settings(options.settings))
    said = _said(options)
    export = read_export(options.export, said["map"])
    terms = Terms(
        options.content, rubric=options.rubric, department=options.department,
        rubrics=said["rubrics"], tags=said["tags"],
    )  # fmt: skip
    old_files = OldFiles(options.files)
    base = base_of(options.base, export.entries, old_files, options.export.name)
    now = site.now.astimezone(site.tz)
    known = KnownReleases(options.content, f"{now:%Y-%m-%d %H:%M}")
    plan = Plan(export.entries, known, terms, now, base)
    past = Past(options.content, plan, old_files, options.settings)
    past.make()
    if not options.dry_run:
        past.keep()
    past.look()
    _tell(plan, export.left, options)
    return int(any(outcome.state == FAILED for outcome in plan.outcomes))


def _tell(plan: Plan, left: Sequence[str], options: argparse.Namespace) -> None:
    report = _free(options.report)
    report.write_bytes(import_report.table(plan.outcomes, left, report.suffix.lower()))
    if options.dry_run:
        print("Проба: в материалы ничего не записано.")
    print("\n".join(import_report.lines(plan.outcomes, left)))
    print(f"Отчёт: {report}")
    if redirects := import_report.redirects(plan.outcomes):
        path = import_report.redirects_beside(report)
        path.write_bytes(redirects)
        print(f"Старые адреса, которым нужны перенаправления на сервере: {path}")
    if not options.dry_run:
        print("Теперь запустите invoke check --all: он посмотрит все тексты по правилам.")


def _said(options: argparse.Namespace) -> dict[str, dict[str, str]]:
    """What an editor has set, on the command line and in a file of YAML; the former counts more."""
    said: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    if options.mapping:
        said |= _of_file(options.mapping)
    for kind in _KINDS:
        for pair in getattr(options, kind):
            old, sign, new = pair.rpartition("=") if kind != "map" else pair.partition("=")
            if not sign or not old.strip() or not new.strip():
                raise NewsroomError(
                    [Problem(f"--{kind} {pair}", 0, "не видно, что чему равно", "пишите старое=новое")]
                )
            said[kind][old.strip()] = new.strip()
    if unknown := sorted(set(said["map"]) - set(FIELDS)):
        known = ", ".join(FIELDS)
        raise NewsroomError([Problem("--map", 0, f"нет поля «{unknown[0]}»", f"есть: {known}")])
    return said


def _of_file(path: Path) -> dict[str, dict[str, str]]:
    entries, lines = parse_yaml(read_text(path, path.name), path.name)
    problems = [
        Problem(
            path.name,
            lines.get((kind,), 1),
            f"«{kind}» здесь быть не может",
            f"возможно: {', '.join(_KINDS)}",
        )
        for kind, values in entries.items()
        if kind not in _KINDS or not isinstance(values, dict)
    ]
    if problems:
        raise NewsroomError(problems)
    return {kind: {str(old): str(new) for old, new in _mapping(entries.get(kind)).items()} for kind in _KINDS}


def _mapping(value: object) -> Mapping[object, object]:
    return value if isinstance(value, dict) else {}


def _refuse_report_among_content(report: Path, content: Path) -> None:
    if report.resolve().is_relative_to(content.resolve()):
        message = "отчёт не может лежать среди материалов"
        raise NewsroomError([Problem(str(report), 0, message, "назовите другую папку: --report ПУТЬ")])


def _refuse_wrong_folders(options: argparse.Namespace) -> None:
    """Before anything is done: what would come out only at the end of a long import."""
    if options.files and not options.files.is_dir():
        raise NewsroomError([Problem(str(options.files), 0, "нет такой папки", "проверьте --files")])
    try:
        options.report.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"папки отчёта нет, и она не создаётся: {error.strerror}"
        raise NewsroomError([Problem(str(options.report), 0, message, "проверьте --report")]) from None


def _free(report: Path) -> Path:
    """A name no other report has: of a second import of the same there is little to tell."""
    free, number = report, 2
    while free.exists():
        free, number = report.with_name(f"{report.stem}-{number}{report.suffix}"), number + 1
    return free


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom.importing", description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("content", type=Path)
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    parser.add_argument("--rubrics", action="append", default=[], metavar="OLD=NEW")
    parser.add_argument("--tags", action="append", default=[], metavar="OLD=NEW")
    parser.add_argument("--mapping", type=Path)
    parser.add_argument("--rubric", default="")
    parser.add_argument("--department", default="")
    parser.add_argument("--files", type=Path)
    parser.add_argument("--base", default="")
    parser.add_argument("--report", type=Path, default=Path("import-report.csv"))
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--settings", default="pelicanconf.py")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
