"""``python -m newsroom.audit.conformity CONTENT``: examine the built site, write down what came of it.

It ends with status 1 where anything was found; what was found is written down all the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsroom.audit.axe import AXE
from newsroom.audit.chromium import chromium, find_chromium
from newsroom.audit.examination import Examination, Page, choose, examine
from newsroom.audit.kinds import Kind, kinds
from newsroom.audit.modes import MODES, Mode
from newsroom.audit.server import serving
from newsroom.audit.walks import all_rounds
from newsroom.content.conformity import NAME, Check, Finding, Look, Run, Sample, written
from newsroom.content.criteria import read_criteria
from newsroom.content.plurals import plural

_TOLD = 5
"""Places named of each fault of each kind: a fault of a template is on all its pages."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine the site; 1 if anything is wrong with it or the tools are missing, else 0."""
    options = _options(arguments)
    content, output = Path(options.content), Path(options.output)
    missing = _missing(output)
    if missing:
        print(missing, file=sys.stderr)
        return 1
    modes = [mode for mode in MODES if not options.modes or mode.name in options.modes]
    chosen = choose(output, options.pages, options.kinds)
    run, found = run_checks(output, chosen, modes, commit_of(content))
    print(*_told(run, found), sep="\n")
    if options.kinds or options.modes:
        print("Проверена только часть: запись не изменена.")
    else:
        target = content / NAME
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(written(run))
        print(f"Записано в {target}; страницу сделает следующая сборка.")
    return int(bool(found.faults))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m newsroom.audit.conformity", description=__doc__)
    parser.add_argument("content", help="folder of the material, which the result is written into")
    parser.add_argument("--output", default="output", help="folder of the built site")
    parser.add_argument("--pages", type=int, default=3, help="how many pages of each kind (3)")
    parser.add_argument("--kinds", nargs="+", default=(), help="only these kinds; nothing is written then")
    parser.add_argument("--modes", nargs="+", default=(), help="only these modes; nothing is written then")
    return parser.parse_args(arguments)


def _missing(output: Path) -> str:
    """What stands in the way of a run, in words; "" for nothing."""
    if not (output / "index.html").is_file():
        return f"{output}: здесь нет собранного сайта — соберите его: invoke build"
    if not find_chromium():
        return "нет браузера Chromium — поставьте его: apt install chromium"
    if not AXE.is_file():
        return "нет axe-core — поставьте: npm install --no-package-lock --prefix .tools axe-core"
    return ""


def commit_of(content: Path) -> str:
    """The commit of the material and the program, «+» after it if there are changes; "" outside git.

    The record itself is no change: it tells of what was there before it.
    """
    tell = ("git", "-C", str(content))
    head = subprocess.run([*tell, "rev-parse", "--short=12", "HEAD"], capture_output=True, check=False)
    if head.returncode:
        return ""
    status = [*tell, "status", "--porcelain", "--", ":/", f":(exclude,top)*{NAME}"]
    changes = subprocess.run(status, capture_output=True, check=False).stdout
    return head.stdout.decode().strip() + "+" * bool(changes)


def run_checks(
    output: Path, chosen: Mapping[Kind, tuple[str, ...]], modes: Sequence[Mode], commit: str
) -> tuple[Run, Examination]:
    """Serve the site with its own headers and put all checks to the chosen pages."""
    pages = [Page(kind.name, url) for kind, urls in chosen.items() for url in urls]
    subjects = {name: subject.selector for name, subject in read_criteria().subjects.items()}
    moment = datetime.now(UTC).replace(microsecond=0)
    with serving(output) as address, chromium(find_chromium()) as browser:
        found = examine(browser, address, pages, modes, list(all_rounds()), subjects, _say)
        version = browser.version
    whole = kinds(output)
    run = Run(
        moment=moment,
        commit=commit,
        axe=found.axe,
        chromium=version,
        kinds=tuple(
            Sample(name=kind.name, title=kind.title, pages=len(urls), of=len(whole[kind]))
            for kind, urls in chosen.items()
        ),
        modes=tuple(Look(name=mode.name, title=mode.title) for mode in modes),
        rules=tuple(_rules(found)),
        walks=tuple(Check(name=name, pages=len(found.walked[name])) for name in sorted(found.walked)),
        subjects=found.subjects,
        findings=tuple(_findings(found)),
    )
    return run, found


def _say(step: str) -> None:
    print(f"Проверяется: {step}", file=sys.stderr, flush=True)


def _rules(found: Examination) -> Iterator[Check]:
    for name, criteria in sorted(found.rules.items()):
        pages, doubts = len(found.seen.get(name, ())), len(found.doubts.get(name, ()))
        yield Check(name=name, pages=pages, doubts=doubts, criteria=criteria)


def _findings(found: Examination) -> Iterator[Finding]:
    """Faults of one check against the same criteria on pages of one kind are one finding."""
    pages: dict[tuple[str, tuple[str, ...], str], set[str]] = defaultdict(set)
    modes: dict[tuple[str, tuple[str, ...], str], set[str]] = defaultdict(set)
    for fault in found.faults:
        key = fault.check, fault.criteria, fault.kind
        pages[key].add(fault.url)
        modes[key] |= {fault.mode} - {""}
    for key in sorted(pages):
        check, criteria, kind = key
        yield Finding(
            check=check, kind=kind, criteria=criteria, pages=len(pages[key]), modes=tuple(sorted(modes[key]))
        )


def _told(run: Run, found: Examination) -> Iterator[str]:
    """The faults, the first of each sort, and the sum."""
    told: dict[tuple[str, str], int] = defaultdict(int)
    for fault in sorted(found.faults):
        told[fault.check, fault.kind] += 1
        if told[fault.check, fault.kind] <= _TOLD:
            yield str(fault)
    for (check, kind), count in told.items():
        if count > _TOLD:
            yield f"{check}, {kind}: и ещё {count - _TOLD}"
    looked = plural(run.pages, "страница", "страницы", "страниц")
    faults = plural(len(found.faults), "ошибка", "ошибки", "ошибок")
    yield f"Проверено: {looked}, видов — {len(run.kinds)}. Найдено: {faults if found.faults else 'ничего'}."


if __name__ == "__main__":
    raise SystemExit(main())
