"""``python -m newsroom.publish.server deploy|emergency|rollback|list``: editions on a server of one's own."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsroom.build.edition import EditionError
from newsroom.content.numbers import filesize, number
from newsroom.content.plurals import plural
from newsroom.problems import NewsroomError
from newsroom.publish import readback
from newsroom.publish.emergency import maker
from newsroom.publish.git import DeployError
from newsroom.publish.options import INTERRUPTED, at_least_one
from newsroom.publish.public_address import public_address
from newsroom.publish.server import editions
from newsroom.publish.server.deploy import Deploy, Outcome, asking, rollback
from newsroom.publish.server.emergency import publish_notices
from newsroom.publish.server.shell import Shell, shell

_MOST_TOLD = 10
_FILES = ("файл", "файла", "файлов")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when what was asked for is done, else 1."""
    options = _parser().parse_args(arguments)
    server = options.server or os.environ.get("DEPLOY_SERVER", "")
    if not server:
        print("Куда публиковать, не сказано: --server user@host:/srv/site или DEPLOY_SERVER", file=sys.stderr)
        return 1
    try:
        with shell(server, options.ssh or os.environ.get("DEPLOY_SSH", "")) as there:
            if options.command == "deploy":
                return _deploy(there, options)
            if options.command == "emergency":
                return _emergency(there, options)
            return _rollback(there, options.edition) if options.command == "rollback" else _list(there)
    except (NewsroomError, DeployError, EditionError, OSError) as error:
        print(error, file=sys.stderr)
        print(
            "Ничего не опубликовано."
            if "content" in options or "output" in options
            else "Ничего не изменено.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("Прервано. Повторите ту же команду: начатое она доведёт до конца.", file=sys.stderr)
        return INTERRUPTED


def _deploy(there: Shell, options: argparse.Namespace) -> int:
    started = time.monotonic()
    outcome = _prepared(there, options, options.output.resolve(), whole=options.whole).run()
    _tell(outcome, there, time.monotonic() - started)
    return 1 if outcome.misread else 0


def _emergency(there: Shell, options: argparse.Namespace) -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newsroom-emergency-") as folder:
        # Nobody waits for a key, nor for what lies there and has nothing to do with the notices.
        deploy = _prepared(there, options, Path(folder, "site"), must_sign=False, sample=0)
        outcome = publish_notices(deploy, maker(options.content, deploy.url))
    if outcome is None:
        print("Ничего не опубликовано.", file=sys.stderr)
        return 1
    _tell(outcome, there, time.monotonic() - started)
    return 1 if outcome.misread else 0


def _prepared(there: Shell, options: argparse.Namespace, output: Path, **more: Any) -> Deploy:
    url = public_address(options.url)
    read_back, cache = asking(options.read_from or url, tell=print), options.cache.resolve()
    return Deploy(
        shell=there, output=output, url=url, cache=cache, asking=read_back, keep=options.keep, **more
    )


def _tell(outcome: Outcome, there: Shell, seconds: float) -> None:
    if outcome.happened == "unchanged":
        print(f"Уже опубликовано, изменений нет: {there.name}, выпуск {outcome.edition}")
        return
    print(
        f"Отправлено: {plural(outcome.written, *_FILES)} ({filesize(outcome.sent)}), взято ссылкой "
        f"{number(outcome.linked)}, удалено {number(outcome.removed)}; прочитано обратно "
        f"{number(outcome.read)}; {seconds:.1f} с"
    )
    if outcome.stuck:
        print(f"Старые выпуски не удалить, файлы чужие: {', '.join(outcome.stuck)}; на сервере: sudo rm -r")
    if outcome.nginx_changed:
        print("Изменились настройки или перенаправления для nginx: nginx -t && nginx -s reload")
    if not outcome.misread:
        _tell_paths("Было испорчено и исправлено", outcome.found.harmed)
        _tell_paths("Не из выпуска и удалено", outcome.found.strange)
        print(f"Опубликовано: {there.name}, выпуск {outcome.edition}")
        return
    print(readback.in_words(outcome.misread), file=sys.stderr)
    print(f"{_why(outcome)}. Проверьте настройку сервера.", file=sys.stderr)


def _tell_paths(what: str, paths: Sequence[str]) -> None:
    if paths:
        more = f" и ещё {number(len(paths) - _MOST_TOLD)}" if len(paths) > _MOST_TOLD else ""
        print(f"{what}: {', '.join(paths[:_MOST_TOLD])}{more}")


def _why(outcome: Outcome) -> str:
    is_silent = not all(each.answered for each in outcome.misread)
    what = "Сайт не прочитать обратно" if is_silent else "Читатели получают не то, что собрано"
    if outcome.happened == "rolled-back":
        return f"{what}: вернулись к прежнему выпуску"
    return f"{what}: {'прежнего выпуска нет' if outcome.written else 'отправлять было нечего'}"


def _rollback(there: Shell, name: str) -> int:
    before, now = rollback(there, lambda: datetime.now(UTC), name)
    print(f"{there.name}: был выпуск {before or 'никакой'}, теперь {now}")
    return 0


def _list(there: Shell) -> int:
    served, outcomes = editions.current(there), editions.outcomes(there)
    for name in editions.kept(there):
        came = "" if outcomes.get(name) in editions.SOUND else "  при проверке читалось не то"
        print(f"{'→' if name == served else ' '} {name}{came}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom.publish.server", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    deploy = commands.add_parser("deploy")
    deploy.add_argument("output", type=Path)
    deploy.add_argument(
        "--whole", action="store_true", help="compare every file on the server, send harmed ones"
    )
    alone = commands.add_parser("emergency")
    alone.add_argument("content", type=Path)
    for each in (deploy, alone):
        each.add_argument("--url", default=os.environ.get("SITEURL", ""), help="address of the public site")
        each.add_argument("--read-from", default="", help="address to read the site back at (the public one)")
        each.add_argument("--keep", type=at_least_one, default=5, help="how many editions stay on the server")
        each.add_argument("--cache", type=Path, default=Path(".cache/compressed"))
    back = commands.add_parser("rollback")
    back.add_argument("--edition", default="", help="which one (the one before)")
    for each in (deploy, alone, back, commands.add_parser("list")):
        each.add_argument("--server", default="", help="user@host:/srv/site, or /srv/site on this machine")
        each.add_argument("--ssh", default="", help="more options for ssh: -p 2222 -i key")
    return parser


if __name__ == "__main__":
    sys.exit(main())
