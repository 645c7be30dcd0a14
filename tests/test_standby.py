"""A preview's next build waits ready, and is of the program as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.publish.standby import Standby
from newsroom.settings import STANDBY
from tests.conftest import ROOT

BUILDER = """\
import os, sys
import program
with open("started", "a") as stream:
    stream.write("x")
if not sys.stdin.readline():
    sys.exit()
print(program.TEXT, os.environ["SITEURL"])
sys.exit(program.STATUS)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "builder.py").write_text(BUILDER)
    write(tmp_path, "one")
    return tmp_path


def write(folder: Path, text: str, status: int = 0) -> None:
    (folder / "program.py").write_text(f"TEXT, STATUS = {text!r}, {status}")


@pytest.fixture
def standby(folder: Path) -> Iterator[Standby]:
    command = [sys.executable, "-B", "builder.py"]
    ready = Standby(command, folder, {"SITEURL": "http://127.0.0.1:1"})
    yield ready
    ready.close()


def test_each_build_is_a_process_that_waited(folder: Path, standby: Standby) -> None:
    assert [(0, "one http://127.0.0.1:1\n")] * 2 == [standby.build() for _ in range(2)]
    standby.close()
    assert "xxx" == (folder / "started").read_text()


def test_a_changed_program_is_seen_by_the_next_build(folder: Path, standby: Standby) -> None:
    standby.build()
    write(folder, "two", status=1)
    standby.renew()
    assert (1, "two http://127.0.0.1:1\n") == standby.build()


def test_a_program_that_cannot_start_says_why_and_one_that_was_mended_builds(
    folder: Path, standby: Standby
) -> None:
    (folder / "program.py").write_text("TEXT = (")
    standby.renew()
    status, told = standby.build()
    assert (1, True) == (status, "SyntaxError" in told)
    write(folder, "mended")
    standby.renew()
    assert (0, "mended http://127.0.0.1:1\n") == standby.build()


def test_a_build_that_nobody_calls_ends_without_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsroom", str(tmp_path), "--output", str(tmp_path / "site")]
    environment = os.environ | {STANDBY: "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (0, b"", b"") == (done.returncode, done.stdout, done.stderr)
    assert [] == list(tmp_path.iterdir())
