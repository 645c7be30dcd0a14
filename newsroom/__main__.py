"""``python -m newsroom CONTENT --output FOLDER --settings FILE``: a build, as ``python -m pelican`` makes it.

The arguments and the exit status are Pelican's, but for those of its server, which is not even
imported: ``invoke serve`` has its own. No thread of a spinner runs beside the build.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import nullcontext
from typing import NoReturn

import pelican

from newsroom import standby
from newsroom.settings import STANDBY

_OF_THE_SERVER = frozenset({"-l", "--listen", "-r", "--autoreload", "-lr", "-rl"})


def main() -> None:
    """Build once."""
    if asked := _OF_THE_SERVER.intersection(sys.argv[1:]):
        sys.exit(
            f"{' '.join(sorted(asked))}: здесь только сборка; показать сайт на этой машине — invoke serve"
        )
    if os.environ.get(STANDBY):
        standby.wait()
    pelican.console.status = nullcontext  # its thread would be in the way of forks
    pelican.main(sys.argv[1:])
    leave()


def leave() -> NoReturn:
    """End the process at once: to take all that it knows to pieces would last a twentieth of a second."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
