"""Puts a built site on a branch of a git repository, after a check that finds no fault.

ghp-import makes the commit, in a scratch repository of its own: it always writes to
the repository it stands in, and the project's branches and objects are not its business.
The branch holds one commit without history, so it never grows. Of the old branch only
the list of files is fetched; nothing is pushed when the files are the same already.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from newsroom.build.edition import FILE_NAME, Edition, files
from newsroom.problems import NewsroomError
from newsroom.publish import git as repository
from newsroom.publish.git import REMOTE, DeployError, Git, without_secrets
from newsroom.publish.output_check import check_output
from newsroom.publish.public_address import public_address

Outcome = Literal["published", "unchanged"]


def deploy(
    output: Path, *, remote: str, branch: str, project: Path, url: str, cname: str | None = None
) -> Outcome:
    """Publish the built site in ``output`` as the only commit of ``branch`` of ``remote``.

    ``remote`` is a remote's name in the repository ``project``, an address, or a path from
    it; ``url`` is the public address the site was built for; ``cname`` is the domain to
    write into CNAME, "" for the host of ``url``, None for no such file. Raises NewsroomError
    with every fault of the address or the output, and DeployError when the branch is not
    one to replace or git fails; then nothing was published.
    """
    address = public_address(url)
    problems = check_output(output, address)
    if problems:
        raise NewsroomError(problems)
    outside = repository.at(project)
    _refuse_the_branch_of_the_work(outside, remote, branch)
    with tempfile.TemporaryDirectory(prefix="newsroom-deploy-") as folder:
        git = repository.scratch(Path(folder), outside, remote)
        before = _fetch(git, branch)
        _refuse_what_is_no_site(git, branch, before)
        _commit(git, branch, output.resolve(), _domain(cname, address))
        if before and _tree(git, before) == _tree(git, f"refs/heads/{branch}"):
            return "unchanged"
        _push(git, branch, before)
    return "published"


def _domain(cname: str | None, address: str) -> str:
    return "" if cname is None else cname or urlsplit(address).hostname or ""


def _refuse_the_branch_of_the_work(project: Git, remote: str, branch: str) -> None:
    """The branch the project stands on is its source, whether the remote has it yet or not."""
    current = project.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    if branch == current and repository.is_own(project, repository.address_of(project, remote)):
        raise DeployError(f"ветка «{branch}» — это рабочая ветка проекта: назовите другую, например gh-pages")


def _refuse_what_is_no_site(git: Git, branch: str, before: str) -> None:
    """A branch without an edition holds something else, whose history a deploy would destroy."""
    if not before or git.run("ls-tree", "--name-only", before, FILE_NAME, failure="ветка не читается"):
        return
    raise DeployError(
        f"на ветке «{branch}» лежит не сайт (в ней нет {FILE_NAME}): "
        "назовите другую ветку или удалите эту, если она не нужна"
    )


def _fetch(git: Git, branch: str) -> str:
    """The commit the branch holds, fetched without the contents of its files; "" when there is no branch."""
    failure = "хранилище недоступно"
    listed = git.run("ls-remote", REMOTE, f"refs/heads/{branch}", failure=failure)
    if not listed:
        return ""
    where = f"refs/remotes/{REMOTE}/{branch}"
    sparing = ("--quiet", "--depth=1", "--no-tags", "--filter=blob:none")
    git.run("fetch", *sparing, REMOTE, f"+refs/heads/{branch}:{where}", failure=failure)
    return git.run("rev-parse", where, failure=failure)


def _commit(git: Git, branch: str, output: Path, domain: str) -> None:
    """A commit of the output without a parent; raises DeployError unless every file is in it."""
    message = f"Releases: {len(Edition.read(output).releases)}"
    options = ["--no-history", "--no-jekyll", "--remote", REMOTE, "--branch", branch, "--message", message]
    options += ["--cname", domain] if domain else []
    git.call([sys.executable, "-m", "ghp_import", *options, str(output)], "коммит не получился")
    listing = ("ls-tree", "-r", "-z", "--name-only", f"refs/heads/{branch}")
    kept = set(git.run(*listing, failure="коммит не читается").split("\0"))
    lost = {*files(output), FILE_NAME} - kept
    if lost:
        raise DeployError(f"в коммит не попали файлы: {', '.join(sorted(lost))}")


def _tree(git: Git, commit: str) -> str:
    return git.run("rev-parse", f"{commit}^{{tree}}", failure="коммит не читается")


def _push(git: Git, branch: str, before: str) -> None:
    """Put our commit in place of ``before``; refused when another deploy came between."""
    # The pack is thin, as is git's habit: only so does it leave out the files the branch holds already.
    options = ("--quiet", f"--force-with-lease=refs/heads/{branch}:{before}")
    failure = "хранилище не приняло сайт"
    git.run("push", *options, REMOTE, f"refs/heads/{branch}:refs/heads/{branch}", failure=failure)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: deploy a folder, say what came of it; 1 when nothing could be published."""
    parser = argparse.ArgumentParser(prog="newsroom.publish.deploy")
    parser.add_argument("output", type=Path)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    parser.add_argument("--url", default=os.environ.get("SITEURL", ""), help="address of the public site")
    parser.add_argument(
        "--cname", nargs="?", const="", help="write CNAME: this domain, else the address's own"
    )
    options = parser.parse_args(arguments)
    try:
        outcome = deploy(project=Path.cwd(), **vars(options))
    except (NewsroomError, DeployError) as error:
        print(error, file=sys.stderr)
        print("Ничего не опубликовано.", file=sys.stderr)
        return 1
    told = {"published": "Опубликовано", "unchanged": "Уже опубликовано, изменений нет"}[outcome]
    print(f"{told}: {without_secrets(options.remote)}, ветка {options.branch}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
