"""What the demo's processes need before they start: a server, settings, tables, data."""

# ruff: noqa: S603 - only commands written here

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from config import translations
from config.postgres import cluster
from config.steps import Step, step
from demo import children

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
LOGS = VAR / "log"
DATABASE = "itinera"


class Broken(Exception):  # noqa: N818 - the sentence is all that matters
    """Why the demo cannot start or go on, and what to do."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The addresses for the login role and the owner, and whether the server is still there."""

    app: str
    owner: str
    alive: Callable[[], bool]


def database(stack: ExitStack, now: Step, *, fresh: bool) -> Ground:
    """The server that DATABASE_URL names, else the embedded one, up until `stack` closes."""
    if app := os.environ.get("DATABASE_URL"):
        now.note = "the one that DATABASE_URL names"
        return Ground(app, _named_owner(fresh=fresh), lambda: True)
    server = stack.enter_context(cluster(VAR))
    now.note = f"PostgreSQL {server.binaries.major}{'' if server.started else ', was running'}"
    if fresh:
        server.drop_database(DATABASE)
        shutil.rmtree(VAR / "files", ignore_errors=True)
    server.ensure_database(DATABASE)
    return Ground(server.app_url(DATABASE), server.owner_url(DATABASE), server.alive)


def _named_owner(*, fresh: bool) -> str:
    if fresh:
        raise Broken(
            "FRESH=1 drops the database, and DATABASE_URL names one that is not the demo's own. "
            "Drop it yourself, or unset DATABASE_URL to use the embedded server."
        )
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        return owner
    raise Broken(
        "DATABASE_URL is set, DATABASE_OWNER_URL is not: migrations need the account that owns the "
        "tables. python -m config.postgres roles --url SUPERUSER-ADDRESS makes and prints both."
    )


def settings(url: str, ground: Ground) -> dict[str, str]:
    return {
        **os.environ,
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": ground.app,
        "DATABASE_OWNER_URL": ground.owner,
        "PUBLIC_URL": url,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _secret(VAR / "secret"),
        "VAR_DIR": str(VAR),
    }


def _secret(path: Path) -> str:
    """Made once, so that sign-ins outlive a restart; readable by this account alone."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def prepare(environment: Mapping[str, str]) -> str:
    """Tables and demo data. Returns what `seed_demo --check` says: the sign-ins."""
    with step("Translations"):
        translations.compile_stale()
    with step("Tables") as now:
        _manage(["migrate", "--database", "owner", "--no-input"], environment, now)
    with step("Demo data") as now:
        found, sign_ins = _seeded(environment)
        now.note = "was there" if found else "made"
        if not found:
            _manage(["seed_demo"], environment, now)
            _, sign_ins = _seeded(environment)
    return sign_ins


def _seeded(environment: Mapping[str, str]) -> tuple[bool, str]:
    command = [sys.executable, "manage.py", "seed_demo", "--check"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    return done.returncode == 0, done.stdout


def _manage(arguments: list[str], environment: Mapping[str, str], now: Step) -> None:
    """Run a management command; lines like `37/120 dossiers` move the bar. Raises Broken."""
    command = [sys.executable, "manage.py", *arguments]
    child = children.spawn(arguments[0], command, LOGS / f"{arguments[0]}.log", environment)
    try:
        while child.code is None:
            _draw(child.log, now)
            time.sleep(0.1)
    finally:
        children.stop([child])
    if child.code:
        raise Broken(f"manage.py {arguments[0]} failed:\n{children.tail(child.log)}")


def _draw(log: Path, now: Step) -> None:
    found = re.findall(r"^(\d+)/(\d+) (.*)$", log.read_text(errors="replace"), re.MULTILINE)
    if found:
        done, total, doing = found[-1]
        now.progress(int(done), int(total), doing)
