"""What tests of publishing share: git in a folder, and no settings of the machine they run on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "none"))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name, raising=False)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under the folder and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def served(bare: Path, branch: str, folder: Path) -> dict[str, bytes]:
    """Files of the branch as a server that checks it out has them."""
    git(bare.parent, "clone", "--quiet", "--branch", branch, str(bare), str(folder))
    return {path: data for path, data in contents(folder).items() if not path.startswith(".git/")}
