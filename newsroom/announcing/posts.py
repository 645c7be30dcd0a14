"""The addresses of posts go from the ledger into the material, so that releases lead to them.

``python -m newsroom.announcing.posts CONTENT``: write them down, and nothing else.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newsroom.content.fields import FaultsError
from newsroom.content.posts import posts_file, read_posts, write_posts
from newsroom.content.values import web_address
from newsroom.problems import NewsroomError
from newsroom.publish.ledger import book as ledger
from newsroom.publish.ledger.record import Record

_PUBLIC = frozenset({"done", "edit-intent", "manual"})
"""States of a post that readers can see."""


def record_posts(root: Path, records: Iterable[Record]) -> Iterator[str]:
    """Write down what the ledger knows; gives the files that changed, from the content folder.

    Nothing that the ledger does not know is touched: a human may have written it. Raises NewsroomError
    and OSError.
    """
    by_month: dict[str, list[Record]] = {}
    for record in records:
        by_month.setdefault(record.release[:7], []).append(record)
    for month, some in sorted(by_month.items()):
        before = read_posts(root, month)
        after = {release: dict(posts) for release, posts in before.items()}
        for record in some:
            if not _is_there(root, record):
                continue
            posts = after.setdefault(record.release, {})
            if record.state in _PUBLIC and _is_address(record.remote.url):
                posts[record.channel] = record.remote.url
            elif record.state == "withdrawn":
                posts.pop(record.channel, None)
        after = {release: posts for release, posts in after.items() if posts}
        if after != before:
            write_posts(root, month, after)
            yield posts_file(month)


def _is_there(root: Path, record: Record) -> bool:
    """Whether the material still has the release and the channel: a build refuses addresses of others."""
    release = root / "releases" / record.release[:4] / record.release[5:7] / f"{record.release}.md"
    return release.is_file() and (root / "channels" / f"{record.channel}.md").is_file()


def _is_address(url: str) -> bool:
    try:
        return web_address(url) == url
    except FaultsError:
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: write down what the ledger knows, name the files that changed."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.announcing.posts", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("--remote", default="origin", help="repository of the ledger")
    parser.add_argument("--branch", default=ledger.BRANCH, help="branch of the ledger")
    options = parser.parse_args(arguments)
    try:
        with ledger.opened(
            Path.cwd(), remote=options.remote, branch=options.branch, sleep=time.sleep
        ) as book:
            for file in record_posts(options.content, book.records.values()):
                print(file)
    except (NewsroomError, ledger.LedgerError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
