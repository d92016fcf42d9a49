"""Who the server runs as. PostgreSQL refuses to run as root, so root lends it to `nobody`."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.postgres.errors import PostgresError


@dataclass(frozen=True, slots=True)
class Account:
    """`switch` is true when this process is root and has to become somebody else."""

    uid: int
    gid: int
    switch: bool

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run to the end as this account. The caller looks at the return code."""
        return subprocess.run(  # noqa: S603 - only commands written here
            [str(part) for part in command],
            text=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            cwd="/",
            env=_environment(),
            **self._identity(),
            **options,
        )

    def reaches(self, path: Path) -> bool:
        """Whether every folder on the way may be entered. Asked, not computed: ACLs count."""
        there = next(place for place in (path, *path.parents) if os.path.lexists(place))
        return self.run("/bin/sh", "-c", 'test -x "$1"', "sh", there).returncode == 0

    def owns(self, path: Path) -> None:
        """Make `path`, and nothing above it, a folder that only this account may enter."""
        path.mkdir(mode=0o700)
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def _identity(self) -> dict[str, Any]:
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def current() -> Account:
    """The account for a server started by this process. Raises PostgresError without `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise PostgresError(
            "PostgreSQL does not run as root.",
            "This process is root, and there is no account 'nobody' to lend the server to.",
            "Start as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL.",
        ) from error
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def _environment() -> dict[str, str]:
    """Ours, in English, without PG* names: they would redirect initdb and pg_ctl."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}
