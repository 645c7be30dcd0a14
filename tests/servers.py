"""A server of one's own on the loopback: the shipped settings of nginx over a folder that deploys fill."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from newsroom.publish import server
from tests.conftest import tool

SHIPPED = Path(server.__file__).with_name("nginx.conf")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_AROUND = """\
{modules}
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  keepalive_requests 100000;
{site}
}}
"""


def site_settings(base: Path) -> str:
    """The shipped settings for this folder, without TLS and without the way to it."""
    text = SHIPPED.read_text("utf-8").replace("/srv/site", str(base))
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"    (?:listen \[::\]|ssl_|http2 ).*\n", "", text)
    if not BROTLI.exists():
        text = text.replace("brotli_static on;", "")
    return text


@contextmanager
def nginx(base: Path, folder: Path) -> Iterator[str]:
    """A running nginx with the shipped settings over a folder of editions; gives its address."""
    with serving_nginx(site_settings(base), folder) as address:
        yield address


@contextmanager
def serving_nginx(site: str, folder: Path) -> Iterator[str]:
    """A running nginx with these settings of a site, which listen to 443; gives its address."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    tool(Path(program).is_file(), "nginx", "apt install nginx-light")
    port = free_port()
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    modules = f"load_module {BROTLI};" if BROTLI.exists() else ""
    user = "" if os.getuid() else "user root;"  # its workers must be let into the folders of tests
    settings = folder / "nginx.conf"
    settings.write_text(_AROUND.format(folder=folder, modules=modules, user=user, site=site))
    with subprocess.Popen([program, "-p", str(folder), "-c", str(settings)]) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server did not begin to listen")


@contextmanager
def sshd(folder: Path) -> Iterator[tuple[int, str]]:
    """An sshd on the loopback that lets this user in by a new key; gives its port and options for ssh."""
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    tool(Path(program).is_file() and bool(shutil.which("ssh")), "sshd", "apt install openssh-server")
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    settings = (
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/sshd.pid\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "PermitRootLogin yes\n"
    )
    (folder / "sshd_config").write_text(settings)
    log = folder / "sshd.log"
    command = [program, "-D", "-f", str(folder / "sshd_config"), "-E", str(log)]
    with subprocess.Popen(command) as process:
        try:
            wait_for(port)
            known = f"-o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=accept-new"
            yield port, f"-p {port} -i {folder}/user -o IdentitiesOnly=yes {known}"
        finally:
            process.terminate()
