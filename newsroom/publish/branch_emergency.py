"""Puts emergency notices alone on the branch that the site is served from, whatever stands of it here.

Of the branch a dozen files are fetched: the lists of what is to be made anew, and the pages that show
notices. What makes the notices works on these as on an edition; what it changed is checked as in any
deploy, committed onto what is published, and pushed. No output and no cache is asked for or touched.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from newsroom.build.edition import (
    FILE_NAME,
    FOREIGN_NAMES,
    SIGNATURE_NAME,
    Edition,
    EditionError,
    Shard,
    read_shard,
    walk,
)
from newsroom.problems import NewsroomError
from newsroom.publish import commit, remembered
from newsroom.publish import git as repository
from newsroom.publish.branch import Branch
from newsroom.publish.commit import Written
from newsroom.publish.deploy import refuse_the_branch_of_the_work
from newsroom.publish.emergency import SECTIONS, Make, maker, tell_of_no_signature
from newsroom.publish.git import DeployError, without_secrets
from newsroom.publish.output_check import check_changes
from newsroom.publish.public_address import public_address
from newsroom.publish.publication import Publication
from newsroom.publish.signature import PUBLIC_KEY, sign
from newsroom.publish.workshop import workshop

Outcome = Literal["published", "unchanged", "refused"]
_OTHERS = (FILE_NAME, SIGNATURE_NAME, PUBLIC_KEY, "edition/theme.json", "index.html")
"""What else is asked: what there is, how it is signed, which style sheet feeds have, the site's address."""
_TRIES = 3


class _OvertakenError(DeployError):
    """The branch was not taken: most likely another deploy came between."""


def publish_alone(
    make: Make, *, remote: str, branch: str, project: Path, url: str, cache: Path | None = None
) -> Outcome:
    """Make the notices and put them into the edition on ``branch`` of ``remote``; if another deploy
    comes between, again.

    «refused»: ``make`` has told what is wrong. Raises NewsroomError with faults of what was made,
    and DeployError where there is no edition to put them into, or git fails; then nothing was published.
    """
    address, outside = public_address(url), repository.at(project)
    refuse_the_branch_of_the_work(outside, remote, branch)
    for left in reversed(range(_TRIES)):
        try:
            with workshop(cache, outside, remote, branch) as git:
                return _once(make, Branch.fetch(git, branch), address)
        except _OvertakenError:
            if not left:
                raise
    raise AssertionError


def _once(make: Make, target: Branch, address: str) -> Outcome:
    _refuse_no_edition(target)
    with tempfile.TemporaryDirectory(prefix="newsroom-emergency-") as folder:
        site, memory = Path(folder, "site"), Path(folder, "memory")
        _borrow(target, site)
        journal = _journal(target)
        has_memory = bool(journal and journal.restore(memory))
        if make(site, memory):
            return "refused"
        if not sign(site, must=False) and SIGNATURE_NAME in target.listing:
            tell_of_no_signature()
        if not _commit(target, site, address):
            return "unchanged"
        try:
            target.push()
        except DeployError as error:
            raise _OvertakenError(str(error)) from None
        if journal and has_memory:
            _remember(journal, memory)
    return "published"


def _refuse_no_edition(target: Branch) -> None:
    remedy = "опубликуйте сайт целиком: invoke deploy"
    if not target.tip or FILE_NAME not in target.listing:
        raise DeployError(f"на ветке «{target.name}» ещё нет сайта: {remedy}")
    if not target.tip.alone:
        raise DeployError(f"на ветке «{target.name}» чужой коммит, её издание может быть не цело: {remedy}")


def _borrow(target: Branch, folder: Path) -> None:
    """Put the files that the notices need into ``folder``."""
    prefixes = tuple(f"{section}/" for section in SECTIONS)
    lists = (*_OTHERS, *(f"edition/{section}.json" for section in SECTIONS))
    paths = [path for path in target.listing if path in lists or path.startswith(prefixes)]
    for path, data in target.contents(paths).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _commit(target: Branch, folder: Path, address: str) -> bool:
    """Whether anything differs; it is checked and committed onto what is published."""
    now = Publication(folder, Edition())
    made = sorted(walk(folder))
    written = [path for path in made if target.listing.get(path) != now.entry(path)]
    prefixes = tuple(f"{section}/" for section in SECTIONS)
    ours = {path for path in target.listing if path.startswith(prefixes) or path == SIGNATURE_NAME}
    gone = sorted(ours.difference(made))
    problems = check_changes(folder, address, _whole(target, folder, gone), changed=written, gone=gone)
    if problems:
        raise NewsroomError(problems)
    if written or gone:
        files = (Written(path, now.mode(path), now.read(path)) for path in written)
        commit.onto(target, message="Emergency notices", written=files, removed=gone)
    return bool(written or gone)


def _whole(target: Branch, folder: Path, gone: Sequence[str]) -> Edition:
    """All that will lie on the branch, as an edition: digests are known of what was made alone."""
    paths = {path: "" for path in target.listing if path.partition("/")[0] not in FOREIGN_NAMES}
    for path in gone:
        paths.pop(path, None)
    for section in SECTIONS:
        with suppress(EditionError):  # there is no such section
            paths |= read_shard(folder, section).paths
    return Edition(shards={"": Shard(paths=paths)})


def _journal(target: Branch) -> remembered.Journal | None:
    """The journal that is kept beside the site; without it the next build only takes longer."""
    try:
        return remembered.Journal(target.git, target.name)
    except (DeployError, ValueError):
        return None


def _remember(journal: remembered.Journal, memory: Path) -> None:
    try:
        journal.publish(memory)
    except (DeployError, OSError) as error:
        print(f"Память сборки не сохранена, следующая сборка будет дольше: {error}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: publish the notices of the material, say what came of it; 1 when nothing could be."""
    parser = argparse.ArgumentParser(prog="newsroom.publish.branch_emergency")
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    parser.add_argument("--url", default=os.environ.get("SITEURL", ""), help="address of the public site")
    parser.add_argument("--cache", type=Path, help="keep what speeds up the next deploy in this folder")
    options = vars(parser.parse_args(arguments))
    content = options.pop("content")
    try:
        outcome = publish_alone(maker(content, options["url"]), project=Path.cwd(), **options)
    except (NewsroomError, DeployError, OSError) as error:
        print(error, file=sys.stderr)
        outcome = "refused"
    if outcome == "refused":
        print("Ничего не опубликовано.", file=sys.stderr)
        return 1
    told = {"published": "Опубликовано", "unchanged": "Уже опубликовано, изменений нет"}[outcome]
    print(f"{told}: {without_secrets(options['remote'])}, ветка {options['branch']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
