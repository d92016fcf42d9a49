from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from config import env
from config.postgres import PostgresError, account, places, urls

SOCKETS = "/tmp/a folder/postgres-18"


def test_a_socket_url_means_the_same_to_libpq_and_to_django() -> None:
    url = urls.socket_url(user="itinera_app", database="itinera", sockets=SOCKETS)
    libpq = conninfo_to_dict(url)
    django = env.database(url)
    assert libpq["host"] == django["HOST"] == SOCKETS
    assert libpq["user"] == django["USER"] == "itinera_app"
    assert libpq["dbname"] == django["NAME"] == "itinera"
    assert libpq["port"] == django["PORT"] == "5432"


def test_another_database_of_the_same_server() -> None:
    url = urls.socket_url(user="u", database="one", sockets=SOCKETS)
    assert conninfo_to_dict(urls.on_database(url, "a/b"))["dbname"] == "a/b"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres:secret@db.example.org:5433/itinera?sslmode=require",
        "postgresql:///itinera?host=%2Ftmp&user=postgres&password=secret&sslmode=require",
    ],
)
def test_another_account_takes_no_password_along(url: str) -> None:
    found = conninfo_to_dict(urls.as_user(url, "itinera_app", "p@ss/word"))
    assert (found["user"], found["password"]) == ("itinera_app", "p@ss/word")
    assert found["sslmode"] == "require"
    assert "secret" not in urls.as_user(url, "itinera_app")


def test_the_socket_is_beside_the_data_when_its_path_is_short_enough(folder: Path) -> None:
    assert places.socket_folder(folder, account.current()) == folder


def test_a_long_path_gets_a_short_closed_socket_folder(folder: Path) -> None:
    data = folder / ("long" * 30)
    short = places.socket_folder(data, account.current())
    try:
        assert places.fits(short)
        assert short.stat().st_mode & 0o077 == 0
        assert places.socket_folder(data, account.current()) == short
        short.chmod(0o777)
        with pytest.raises(PostgresError, match="closed to others"):
            places.socket_folder(data, account.current())
    finally:
        short.rmdir()


def test_the_limit_counts_bytes_not_letters() -> None:
    fill = places.SOCKET_LIMIT - len("/.s.PGSQL.5432")
    assert places.fits(Path("/" + "a" * (fill - 1)))
    assert not places.fits(Path("/" + "a" * fill))
    assert not places.fits(Path("/" + "é" * (fill - 1)))


def test_a_home_closed_to_the_server_moves_the_data_and_widens_nothing(folder: Path) -> None:
    class Shut(account.Account):
        def reaches(self, path: Path) -> bool:
            return False

    folder.chmod(0o700)
    data = places.data_folder(folder, 18, Shut(0, 0, switch=True))
    assert data.is_relative_to(places.ROOT_STATE)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_data_of_another_account_is_not_touched(folder: Path) -> None:
    (folder / "postgres-18").mkdir()
    somebody = account.Account(4242, 4242, switch=False)
    with pytest.raises(PostgresError, match="belongs to the account that made it"):
        places.data_folder(folder, 18, somebody)
