"""What an operator may do about what ssh, rsync and the commands on the server complain of."""

from __future__ import annotations

import re

_CONNECTION = (
    (
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        "ключ сервера не тот, что прежде: узнайте, менялся ли он; если да — ssh-keygen -R имя-сервера",
    ),
    (
        r"Host key verification failed",
        "сервер здесь ещё не знают: сверьте отпечаток и допишите его ключ в ~/.ssh/known_hosts (ssh-keyscan)",
    ),
    (
        r"Permission denied",
        'сервер не принял ключ: допишите его там в ~/.ssh/authorized_keys или назовите: --ssh "-i файл"',
    ),
    (r"Could not resolve hostname", "такого имени нет: проверьте --server"),
    (
        r"Connection refused|timed out|No route to host",
        'проверьте, включён ли сервер и тот ли порт: --ssh "-p 2222"',
    ),
)
_NOT_YOURS = (
    "тому, кто публикует, сюда нельзя писать: на сервере sudo install -d -o deploy папка-сайта; "
    "если в ней завелись чужие файлы — sudo chown -R deploy папка-сайта"
)
_COMMANDS = (
    (r"No space left|Disk quota exceeded", "на сервере кончилось место: освободите его и повторите"),
    (
        r"(?:flock|rsync): (?:command )?not found|(?:flock|rsync): No such file",
        "на сервере чего-то не установлено: apt install rsync util-linux",
    ),
    (
        r"Permission denied|Operation not permitted",
        _NOT_YOURS,
    ),
    (r"Read-only file system", "диск сервера только для чтения: проверьте его"),
)


def of_connection(said: str) -> str:
    """What ssh said, with what to do about it where that is known."""
    return _with_remedy(said, _CONNECTION)


def of_command(said: str) -> str:
    """What a command on the server said, with what to do about it where that is known."""
    return _with_remedy(said, _COMMANDS)


def _with_remedy(said: str, known: tuple[tuple[str, str], ...]) -> str:
    for complaint, remedy in known:
        if found := re.search(f"^.*(?:{complaint}).*$", said, re.MULTILINE):
            return f"{found[0].strip(' @')} — {remedy}"
    return said
