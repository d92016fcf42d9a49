"""`make test` and `make quick`: every check timed; the first failure stops."""

# ruff: noqa: S603, T201 - it prints, and runs only commands written here

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, Timer

from config import translations

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
Checks = Sequence[tuple[str, str]]  # title, command

STYLE = (
    ("Format", "ruff format --check ."),
    ("Style", "ruff check ."),
)
# Slow tests come first (tests/conftest.py) and so lie with one process: the other, when it is done,
# takes from the end of that one's list.
TESTS = (
    (
        "Tests",
        "pytest -n 2 --dist worksteal --cov --cov-report=term --cov-report=xml --ignore=tests/journeys",
    ),
)
# Side by side with the tests: a browser waits for a server and a server for a browser, and neither
# fills a processor.
BESIDE = (
    ("Types", "DEMO=1 mypy"),
    ("Layers", "lint-imports"),
    ("Migrations", "DEMO=1 python manage.py makemigrations --check --dry-run"),
    ("Journeys", "pytest tests/journeys"),
)
QUICK = (
    *STYLE,
    ("Tests", "pytest -n 2 --dist worksteal -m 'not slow and not journey' --ignore=tests/journeys"),
)
# Settings without which Django refuses to load; a value that is set already wins.
ENVIRONMENT_WORD = re.compile(r"[A-Z]+=")
ENVIRONMENT = {"ITINERA_ENV": "test", "SECRET_KEY": "for-checks-only-" + "0" * 40}
# With it every process would compile every import again, and pytest every test.
COSTLY = "PYTHONDONTWRITEBYTECODE"


def main(arguments: list[str]) -> int:
    translations.compile_stale()
    course = Course()
    if "--quick" in arguments:
        course.run(QUICK)
    else:
        course.run(STYLE)
        course.run_side_by_side(TESTS, BESIDE)
    if course.failed:
        print(f"To repeat it:  {_repeatable(course.failed)}", file=sys.stderr)
    return course.code


class Course:
    """Lists of checks, one after the other or side by side, until the first failure."""

    def __init__(self, patience: float = 30.0) -> None:
        """patience: seconds in which what is stopped may put things away."""
        self.failed = ""
        self.code = 0
        self._patience = patience
        self._lock = Lock()
        self._under_way: set[subprocess.Popen[str]] = set()

    def run(self, checks: Checks, *, held: bool = False) -> None:
        """One check after the other. held: what each says is kept until it is over."""
        for title, command in checks:
            begun = time.monotonic()
            if not (process := self._start(command, held=held)):
                return
            code, said = self._end_of(process, command)
            word = "ok" if code == 0 else "FAILED" if command == self.failed else "stopped"
            told = f"{said}{word:<8}{title:<12}{time.monotonic() - begun:6.1f} s\n"
            print(f"$ {command}\n{told}" if held else told, flush=True)

    def run_side_by_side(self, first: Checks, second: Checks) -> None:
        """Both lists at once; what the second says is held."""
        with ThreadPoolExecutor() as pool:
            beside = pool.submit(self.run, second, held=True)
            self.run(first)
            beside.result()

    def _start(self, command: str, *, held: bool) -> subprocess.Popen[str] | None:
        """Nothing is started after a failure."""
        with self._lock:
            if self.failed:
                return None
            if not held:
                print(f"$ {command}", flush=True)
            process = _start(command, held=held)
            self._under_way.add(process)
            return process

    def _end_of(self, process: subprocess.Popen[str], command: str) -> tuple[int, str]:
        """Its code and what was held of it. The first failure ends the others as Ctrl-C would."""
        said, _ = process.communicate()
        with self._lock:
            self._under_way.discard(process)
            if process.returncode and not self.failed:
                self.failed, self.code = command, process.returncode
                for other in self._under_way:
                    self._stop(other)
        return process.returncode, said or ""

    def _stop(self, process: subprocess.Popen[str]) -> None:
        """SIGINT is ignored by whatever was started in the background of a shell."""
        process.send_signal(signal.SIGINT)
        killing = Timer(self._patience, process.kill)
        killing.daemon = True
        killing.start()


def _start(command: str, *, held: bool) -> subprocess.Popen[str]:
    words = shlex.split(command)
    own = dict(word.split("=", 1) for word in words if ENVIRONMENT_WORD.match(word))
    program, *rest = words[len(own) :]
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    environment = {**ENVIRONMENT, **os.environ, **own, "PATH": path}
    environment.pop(COSTLY, None)
    return subprocess.Popen(
        [BIN / program, *rest],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE if held else None,
        stderr=subprocess.STDOUT if held else None,
        text=True,
    )


def _repeatable(command: str) -> str:
    settings = " ".join(
        f"{name}={value}" for name, value in ENVIRONMENT.items() if name not in os.environ
    )
    own = " ".join(word for word in shlex.split(command) if ENVIRONMENT_WORD.match(word))
    return f"{settings} {own} .venv/bin/{command.removeprefix(own).strip()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
