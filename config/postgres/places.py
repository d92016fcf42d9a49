"""Where the data and the socket go."""

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

from config.postgres.account import Account
from config.postgres.errors import PostgresError
from config.postgres.urls import PORT

SOCKET_LIMIT = (
    103 if sys.platform == "darwin" else 107
)  # bytes in sockaddr_un.sun_path, less the NUL
ROOT_STATE = Path("/var/lib/itinera")


def data_folder(home: Path, major: int, account: Account) -> Path:
    """`<home>/postgres-<major>`: data directories of two majors cannot be exchanged.

    For root in a folder that `nobody` cannot enter it is one below /var/lib/itinera instead,
    because no folder above ours is ever widened.
    """
    home = home.resolve()
    if not account.reaches(home):
        home = ROOT_STATE / _digest(home)
    data = home / f"postgres-{major}"
    if data.exists() and data.stat().st_uid != account.uid:
        raise PostgresError(
            "A data directory belongs to the account that made it.",
            f"{data} is number {data.stat().st_uid}'s; this server's number is {account.uid}.",
            "Start as that account (root lends its servers to nobody), or remove the folder.",
        )
    return data


def passable(folder: Path) -> None:
    """Make the missing part of the way to `folder`, open to pass whatever the umask says."""
    if not folder.exists():
        passable(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def socket_folder(data: Path, account: Account) -> Path:
    """The data directory itself (it is 0700), or a short folder when its path is too long."""
    if fits(data):
        return data
    short = Path("/tmp") / f"itinera-{account.uid}-{_digest(data)}"  # noqa: S108 - checked below
    try:
        account.owns(short)
    except FileExistsError:
        _refuse_foreign(short, account)
    return short


def fits(folder: Path) -> bool:
    """Whether a socket in `folder` has an address the kernel accepts."""
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= SOCKET_LIMIT


def throwaway_home() -> Path:
    """A new folder that others may pass through but not list; the data directory in it is 0700."""
    home = Path(tempfile.mkdtemp(prefix="itinera-pg-"))
    home.chmod(0o711)
    return home


def _refuse_foreign(folder: Path, account: Account) -> None:
    """The name can be guessed, so somebody else may have made the folder first."""
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and not found.st_mode & 0o077
    if not ours:
        raise PostgresError(
            "The socket's folder must belong to the server's account and be closed to others.",
            f"{folder} does not.",
            "Remove it, or move the project to a shorter path so that it is not needed.",
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
