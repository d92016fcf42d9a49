"""The demo from database to web server, one line per step, and back down again."""

# ruff: noqa: T201

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from config.steps import step
from demo import children, groundwork
from demo import port as ports
from demo.children import Child
from demo.groundwork import ROOT, Broken
from demo.single import only_one

PATIENCE = 60.0
GRANIAN = (
    "config.wsgi:application",
    *("--interface", "wsgi", "--host", ports.HOST, "--no-ws", "--log-level", "warning"),
    *("--workers", "1", "--blocking-threads", "8"),
)
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(*, port: int, fresh: bool) -> None:
    """Start everything, say where it is, and stay until a signal or until a part falls over.

    Raises Broken, AlreadyRunning or PostgresError when it cannot; KeyboardInterrupt when told to
    stop, by whichever signal. By then everything that was started here is gone.
    """
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    url = f"http://{ports.HOST}:{port}/"
    with only_one(var, url), ExitStack() as stack:
        stack.enter_context(_told_to_stop())
        if not ports.free(port):
            raise Broken(ports.taken_message(port))
        addresses = groundwork.database(stack, var, fresh=fresh)
        environment = groundwork.settings(var, url, *addresses)
        sign_ins = groundwork.prepare(environment, var)
        running = _serve(stack, environment, var, port)
        print(
            f"\n  Itinera is at {url}\n\n{sign_ins}\n  Logs: {var / 'log'}.  Stop: Ctrl-C",
            flush=True,
        )
        _watch(running)


def _serve(
    stack: ExitStack, environment: Mapping[str, str], var: Path, port: int
) -> tuple[Child, ...]:
    """Web server and worker, registered to be stopped, and the wait until pages are answered."""
    with step("Web server and worker"):
        web = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port)]
        work = [sys.executable, "manage.py", "work"]
        running = (
            children.spawn("web", web, var / "log" / "web.log", environment),
            children.spawn("worker", work, var / "log" / "worker.log", environment),
        )
        stack.callback(children.stop, running)
        _await_ready(f"http://{ports.HOST}:{port}/readyz", running)
    return running


def _await_ready(url: str, running: tuple[Child, ...]) -> None:
    deadline = time.monotonic() + PATIENCE
    answer = "no answer"
    while time.monotonic() < deadline:
        _refuse_fallen(running)
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as error:
            answer = f"{error.code} {error.read(300).decode(errors='replace')}"
        except OSError:
            pass
        time.sleep(0.1)
    raise Broken(f"The web server is up but not ready: {url} says {answer}")


def _watch(running: tuple[Child, ...]) -> NoReturn:
    while True:
        _refuse_fallen(running)
        time.sleep(0.5)


def _refuse_fallen(running: tuple[Child, ...]) -> None:
    if child := children.fallen(running):
        raise Broken(
            f"The {child.name} process ended by itself (code {child.code}), so the rest was "
            f"stopped too. Its last lines, from {child.log}:\n{children.tail(child.log)}"
        )


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Every way of saying stop is one KeyboardInterrupt; impatience afterwards changes nothing."""

    def stop(_: int, __: object) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        print("\n  Stopping ...", flush=True)
        raise KeyboardInterrupt

    for number in STOPPING:
        signal.signal(number, stop)
    yield
