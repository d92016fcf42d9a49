"""Start, attach, stop: the launcher itself."""

import fcntl
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.postgres import account as accounts
from config.postgres import layout, places, postmaster, roles, urls, watchdog
from config.postgres.account import Account
from config.postgres.binaries import Binaries, find


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `started` is false when it was there already and we only attached."""

    data: Path
    sockets: Path
    pid: int
    started: bool
    binaries: Binaries
    account: Account

    def alive(self) -> bool:
        found = postmaster.alive(self.data)
        return found is not None and found.pid == self.pid

    def superuser_url(self, database: str = "postgres") -> str:
        return self._url(layout.SUPERUSER, database)

    def owner_url(self, database: str) -> str:
        return self._url(roles.OWNER, database)

    def app_url(self, database: str) -> str:
        return self._url(roles.APP, database)

    def ensure_database(self, name: str) -> bool:
        """Create the owner's database if it is missing; true when it was."""
        return roles.ensure_database(self.superuser_url(), name)

    def drop_database(self, name: str) -> None:
        roles.drop_database(self.superuser_url(), name)

    def _url(self, user: str, database: str) -> str:
        return urls.socket_url(user=user, database=database, sockets=str(self.sockets))


def start(home: Path, *, throwaway: bool = False) -> Server:
    """Start the server whose data is below `home`, or attach to it; leave it running.

    Creates the data directory and the roles where they are missing. Raises PostgresError.
    """
    account = accounts.current()
    binaries = find(account)
    data = places.data_folder(home, binaries.major, account)
    with _alone(data):
        found = postmaster.settled(data)
        started = not found
        found = found or _launch(data, binaries, account, throwaway=throwaway)
        server = Server(data, found.sockets, found.pid, started, binaries, account)
        roles.ensure_roles(server.superuser_url())
    return server


def stop(server: Server, *, mode: str = "fast") -> None:
    """Stop it and wait until its process is gone."""
    with _alone(server.data):
        postmaster.halt(server.data, server.binaries["pg_ctl"], server.account, mode=mode)


def running(home: Path) -> Server | None:
    """The server of `home` if it is up. Starts and changes nothing."""
    account = accounts.current()
    binaries = find(account)
    data = places.data_folder(home, binaries.major, account)
    found = postmaster.alive(data)
    if not found:
        return None
    return Server(data, found.sockets, found.pid, started=False, binaries=binaries, account=account)


def remove(home: Path) -> None:
    """Delete the stopped server's data, wherever `home` made it go."""
    account = accounts.current()
    data = places.data_folder(home, find(account).major, account)
    shutil.rmtree(data, ignore_errors=True)
    data.with_name(f"{data.name}.lock").unlink(missing_ok=True)


@contextmanager
def cluster(home: Path | None = None, *, throwaway: bool = False) -> Iterator[Server]:
    """A server for the length of a `with` block. What was started here is stopped here.

    A server that was running already is used and left alone. A throw-away one lives in a new
    folder that is removed. Whatever ends this process, SIGKILL included, ends the server too.
    """
    if home is None or throwaway:
        home, throwaway = places.throwaway_home(), True
    with _signals_end_the_block():
        try:
            server = start(home, throwaway=throwaway)
            if server.started:
                yield from _guarded(server, home if throwaway else None)
            else:
                yield server
        finally:
            if throwaway:
                shutil.rmtree(home, ignore_errors=True)


def _guarded(server: Server, remove: Path | None) -> Iterator[Server]:
    dog = watchdog.watch(server.pid, server.data, server.binaries["pg_ctl"], remove)
    try:
        yield server
    finally:
        try:
            stop(server, mode="immediate" if remove else "fast")
        finally:
            watchdog.dismiss(dog)


def _launch(
    data: Path, binaries: Binaries, account: Account, *, throwaway: bool
) -> postmaster.Postmaster:
    if not (data / "PG_VERSION").exists():
        layout.create(data, binaries, account)
    sockets = places.socket_folder(data, account)
    layout.configure(data, sockets, account, throwaway=throwaway)
    return postmaster.launch(data, binaries["pg_ctl"], account)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One start or stop of this data directory at a time, across processes."""
    places.passable(data.parent)
    with data.with_name(f"{data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _signals_end_the_block() -> Iterator[None]:
    """SIGTERM and SIGHUP kill without unwinding: make them SystemExit, where unhandled."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = [n for n in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(n) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _: object) -> None:
    raise SystemExit(128 + number)
