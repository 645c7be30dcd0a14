"""Options that the commands of a server and of a storage share."""

from __future__ import annotations

from argparse import ArgumentTypeError

INTERRUPTED = 130
"""The status of a command that was stopped by Ctrl+C: 128 and the number of SIGINT, as in a POSIX shell."""


def at_least_one(text: str) -> int:
    """How many are kept. Raises ArgumentTypeError for what is no such number."""
    if text.isdecimal() and int(text):
        return int(text)
    raise ArgumentTypeError(f"«{text}»: сколько хранить, говорит целое число от 1, например 5")
