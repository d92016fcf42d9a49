"""`make test` and `make quick`: the checks in order, each timed; the first failure stops."""

# ruff: noqa: S603, T201 - it prints, and runs only commands written here

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

from config import translations

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

STYLE = (
    ("Format", "ruff format --check ."),
    ("Style", "ruff check ."),
)
# Slow tests come first (tests/conftest.py) and so lie with one process: the other, when it is done,
# takes from the end of that one's list.
EVERYTHING = (
    *STYLE,
    ("Types", "DEMO=1 mypy"),
    ("Layers", "lint-imports"),
    ("Migrations", "DEMO=1 python manage.py makemigrations --check --dry-run"),
    (
        "Tests",
        "pytest -n 2 --dist worksteal --cov --cov-report=term --cov-report=xml --ignore=tests/journeys",
    ),
    ("Journeys", "pytest tests/journeys"),
)
QUICK = (
    *STYLE,
    ("Tests", "pytest -n 2 --dist worksteal -m 'not slow and not journey' --ignore=tests/journeys"),
)
# Settings without which Django refuses to load; a value that is set already wins.
ENVIRONMENT_WORD = re.compile(r"[A-Z]+=")
ENVIRONMENT = {"ITINERA_ENV": "test", "SECRET_KEY": "for-checks-only-" + "0" * 40}


def main(arguments: list[str]) -> int:
    translations.compile_stale()
    for title, command in QUICK if "--quick" in arguments else EVERYTHING:
        begun = time.monotonic()
        code = _run(command)
        print(
            f"{'ok' if code == 0 else 'FAILED':<7}{title:<12}{time.monotonic() - begun:6.1f} s\n",
            flush=True,
        )
        if code:
            print(f"To repeat it:  {_repeatable(command)}", file=sys.stderr)
            return code
    return 0


def _run(command: str) -> int:
    print(f"$ {command}", flush=True)
    words = shlex.split(command)
    own = dict(word.split("=", 1) for word in words if ENVIRONMENT_WORD.match(word))
    program, *rest = words[len(own) :]
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    environment = {**ENVIRONMENT, **os.environ, **own, "PATH": path}
    return subprocess.run([BIN / program, *rest], cwd=ROOT, env=environment, check=False).returncode


def _repeatable(command: str) -> str:
    settings = " ".join(
        f"{name}={value}" for name, value in ENVIRONMENT.items() if name not in os.environ
    )
    own = " ".join(word for word in shlex.split(command) if ENVIRONMENT_WORD.match(word))
    return f"{settings} {own} .venv/bin/{command.removeprefix(own).strip()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
