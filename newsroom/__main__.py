"""``python -m newsroom CONTENT --output FOLDER --settings FILE``: a build, as ``python -m pelican`` makes it.

The arguments and the exit status are Pelican's; what a build never uses is not imported,
which ``newsroom/__init__.py`` sees to, and no thread of a spinner runs beside it.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext

import pelican


def main() -> None:
    """Build once."""
    pelican.console.status = nullcontext  # its thread would be in the way of forks
    pelican.main(sys.argv[1:])


if __name__ == "__main__":
    main()
