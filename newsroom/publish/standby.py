"""A build that has begun already: its process has imported all it needs, and waits for a word to go on.

So a preview pays for starting Python while the editor is still typing. Each process makes one
build and ends; the next is started at once.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.settings import STANDBY


@dataclass
class Standby:
    """Runs ``command`` in ``folder``, with ``variables`` in its environment, one process ahead."""

    command: Sequence[str]
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._waiting = self._started()

    def build(self) -> tuple[int, str]:
        """Let the process that waits make its build; gives its exit status and what it said."""
        process = self._waiting
        if process.poll() is not None:  # it ended before its time: with a program that could not be read, say
            self._ended(process)
            process = self._started()
        try:
            told = process.communicate(b"\n")[0].decode(errors="replace")
        except BaseException:
            process.terminate()
            raise
        finally:
            process.wait()
            self._waiting = self._started()
        return process.returncode, told

    def renew(self) -> None:
        """Let the next build be of the program as it is now."""
        self._ended(self._waiting)
        self._waiting = self._started()

    def close(self) -> None:
        self._ended(self._waiting)

    def _started(self) -> subprocess.Popen[bytes]:
        environment = os.environ | self.variables | {STANDBY: "1"}
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(self.command, cwd=self.folder, env=environment, **streams)  # type: ignore[call-overload,no-any-return]

    @staticmethod
    def _ended(process: subprocess.Popen[bytes]) -> None:
        process.communicate(b"")
