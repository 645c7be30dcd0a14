"""``python -m newsroom CONTENT --output FOLDER --settings FILE``: a build, as ``python -m pelican`` makes it.

The arguments and the exit status are Pelican's; what a build never uses is not imported,
which ``newsroom/__init__.py`` sees to, and no thread of a spinner runs beside it.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import nullcontext
from typing import NoReturn

import pelican


def main() -> None:
    """Build once."""
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
