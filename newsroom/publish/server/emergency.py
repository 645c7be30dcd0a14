"""Emergency notices alone, onto a server of one's own: an edition that differs in them from the one there."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from newsroom.build.edition import SIGNATURE_NAME
from newsroom.publish.emergency import Make, borrow_lists, borrow_pages, no_site, tell_of_no_signature
from newsroom.publish.server import editions
from newsroom.publish.server.deploy import Deploy, Outcome


def publish_notices(deploy: Deploy, make: Make) -> Outcome | None:
    """Make the notices in what the server serves and publish that; ``deploy.output`` is an empty folder.

    None: ``make`` has told what is wrong. Otherwise as ``Deploy.run``; no other deploy comes between.
    """
    shell, folder = deploy.shell, deploy.output
    with shell.locked():
        if not editions.current(shell):
            raise no_site(shell.name)
        fetch_all = partial(shell.fetch_all, "current")
        borrow_lists(fetch_all, folder, shell.name)
        borrow_pages(fetch_all, folder)
        was_signed = (folder / SIGNATURE_NAME).is_file()
        with tempfile.TemporaryDirectory(prefix="newsroom-emergency-") as memory:
            if make(folder, Path(memory)):
                return None
        outcome = deploy.publish()
    if was_signed and not (folder / SIGNATURE_NAME).is_file():
        tell_of_no_signature()
    return outcome
