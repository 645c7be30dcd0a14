"""Emergency notices alone, into a storage: an edition that differs from the one there in them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from newsroom.build.edition import FILE_NAME, SIGNATURE_NAME, digest
from newsroom.publish.emergency import Make, borrow_lists, borrow_pages, tell_of_no_signature
from newsroom.publish.storage import undo
from newsroom.publish.storage.bucket import Bucket
from newsroom.publish.storage.deploy import Deploy, Outcome


def publish_notices(deploy: Deploy, make: Make) -> Outcome | None:
    """Make the notices in what the storage holds and publish that; ``deploy.output`` is an empty folder.

    None: ``make`` has told what is wrong. Otherwise as ``Deploy.run``; no other deploy comes between.
    """
    folder = deploy.output
    with deploy.locked():
        _borrow(deploy)
        was_signed = (folder / SIGNATURE_NAME).is_file()
        with tempfile.TemporaryDirectory(prefix="newsroom-emergency-") as memory:
            if make(folder, Path(memory)):
                return None
        outcome = deploy.publish()
    if was_signed and not (folder / SIGNATURE_NAME).is_file():
        tell_of_no_signature()
    return outcome


def _borrow(deploy: Deploy) -> None:
    """Take the part that is needed; what a deploy that was cut has half done is taken back first."""
    bucket, folder = deploy.bucket, deploy.output

    def fetch_all(paths: Sequence[str]) -> Mapping[str, bytes]:
        return _found(bucket, paths)

    borrow_lists(fetch_all, folder, bucket.name)
    there, cut = deploy.there()
    if cut:
        undo.go_back(bucket, cut)
    if cut or there[FILE_NAME] != digest(folder / FILE_NAME):
        borrow_lists(fetch_all, folder, bucket.name)
    borrow_pages(fetch_all, folder)


def _found(bucket: Bucket, paths: Sequence[str]) -> Mapping[str, bytes]:
    found = zip(paths, bucket.each(bucket.get, paths), strict=True)
    return {path: data for path, data in found if data is not None}
