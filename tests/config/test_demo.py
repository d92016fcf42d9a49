"""The real launcher, supervisor and web server around a stub of the Django side."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo import port as ports
from tests.config.conftest import ROOT, eventually, passable_folder, processes

WSGI = """
def application(environ, start):
    start("200 OK", [])
    return [b"{}"]
"""
MANAGE = """
import os, pathlib, sys, time
import psycopg
act, mark = sys.argv[1], pathlib.Path(os.environ["VAR_DIR"], "seeded")
if act == "migrate":
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SELECT current_user").fetchone() == ("itinera_owner",)
elif act == "seed_demo" and "--check" in sys.argv:
    print("  office@example.org" if mark.exists() else "")
    sys.exit(not mark.exists())
elif act == "seed_demo":
    assert os.environ["DEMO"] == "1" and len(os.environ["SECRET_KEY"]) >= 50
    print("20/20 dossiers")
    mark.touch()
elif act == "work":
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    with passable_folder() as folder:
        for name in ("config", "demo"):
            (folder / name).mkdir()
            for source in (ROOT / name).glob("*.py"):
                shutil.copy(source, folder / name)
        shutil.copytree(ROOT / "config" / "postgres", folder / "config" / "postgres")
        (folder / "config" / "wsgi.py").write_text(WSGI)
        (folder / "manage.py").write_text(MANAGE)
        yield folder


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind((ports.HOST, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(
    project: Path, python: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., subprocess.Popen[str]]:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "VAR_DIR", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, **environment: python(
        "-m", "demo", *arguments, cwd=project, **environment
    )


def said_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"ended without saying {words!r}:\n{said}")


def test_from_nothing_to_running_and_back(
    project: Path, port: int, demo: Callable[..., subprocess.Popen[str]]
) -> None:
    with demo("--port", str(port)) as first:
        said = said_until(first, "Ctrl-C")
        assert f"http://127.0.0.1:{port}/" in said
        assert "office@example.org" in said
        assert oct((project / "var" / "secret").stat().st_mode)[-3:] == "600"
        with demo("--port", str(port)) as second:
            refusal, _ = second.communicate()
        assert second.returncode == 1
        assert f"already running: http://127.0.0.1:{port}/ (process {first.pid})" in refusal
        first.send_signal(signal.SIGTERM)
        assert "Stopped." in first.communicate()[0]
    assert first.returncode == 0
    assert processes(project) == []
    assert processes(f"--port {port}") == []


@pytest.mark.parametrize("victim", ["supervisor", "worker"])
def test_when_one_dies_the_rest_does_not_stay(
    victim: str, project: Path, port: int, demo: Callable[..., subprocess.Popen[str]]
) -> None:
    with demo("--port", str(port)) as running:
        said_until(running, "Ctrl-C")
        if victim == "supervisor":
            running.kill()
        else:
            os.kill(_child(running.pid, "manage.py work"), signal.SIGKILL)
            assert "The worker process ended by itself" in running.communicate()[0]
            assert running.returncode == 1
        assert eventually(lambda: not processes(project) and not processes(f"--port {port}"))


def test_a_taken_port_is_explained_with_its_holder(
    port: int, demo: Callable[..., subprocess.Popen[str]]
) -> None:
    with socket.socket() as holder:
        holder.bind((ports.HOST, port))
        holder.listen()
        with demo("--port", str(port)) as refused:
            said, _ = refused.communicate()
    assert f"Port {port} is taken by process {os.getpid()} (" in said
    assert f"make demo PORT={port + 1}" in said
    assert refused.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--fresh"], "not the demo's own"), ([], "DATABASE_OWNER_URL is not")],
)
def test_a_named_database_is_never_dropped_and_needs_its_owner(
    arguments: list[str], sentence: str, port: int, demo: Callable[..., subprocess.Popen[str]]
) -> None:
    named = {"DATABASE_URL": "postgresql:///somebodys"}
    with demo("--port", str(port), *arguments, **named) as refused:
        said, _ = refused.communicate()
    assert sentence in said
    assert refused.returncode == 1


def test_stopping_from_another_shell(
    project: Path, port: int, demo: Callable[..., subprocess.Popen[str]]
) -> None:
    with demo("--port", str(port), "--fresh") as running:
        said_until(running, "Ctrl-C")
        with demo("--stop") as stopper:
            assert "Stopped." in stopper.communicate()[0]
        assert running.wait() == 0
        with demo("--stop") as stopper:
            assert "No demo was running." in stopper.communicate()[0]
    assert processes(project) == []


def _child(parent: int, words: str) -> int:
    said = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return next(int(line.split()[0]) for line in said.splitlines() if words in line)
