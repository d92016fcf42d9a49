"""The demo from database to web server, one line per step, and back down again."""

# ruff: noqa: T201 - it prints, which is what it is for

import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import NoReturn

from config.steps import step
from demo import children, groundwork
from demo import port as ports
from demo.children import Child
from demo.groundwork import VAR, Broken, Ground
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
    url = f"http://{ports.HOST}:{port}/"
    with only_one(VAR, url), ExitStack() as stack:
        stack.enter_context(_told_to_stop())
        if not ports.free(port):
            raise Broken(ports.taken_message(port))
        with step("Database") as now:
            ground = groundwork.database(stack, now, fresh=fresh)
        environment = groundwork.settings(url, ground)
        sign_ins = groundwork.prepare(environment)
        running = _serve(stack, environment, port)
        print(f"\n  Itinera is at {url}\n\n{sign_ins}", flush=True)
        print(f"  Logs: {groundwork.LOGS}.  Stop: Ctrl-C", flush=True)
        _watch(running, ground)


def _serve(stack: ExitStack, environment: Mapping[str, str], port: int) -> tuple[Child, ...]:
    """Web server and worker, registered to be stopped, and the wait until pages are answered."""
    with step("Web server and worker"):
        web = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port)]
        work = [sys.executable, "manage.py", "work"]
        running = (
            children.spawn("web", web, groundwork.LOGS / "web.log", environment),
            children.spawn("worker", work, groundwork.LOGS / "worker.log", environment),
        )
        stack.callback(children.stop, running)
        _await_ready(port, running)
    return running


def _await_ready(port: int, running: tuple[Child, ...]) -> None:
    deadline = time.monotonic() + PATIENCE
    answer = ""
    while time.monotonic() < deadline:
        _refuse_fallen(running)
        status, answer = _readiness(port)
        if status == HTTPStatus.OK:
            return
        time.sleep(0.1)
    raise Broken(f"The web server did not become ready within a minute. It says: {answer}")


def _readiness(port: int) -> tuple[int, str]:
    """Not through urllib: that would ask the proxy of the environment for our own address."""
    connection = HTTPConnection(ports.HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status, f"{answer.status} {answer.read(300).decode(errors='replace')}"
    except (OSError, HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def _watch(running: tuple[Child, ...], ground: Ground) -> NoReturn:
    while ground.alive():
        _refuse_fallen(running)
        time.sleep(0.5)
    raise Broken("The database server was stopped from outside, so the rest was stopped too.")


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
