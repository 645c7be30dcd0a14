"""Puts a built site on a branch of a git repository, after a check that finds no fault.

The branch holds one commit without history, so it never grows. Where it holds an edition
that a deploy has put there, only what differs from that is checked, committed and sent;
else, or when asked to, everything is.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from newsroom.build.edition import FILE_NAME, Edition, EditionError
from newsroom.problems import NewsroomError, Problem
from newsroom.publish import commit, readback, remembered
from newsroom.publish import git as repository
from newsroom.publish.branch import Branch
from newsroom.publish.branch_readback import misread
from newsroom.publish.branch_rollback import roll_back
from newsroom.publish.commit import Written
from newsroom.publish.git import DeployError, Git, without_secrets
from newsroom.publish.output_check import check_changes, check_output
from newsroom.publish.output_lock import no_build_of
from newsroom.publish.public_address import public_address
from newsroom.publish.publication import Difference, Publication
from newsroom.publish.signature import sign
from newsroom.publish.workshop import workshop

Outcome = Literal["published", "unchanged"]


def deploy(
    output: Path,
    *,
    remote: str,
    branch: str,
    project: Path,
    url: str,
    cname: str | None = None,
    whole: bool = False,
    cache: Path | None = None,
    tell: Callable[[Sequence[str]], object] = lambda _: None,
) -> Outcome:
    """Publish the built site in ``output`` as the only commit of ``branch`` of ``remote``.

    ``remote`` is a remote's name in the repository ``project``, an address, or a path from
    it; ``url`` is the public address the site was built for; ``cname`` is the domain to
    write into CNAME, "" for the host of ``url``, None for no such file. With ``whole`` all
    is checked and committed, whatever the branch holds. ``cache`` is a folder where the
    lists of what was published are kept for the next deploy. ``tell`` is told the paths that changed,
    where only these were sent. Raises NewsroomError
    with every fault of the address or the output, and DeployError when the branch is not
    one to replace or git fails; then nothing was published.
    """
    address, output = public_address(url), output.resolve()
    domain = "" if cname is None else cname or urlsplit(address).hostname or ""
    outside = repository.at(project)
    refuse_the_branch_of_the_work(outside, remote, branch)
    with workshop(cache, outside, remote, branch) as git:
        target = Branch.fetch(git, branch)
        _refuse_what_is_no_site(target)
        with no_build_of(output):
            sign(output)
            news = None if whole else _news(target, output, domain)
            if news:
                made = _commit_changes(target, *news, address)
                tell(news[1].written)
            else:
                made = _commit_whole(target, output, address, domain)
        if made:
            target.push()
    return "published" if made else "unchanged"


def refuse_the_branch_of_the_work(project: Git, remote: str, branch: str) -> None:
    """The branch the project stands on is its source, whether the remote has it yet or not."""
    current = project.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    if branch == current and repository.is_own(project, repository.address_of(project, remote)):
        raise DeployError(f"ветка «{branch}» — это рабочая ветка проекта: назовите другую, например gh-pages")


def _refuse_what_is_no_site(target: Branch) -> None:
    """A branch without an edition holds something else, whose history a deploy would destroy."""
    if target.tip and FILE_NAME not in target.listing:
        raise DeployError(
            f"на ветке «{target.name}» лежит не сайт (в ней нет {FILE_NAME}): "
            "назовите другую ветку или удалите эту, если она не нужна"
        )


def _news(target: Branch, output: Path, domain: str) -> tuple[Publication, Difference] | None:
    """What is to be published and how it differs from what is; None where only the whole can tell.

    Under a commit that somebody else has put on the branch, files may be other than its edition says.
    """
    if not target.tip or not target.tip.alone:
        return None
    try:
        publication = Publication(output, Edition.read(output), domain)
        return publication, Difference.of(publication, target.listing)
    except (EditionError, OSError):
        return None


def _commit_changes(target: Branch, now: Publication, difference: Difference, address: str) -> bool:
    """Whether there is a difference; it is checked and committed."""
    changed, gone = difference.written, difference.removed
    _raise(check_changes(now.output, address, now.edition, changed=changed, gone=gone))
    if difference:
        written = (Written(path, now.mode(path), now.read(path)) for path in changed)
        commit.onto(target, message=now.message, written=written, removed=gone)
    return bool(difference)


def _commit_whole(target: Branch, output: Path, address: str, domain: str) -> bool:
    """Whether the output, which is checked and committed, differs from what the branch holds."""
    _raise(check_output(output, address))
    now = Publication(output, Edition.read(output), domain)
    commit.whole(target, output, message=now.message, domain=domain, paths=now.paths)
    return not target.holds(target.ref)


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise NewsroomError(problems)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: deploy a folder, say what came of it; 1 when nothing could be published."""
    options = vars(_parser().parse_args(arguments))
    memory, remote, branch = options.pop("memory"), options["remote"], options["branch"]
    read_from, project, changed = options.pop("read_from"), Path.cwd(), list[str]()
    try:
        if memory:
            remembered.refuse_elsewhere(project, remote)
        outcome = deploy(project=project, tell=changed.extend, **options)
    except (NewsroomError, DeployError, OSError) as error:
        print(error, file=sys.stderr)
        print("Ничего не опубликовано.", file=sys.stderr)
        return 1
    told = {"published": "Опубликовано", "unchanged": "Уже опубликовано, изменений нет"}[outcome]
    print(f"{told}: {without_secrets(remote)}, ветка {branch}")
    if memory:
        _remember(memory, remote, branch, project)
    if read_from and outcome == "published":
        return _read_back(options["output"], read_from, changed, partial(_roll_back, remote, branch, project))
    return 0


def _read_back(output: Path, url: str, changed: Sequence[str], roll_back: Callable[[], None]) -> int:
    """0 where readers get what was published; else the edition before is brought back."""
    wrong = misread(output.resolve(), url, changed)
    if wrong:
        print(readback.in_words(wrong), file=sys.stderr)
        roll_back()
        return 1
    print(f"Прочитано обратно: {url}")
    return 0


def _roll_back(remote: str, branch: str, project: Path) -> None:
    try:
        roll_back(remote=remote, branch=branch, project=project)
    except DeployError as error:
        print(f"Вернуть прежний выпуск не удалось: {error}", file=sys.stderr)
    else:
        print("Читатели получают не то, что собрано: вернулся прежний выпуск.", file=sys.stderr)


def _remember(memory: Path, remote: str, branch: str, project: Path) -> None:
    """The site is out: that its memory is not costs only the next machine its time."""
    try:
        remembered.publish(memory, remote=remote, branch=branch, project=project)
    except (DeployError, OSError) as error:
        print(f"Память сборки не сохранена, следующая машина соберёт сайт целиком: {error}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="newsroom.publish.deploy")
    parser.add_argument("output", type=Path)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    parser.add_argument("--url", default=os.environ.get("SITEURL", ""), help="address of the public site")
    parser.add_argument(
        "--cname", nargs="?", const="", help="write CNAME: this domain, else the address's own"
    )
    parser.add_argument("--whole", action="store_true", help="check and commit every file anew")
    parser.add_argument("--cache", type=Path, help="keep what speeds up the next deploy in this folder")
    parser.add_argument("--read-from", default="", help="wait until this address serves it, read it back")
    parser.add_argument("--memory", type=Path, help="push what the build remembers, kept in this folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
