"""The public site has an address that others can reach, and the real clock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.problems import NewsroomError
from newsroom.publish.public_address import public_address

ROOT = Path(__file__).parent.parent
SHOW = """\
from datetime import UTC, datetime
from pelican.settings import read_settings
settings = read_settings("publishconf.py")
print(settings["SITEURL"], settings["NEWSROOM"]["now"] <= datetime.now(UTC))
"""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example", "https://news.example"),
        ("https://news.example/", "https://news.example"),
        (" http://news.example:8080/base/ ", "http://news.example:8080/base"),
        ("https://новости.рф", "https://новости.рф"),
        ("https://localhost.example", "https://localhost.example"),
        ("http://10.0.0.7", "http://10.0.0.7"),
    ],
)
def test_an_address_others_can_reach_is_taken(url: str, expected: str) -> None:
    assert expected == public_address(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "адрес публичного сайта не задан"),
        (" ", "адрес публичного сайта не задан"),
        ("news.example", "это не адрес сайта"),
        ("https://", "это не адрес сайта"),
        ("https:///base", "это не адрес сайта"),
        ("ftp://news.example", "это не адрес сайта"),
        ("https://news.example/?a=1", "это не адрес сайта"),
        ("https://press:secret@news.example", "это не адрес сайта"),
        ("https://news.example:port", "это не адрес сайта"),
        ("http://[::1", "это не адрес сайта"),
        ("http://127.0.0.1:8000", "только на этом компьютере"),
        ("http://127.1.2.3", "только на этом компьютере"),
        ("http://localhost", "только на этом компьютере"),
        ("http://LOCALHOST.:80/base", "только на этом компьютере"),
        ("http://news.localhost", "только на этом компьютере"),
        ("http://[::1]:8000", "только на этом компьютере"),
        ("http://0.0.0.0:8000", "только на этом компьютере"),
    ],
)
def test_an_address_of_no_public_site_is_refused(url: str, expected: str) -> None:
    with pytest.raises(NewsroomError, match=expected):
        public_address(url)


def published(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in {"SITEURL", "NEWSROOM_NOW"}}
    command = [sys.executable, "-c", code]
    environment |= {"PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, capture_output=True, check=False, encoding="utf-8"
    )


@pytest.mark.slow
def test_the_settings_of_the_public_site_know_no_clock_but_the_real_one() -> None:
    done = published(SHOW, SITEURL="https://news.example/", NEWSROOM_NOW="2099-01-01T00:00+08:00")
    assert "https://news.example True\n" == done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{}, {"SITEURL": "http://localhost:8000"}])
def test_the_settings_of_the_public_site_need_its_address(environment: dict[str, str]) -> None:
    done = published(SHOW, **environment)
    assert (1, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert done.stderr.startswith("SITEURL: ")
