"""A demonstration of its own for the tests that need one: seeded in a process with DEMO=1."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.databases import PREFIX, drop_database, fresh_database
from tests.server import urls

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Demonstration:
    """A database with the environment in which its processes run."""

    environment: dict[str, str]

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run("manage.py", *words)

    def walk(self, name: str) -> Any:
        """What the walk of `walks.py` found."""
        done = self._run("-m", "tests.demo.walks", name)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )


def migrated(name: str, folder: Path) -> Demonstration:
    """An empty, migrated database called `name`; its files and its clock lie in `folder`."""
    fresh_database(name)
    environment = {
        **os.environ,
        "DEMO": "1",
        "ITINERA_ENV": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **_addresses(name),
        "VAR_DIR": str(folder),
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "LOG_LEVEL": "ERROR",
        "SEED_AT": "",
    }
    made = Demonstration(environment)
    done = made.manage("migrate", "--no-input", "-v", "0")
    assert done.returncode == 0, done.stderr
    return made


def _addresses(name: str) -> dict[str, str]:
    owner, login = (urlsplit(url)._replace(path=f"/{name}").geturl() for url in urls("itinera"))
    return {"DATABASE_URL": login, "DATABASE_OWNER_URL": owner}


@pytest.fixture(scope="session")
def demonstration(
    tmp_path_factory: pytest.TempPathFactory, run_id: str, worker_id: str
) -> Iterator[Demonstration]:
    """Seeded once, and only looked at."""
    name = f"{PREFIX}{run_id}_{worker_id}_demo"
    made = seeded(name, tmp_path_factory.mktemp("demo"))
    yield made
    drop_database(name)


def seeded(name: str, folder: Path) -> Demonstration:
    made = migrated(name, folder)
    done = made.manage("seed_demo")
    assert done.returncode == 0, done.stderr[-3000:]
    return made


@pytest.fixture
def copy(
    demonstration: Demonstration, tmp_path: Path, run_id: str, worker_id: str
) -> Iterator[Demonstration]:
    """The same with a database, files and a clock of its own, to do things in."""
    name = f"{PREFIX}{run_id}_{worker_id}_demo"
    fresh_database(f"{name}_copy", name)
    shutil.copytree(demonstration.environment["VAR_DIR"], tmp_path, dirs_exist_ok=True)
    environment = {**demonstration.environment, "VAR_DIR": str(tmp_path)}
    yield Demonstration({**environment, **_addresses(f"{name}_copy")})
    drop_database(f"{name}_copy")
