"""The edition before comes back onto a branch: each deploy leaves it on a branch beside it.

The commits have no parents, so nothing on the branch leads back; ``gh-pages-previous`` keeps what was there
before, which costs the repository nothing: it has those files already.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from newsroom.build.edition import FILE_NAME
from newsroom.publish import git as repository
from newsroom.publish.branch import Branch, previous_of
from newsroom.publish.git import REMOTE, DeployError, without_secrets
from newsroom.publish.workshop import workshop


def roll_back(*, remote: str, branch: str, project: Path) -> None:
    """Put the edition before in the place of the present one, which becomes the one before.

    Raises DeployError where there is none, or another deploy came between.
    """
    outside = repository.at(project)
    with workshop(None, outside, remote, branch) as git:
        present, former = Branch.fetch(git, branch), Branch.fetch(git, previous_of(branch))
        if not present.tip or not former.tip or FILE_NAME not in former.listing:
            raise DeployError(f"прежнего выпуска нет: ветка «{previous_of(branch)}» пуста")
        lease = f"--force-with-lease={present.ref}:{present.tip.commit}"
        refs = (f"{former.tip.commit}:{present.ref}", f"+{present.tip.commit}:{former.ref}")
        git.run("push", "--quiet", lease, REMOTE, *refs, failure="хранилище не приняло ветку")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when the edition before is on the branch."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.publish.branch_rollback", description=__doc__)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    options = parser.parse_args(arguments)
    try:
        roll_back(remote=options.remote, branch=options.branch, project=Path.cwd())
    except (DeployError, OSError) as error:
        print(error, file=sys.stderr)
        print("Ничего не изменено.", file=sys.stderr)
        return 1
    print(f"Вернулся прежний выпуск: {without_secrets(options.remote)}, ветка {options.branch}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
