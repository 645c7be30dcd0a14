"""The look at an output that a deploy takes before anything leaves: at all of it, or at what changed."""

from __future__ import annotations

from pathlib import Path

from newsroom.build.edition import Edition
from newsroom.problems import NewsroomError
from newsroom.publish.listing import Change
from newsroom.publish.output_check import check_changes, check_output


def refuse_faults(output: Path, url: str, change: Change, *, is_first: bool) -> None:
    """Raise NewsroomError with every fault of the output, which is built for ``url``.

    Unless it is the first edition of a place, what did not change was found sound before.
    """
    if is_first:
        problems = check_output(output, url)
    else:
        edition = Edition.read(output)
        written = [path for path in change.written if path in edition.paths]
        problems = check_changes(output, url, edition, changed=written, gone=change.removed)
    if problems:
        raise NewsroomError(problems)
