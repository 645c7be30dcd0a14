"""A lock is held by one at a time and outlives nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.build.lock import FileLock

ROOT = Path(__file__).parent.parent
HOLDER = """\
import sys
from pathlib import Path
from newsroom.build.lock import FileLock

lock = FileLock(Path(sys.argv[1]))
lock.take(0, lambda: None)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    first.take(0, lambda: None)
    with pytest.raises(TimeoutError):
        second.take(0, lambda: None)
    first.release()
    second.take(0, lambda: None)
    second.release()
    assert [] == list(tmp_path.iterdir())


def test_who_waits_says_so_once(tmp_path: Path) -> None:
    held, said = FileLock(tmp_path / "lock"), []
    held.take(0, lambda: None)
    with pytest.raises(TimeoutError):
        FileLock(tmp_path / "lock").take(0.3, lambda: said.append("waiting"))
    held.release()
    assert ["waiting"] == said


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    path, lock = tmp_path / "lock", FileLock(tmp_path / "lock")
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert b"held" == process.stdout.readline().strip()
        with pytest.raises(TimeoutError):
            lock.take(0, lambda: None)
        process.kill()
    assert path.exists()
    lock.take(5, lambda: None)
    lock.release()
    assert not path.exists()


def test_a_lock_that_is_not_held_may_be_released(tmp_path: Path) -> None:
    FileLock(tmp_path / "lock").release()
    assert [] == list(tmp_path.iterdir())
