"""A demonstration of its own for the tests that need one: seeded in a process with DEMO=1."""

import json
import os
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
    owner, login = (urlsplit(url)._replace(path=f"/{name}").geturl() for url in urls("itinera"))
    environment = {
        **os.environ,
        "DEMO": "1",
        "ITINERA_ENV": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": login,
        "DATABASE_OWNER_URL": owner,
        "VAR_DIR": str(folder),
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "LOG_LEVEL": "ERROR",
        "SEED_AT": "",
    }
    made = Demonstration(environment)
    done = made.manage("migrate", "--no-input", "-v", "0")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="session")
def demonstration(
    tmp_path_factory: pytest.TempPathFactory, run_id: str, worker_id: str
) -> Iterator[Demonstration]:
    """Seeded once; the walks that change it stand last in their files."""
    name = f"{PREFIX}{run_id}_{worker_id}_demo"
    made = migrated(name, tmp_path_factory.mktemp("demo"))
    done = made.manage("seed_demo")
    assert done.returncode == 0, done.stderr[-3000:]
    yield made
    drop_database(name)
