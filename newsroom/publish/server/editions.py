"""The editions that a server keeps: which there are, which is served, how another comes to be."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from newsroom.publish.git import DeployError
from newsroom.publish.server.shell import Shell

_MOMENT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-")
_OWN = "current|previous|incoming|editions|editions.jsonl|lock|.next"
_REFUSE_STRANGERS = f"""
[ -d editions ] && exit 0
for entry in * .[!.]*; do
  [ -e "$entry" ] || continue
  case "$entry" in {_OWN}) ;; *) echo "$entry"; exit 0 ;; esac
done
mkdir editions
"""
_BEGIN = """
rm -rf incoming
if [ -d current ]; then
  served=$(readlink -f current)
  # A file of somebody else may not be linked (fs.protected_hardlinks): it is copied.
  cp -al -- "$served" incoming 2>/dev/null || rsync --archive --ignore-existing -- "$served/" incoming/
else
  mkdir incoming
fi
cd incoming
xargs -0 -r rm -f --
"""
_SWITCH = """
before=$(readlink current || true)
ln -s -- "editions/$1" .next
mv -T .next current
if [ -n "$before" ] && [ "$before" != "editions/$1" ]; then ln -s -- "$before" .next; mv -T .next previous; fi
sync -f current
"""
_ENTER = """
find incoming -type d -empty -delete
sync -f incoming
mv -T incoming "editions/$1"
"""
_PRUNE = """
kept=$(readlink current || true; readlink previous || true)
ls -1 editions | sort -r | tail -n "+$(($1 + 1))" | while read -r old; do
  case "$kept" in *"editions/$old"*) continue ;; esac
  rm -rf -- "editions/$old" 2>/dev/null || echo "$old"
done
"""

SOUND = ("published", "restored")
"""Outcomes of an edition that may be served."""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of ``editions.jsonl``: what happened to which edition at which moment."""

    moment: str
    edition: str
    happened: str
    commit: str = ""
    files: int = 0
    releases: int = 0
    written: int = 0
    removed: int = 0
    sent: int = 0


def name_of(index: bytes, now: datetime, others: Iterable[str] = ()) -> str:
    """The name of an edition's folder: names sort by their moments.

    A new one comes after all ``others``, whatever the clock of this machine says.
    """
    known = [datetime.strptime(found[1], _MOMENT) for name in others if (found := _NAME.match(name))]
    moment = max([now.astimezone(UTC), *(each.replace(tzinfo=UTC) + timedelta(seconds=1) for each in known)])
    return f"{moment:{_MOMENT}}-{hashlib.sha256(index).hexdigest()[:8]}"


def refuse_strangers(shell: Shell) -> None:
    """Raise DeployError where the folder on the server holds something else; prepare an empty one."""
    if stranger := shell.run(_REFUSE_STRANGERS, what="папка сайта не готова").decode().strip():
        why = f"в папке {shell.name} лежит не сайт: «{stranger}»"
        raise DeployError(f"{why}; назовите пустую папку или папку, куда публиковали прежде")


def current(shell: Shell) -> str:
    """The name of the edition that is served, "" for none."""
    told = shell.run("readlink current || true", what="не узнать, что опубликовано").decode().strip()
    return told.removeprefix("editions/")


def kept(shell: Shell) -> list[str]:
    """The names of all editions there, oldest first."""
    return (
        shell.run("ls -1 editions 2>/dev/null || true", what="список выпусков не читается").decode().split()
    )


def begin(shell: Shell, gone: list[str]) -> None:
    """Make ``incoming`` of the edition that is served, by links, without the paths in ``gone``."""
    given = b"".join(os.fsencode(path) + b"\0" for path in gone)
    shell.run(_BEGIN, given=given, what="выпуск не начат")


def compare(shell: Shell, folder: str, digests: dict[str, str]) -> list[str]:
    """The paths of a folder below the site whose content is other than their digests say, sorted."""
    given = b"".join(f"{digest}  {path}\n".encode() for path, digest in sorted(digests.items()))
    script = 'cd -- "$1"; sha256sum --check --quiet - 2>/dev/null || true'
    told = shell.run(script, folder, given=given, what="файлы на сервере не сверены").decode()
    return sorted(line.rpartition(": ")[0] for line in told.splitlines())


def files(shell: Shell, folder: str) -> set[str]:
    """The paths of everything below a folder of the site that is not a folder itself."""
    script = 'cd -- "$1"; find . ! -type d -printf "%P\\0"'
    told = shell.run(script, folder, what="файлы на сервере не перечислить")
    return {os.fsdecode(path) for path in told.split(b"\0") if path}


def enter(shell: Shell, name: str) -> None:
    """``incoming`` is complete: it becomes an edition, which is not served yet."""
    shell.run(_ENTER, name, what="выпуск не записан")


def switch(shell: Shell, name: str) -> None:
    """Serve an edition, in one step: a reader gets the one or the other."""
    shell.run(_SWITCH, name, what="выпуск не переключён")


def prune(shell: Shell, keep: int) -> list[str]:
    """Remove all but the last editions, never what is served nor what was before.

    Gives the names of those that could not be removed: somebody else put files there.
    """
    return shell.run(_PRUNE, str(keep), what="старые выпуски не удалены").decode().split()


def discard(shell: Shell) -> None:
    """Take away what is not complete."""
    shell.run("rm -rf incoming .next", what="незаконченный выпуск не удалён")


def write_down(shell: Shell, event: Event) -> None:
    """Append a line to the record."""
    line = json.dumps({name: getattr(event, name) for name in event.__struct_fields__}, ensure_ascii=False)
    shell.run("cat >> editions.jsonl", given=f"{line}\n".encode(), what="запись о выпуске не сделана")


def outcomes(shell: Shell) -> dict[str, str]:
    """What came of each edition last, by the record: «published», «restored», «rolled-back», «refused»."""
    told = shell.run("cat editions.jsonl 2>/dev/null || true", what="запись о выпусках не читается")
    lines = (json.loads(line) for line in told.splitlines() if line.endswith(b"}"))
    return {line["edition"]: line["happened"] for line in lines}


def told_of(index: bytes) -> dict[str, Any]:
    """What ``edition.json`` says of the edition: its commit, how many files and releases it has."""
    found = json.loads(index)
    return {name: found[name] for name in ("commit", "files", "releases") if name in found}
