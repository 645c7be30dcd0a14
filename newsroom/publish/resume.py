"""Begins where another machine ended: the published edition in the output folder, its memory beside.

So a build on a machine that has built nothing yet makes only what has changed since.
Without the memory, or with that of another version of the program, it only takes longer.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from newsroom.build.edition import FILE_NAME
from newsroom.build.lock import lock_of
from newsroom.publish import git as repository
from newsroom.publish import remembered
from newsroom.publish.branch import Branch
from newsroom.publish.git import DeployError, without_secrets

Outcome = Literal["resumed", "forgotten", "absent", "present"]

_TOLD: dict[Outcome, str] = {
    "resumed": "Сборка продолжит опубликованное издание",
    "forgotten": "Издание взято, но памяти о нём нет: сборка будет полной",
    "absent": "Продолжать нечего, сборка будет полной",
    "present": "В папке уже что-то есть: она оставлена как была",
}
_OF_PAGES = (".nojekyll", "CNAME")
"""What a branch of pages has besides the edition."""

_AS_THEY_ARE = "* -text -ident -filter -working-tree-encoding\n"
"""Attributes under which git writes the very bytes that it keeps."""


def resume(output: Path, memory: Path, *, remote: str, branch: str, project: Path) -> Outcome:
    """Put the edition published on ``branch`` of ``remote`` into ``output``, and its memory into ``memory``.

    «absent»: there is no such branch, or a deploy has not put there what it holds;
    «present»: ``output`` is no new or empty folder; then nothing is done. «forgotten»: there is no whole
    memory; one that ``memory`` held is left alone. Raises DeployError where the remote cannot be
    reached or the site is being built, and OSError where the folders cannot be written.
    """
    output, memory = output.resolve(), memory.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    lock = lock_of(output)
    try:
        lock.take(0, lambda: None)
    except TimeoutError:
        raise DeployError("идёт сборка этого сайта: дождитесь её") from None
    try:
        return _resume(output, memory, remote=remote, branch=branch, project=project)
    finally:
        lock.release()


def _resume(output: Path, memory: Path, *, remote: str, branch: str, project: Path) -> Outcome:
    if output.exists() and not (output.is_dir() and not any(output.iterdir())):
        return "present"
    with tempfile.TemporaryDirectory(prefix="newsroom-resume-") as folder:
        git = repository.scratch(Path(folder), repository.at(project), remote)
        site = Branch.fetch(git, branch, "files")
        if not site.tip or not site.tip.alone or FILE_NAME not in site.listing:
            return "absent"
        with _beside(memory) as remembering, _beside(output) as draft:
            restored = remembered.restore(git, branch, Path(remembering) / "memory")
            _check_out(site, Path(draft) / "site")
            if restored:
                _replace(Path(remembering) / "memory", memory)
            _replace(Path(draft) / "site", output)
    return "resumed" if restored else "forgotten"


def _beside(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A new folder on the same file system, whence ``folder`` can be replaced in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=f".{folder.name}.", suffix=".resume", dir=folder.parent)


def _check_out(site: Branch, folder: Path) -> None:
    assert site.tip
    folder.mkdir()
    attributes = site.git.folder / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text(_AS_THEY_ARE)
    options = ("-c", "core.symlinks=false", f"--work-tree={folder}")
    failure = "издание не записывается"
    site.git.run(*options, "checkout", "--quiet", "--force", site.tip.commit, "--", ":/", failure=failure)
    for name in _OF_PAGES:
        (folder / name).unlink(missing_ok=True)


def _replace(draft: Path, place: Path) -> None:
    if place.exists():
        shutil.rmtree(place)
    draft.rename(place)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: resume in a folder, say what came of it; 1 when that could not be tried."""
    parser = argparse.ArgumentParser(prog="newsroom.publish.resume")
    parser.add_argument("output", type=Path)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    parser.add_argument("--memory", type=Path, required=True, help="folder for what the build remembers")
    options = parser.parse_args(arguments)
    try:
        outcome = resume(project=Path.cwd(), **vars(options))
    except DeployError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        place = error.filename or options.output
        print(f"{place}: сюда нельзя писать: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{_TOLD[outcome]}: {without_secrets(options.remote)}, ветка {options.branch}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
