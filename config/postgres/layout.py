"""A new data directory and its configuration."""

import shutil
from pathlib import Path

from config.postgres.account import Account
from config.postgres.binaries import Binaries
from config.postgres.errors import PostgresError

SUPERUSER = "postgres"
BUILTIN_LOCALES = 17

# Nobody but the account itself can enter the folder of the socket, and nothing listens on TCP,
# so a password would protect against no one.
HBA = "local all all trust\n"

COMMON = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Data that nobody will miss: no waiting for the disk.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def create(data: Path, binaries: Binaries, account: Account) -> None:
    """Make the data directory beside its place, then move it: half of one is never found."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    account.owns(draft)
    done = account.run(
        binaries["initdb"],
        "-D",
        draft,
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        *_locale(binaries.major),
    )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise PostgresError(
            "A new database cluster must be made before the first start.",
            f"initdb failed: {done.stderr.strip()}",
            "Free the disk or correct the cause named above, then start again.",
        )
    (draft / "pg_hba.conf").write_text(HBA)
    with (draft / "postgresql.conf").open("a") as settings:
        settings.write("\ninclude = 'itinera.conf'\n")
    draft.rename(data)


def configure(data: Path, sockets: Path, account: Account, *, throwaway: bool) -> None:
    """Write itinera.conf anew: the project may have moved since the last start."""
    settings = {"unix_socket_directories": f'"{sockets}"', **COMMON}
    if throwaway:
        settings |= THROWAWAY
    lines = [f"{name} = '{_escaped(value)}'\n" for name, value in settings.items()]
    target = data / "itinera.conf"
    target.write_text("".join(lines))
    if account.switch:
        shutil.chown(target, account.uid, account.gid)


def _locale(major: int) -> list[str]:
    """C.UTF-8 everywhere, so that sorting does not depend on the machine; builtin since 17."""
    if major < BUILTIN_LOCALES:
        return ["--locale=C.UTF-8"]
    return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
