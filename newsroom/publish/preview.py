"""``make serve``: the site on this machine, built anew at each change, the browser told to reload.

A build is a process of its own, one of which waits ready; a change of the program gets a new
one. When a build fails, the last good output stays and the problems are shown. The site is built for the
server's own address, whatever SITEURL says, so its folder is no other's. Files of it are
never touched: the reloading script is put into pages only as they are served.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from newsroom.publish.preview_server import News, PreviewServer
from newsroom.publish.standby import Standby

WATCHED = ("theme", "newsroom", "pelicanconf.py")
"""What a build depends on in the project's folder, besides the content."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Watches and builds; ``project`` is the folder of the settings, where ``build`` is run;
    ``url`` is the address the site is built for."""

    project: Path
    content: Path
    build: Sequence[str]
    url: str
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, news: News) -> None:
        """Build, then build again at each change, until ``stop`` is set."""
        changes = self._changes()
        next(changes, None)  # now the watch stands, so a change during the first build is not missed
        variables = {"PYTHONUTF8": "1", "SITEURL": self.url, "NEWSROOM_PREVIEW": "1"}
        with closing(Standby(self.build, self.project, variables)) as standby:
            self._rebuild(standby, news)
            for names in changes:
                if names:
                    print(f"Изменено: {', '.join(names)}", flush=True)
                    if any(name.endswith(".py") for name in names):
                        standby.renew()
                    self._rebuild(standby, news)

    def _changes(self) -> Iterator[list[str]]:
        """Names of changed files; an empty list now and then when there are none."""
        from watchfiles import watch

        places = [self.content, *(self.project / name for name in WATCHED)]
        existing = [place for place in places if place.exists()]
        watched = watch(
            *existing, stop_event=self.stop, rust_timeout=200, debounce=400, step=10, yield_on_timeout=True
        )
        for changes in watched:
            yield sorted({Path(path).name for _, path in changes})

    @staticmethod
    def _rebuild(standby: Standby, news: News) -> None:
        status, told = standby.build()
        print(told, end="", flush=True)
        news.publish(told if status else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: serve until Ctrl-C; 1 when the port is taken."""
    parser = argparse.ArgumentParser(prog="newsroom.publish.preview")
    parser.add_argument("content", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    content, output = options.content.resolve(), options.output.resolve()
    settings = ("--settings", "pelicanconf.py")
    build = (sys.executable, "-m", "newsroom", str(content), "--output", str(output), *settings)
    try:
        server = PreviewServer(output, options.port, content)
    except OSError as error:
        print(f"Не удалось открыть порт {options.port}: {error.strerror}", file=sys.stderr)
        print(f"Выберите другой: invoke serve --port {options.port + 1}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with server.running():
            print(f"Сайт: {server.url} — собирается… (остановить: Ctrl-C)", flush=True)
            print(f"Редактор: {server.url}admin/", flush=True)
            url = server.url.rstrip("/")
            Preview(project=Path.cwd(), content=content, build=build, url=url).run(server.news)
    except KeyboardInterrupt:
        print()
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
