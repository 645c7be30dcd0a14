"""Commands on the server, over one connection of ssh; a plain path is a folder of this machine.

The server needs a POSIX shell, GNU coreutils, findutils, rsync, and flock of util-linux: any Debian has them.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from newsroom.publish.git import DeployError
from newsroom.publish.server import remedies

_ADDRESS = re.compile(r"(?P<host>(?:[\w.-]+@)?[\w.-]+|(?:[\w.-]+@)?\[[0-9a-fA-F:]+\]):(?P<base>/.+)")
_PATIENT = (
    "BatchMode=yes", "ConnectTimeout=20", "ServerAliveInterval=15", "ServerAliveCountMax=4",
    "ControlMaster=auto", "ControlPersist=30",
)  # fmt: skip
_NO_CONNECTION = 255
"""The status of ssh itself; any other is that of the command."""
_LOCK_SECONDS = 60
_BUSY = (
    f"другой deploy не кончился за {_LOCK_SECONDS} с: дождитесь его или прервите (Ctrl+C) и повторите — "
    "что он не проверил, проверит следующий"
)


class Shell(Struct, frozen=True, kw_only=True):
    """Where commands run: ``base`` is the absolute folder of the site there, ``ssh`` what comes before them.

    Without ``host`` it is this machine.
    """

    base: str
    host: str = ""
    ssh: tuple[str, ...] = ()

    def run(self, script: str, *arguments: str, given: bytes = b"", what: str) -> bytes:
        """What a script of sh says, which stands in ``base`` and stops at the first fault.

        ``$1`` … are the arguments. Raises DeployError, which tells ``what`` was not to be done.
        """
        done = subprocess.run(self._command(script, arguments), input=given, capture_output=True, check=False)
        if done.returncode:
            raise DeployError(self._fault(done, what))
        return done.stdout

    def fetch(self, path: str) -> bytes | None:
        """The bytes of a file below ``base``, None where there is none. Raises DeployError."""
        told = self.run('if [ -f "$1" ]; then echo; cat -- "$1"; fi', path, what=f"файл {path} не читается")
        return told[1:] if told else None

    def fetch_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes]:
        """The bytes of files of a folder below ``base``, in one go; what is not there is left out."""
        script = 'cd -- "$1"; tar --create --null --files-from=- --ignore-failed-read 2>/dev/null || true'
        given = b"".join(f"{path}\0".encode() for path in paths)
        told = self.run(script, folder, given=given, what="списки выпуска не читаются")
        with tarfile.open(fileobj=io.BytesIO(told)) as archive:
            files = ((member.name, archive.extractfile(member)) for member in archive.getmembers())
            return {name: stream.read() for name, stream in files if stream}

    def rsync(self, source: Path, folder: str) -> bytes:
        """Send all files of a folder into one below ``base``; gives the statistics. Raises DeployError.

        Files are read-only there: what two editions share must not be changed in one of them.
        """
        remote = ("--rsh", shlex.join(self.ssh)) if self.host else ()
        target = f"{self.host}:{self.base}/{folder}/" if self.host else f"{self.base}/{folder}/"
        # Of a file that changed only the difference is sent: what it was is served still.
        sparing = ("--copy-dest=../current", "--no-whole-file", "--ignore-times", "--compress")
        options = ("--recursive", "--times", "--perms", "--chmod=D755,F444", "--stats", "--protect-args")
        command = ["rsync", *options, *sparing, *remote, f"{source}/", target]
        environment = os.environ | {"LC_ALL": "C"}
        try:
            done = subprocess.run(command, capture_output=True, check=False, env=environment)
        except FileNotFoundError:
            raise DeployError("нет программы rsync: установите её (apt install rsync)") from None
        if done.returncode:
            raise DeployError(self._fault(done, "файлы не переданы"))
        return done.stdout

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Within it no other deploy changes the site; whoever dies lets it go. Raises DeployError."""
        script = f"exec flock --wait {_LOCK_SECONDS} lock sh -c 'echo locked; exec cat'"
        holder = subprocess.Popen(
            self._command(script, ()), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with holder:
            assert holder.stdin
            assert holder.stdout
            if holder.stdout.readline() != b"locked\n":
                _, said = holder.communicate()
                why = remedies.of_command(said.decode(errors="replace").strip()) or _BUSY
                raise DeployError(f"{self.name}: {why}")
            try:
                yield
            finally:
                holder.stdin.close()

    @property
    def name(self) -> str:
        """As the operator typed it."""
        return f"{self.host}:{self.base}" if self.host else self.base

    def _command(self, script: str, arguments: Sequence[str]) -> list[str]:
        own = ["sh", "-euc", f'umask 022\ncd -- "$0"\n{script}', self.base, *arguments]
        return [*self.ssh, self.host, "--", shlex.join(own)] if self.host else own

    def _fault(self, done: subprocess.CompletedProcess[bytes], what: str) -> str:
        said = done.stderr.decode(errors="replace").strip() or f"код {done.returncode}"
        if self.host and done.returncode == _NO_CONNECTION:
            return f"нет связи с сервером {self.host}: {remedies.of_connection(said)}"
        return f"{what}: {remedies.of_command(said)}"


@contextmanager
def shell(server: str, options: str = "") -> Iterator[Shell]:
    """A way to «user@host:/srv/site» or «/srv/site»; ``options`` are more words for ssh («-p 2222 -i key»).

    Makes the folder where there is none. Raises DeployError.
    """
    address = _ADDRESS.fullmatch(server)
    if not address and not server.startswith("/"):
        raise DeployError(f"«{server}» — не место на сервере: напишите user@host:/srv/site")
    with tempfile.TemporaryDirectory(prefix="nr-") as folder:  # a socket's name may not be long
        known = [part for option in _PATIENT for part in ("-o", option)]
        ssh = ("ssh", *known, "-o", f"ControlPath={folder}/%C", *shlex.split(options)) if address else ()
        base = (address["base"] if address else server).rstrip("/")
        made = Shell(base=base, host=address["host"] if address else "", ssh=ssh)
        try:
            Shell(base="/", host=made.host, ssh=ssh).run(
                'mkdir -p -- "$1"', base, what=f"{base}: не создаётся"
            )
            yield made
        finally:
            if made.host:
                subprocess.run([*ssh, "-O", "exit", made.host], capture_output=True, check=False)
