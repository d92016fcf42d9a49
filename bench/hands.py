"""The connections by which the bench works, each as the role that it needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import ClientCursor

from config.postgres import Server


@dataclass(frozen=True, slots=True)
class Hands:
    """fill: the superuser, who may leave triggers out. bare: the owner, whose policy is `true`;
    statements are prepared. unprepared: likewise, but planned every time. login: as Django's own
    connection, the login role of the house, values written into the text, nothing prepared.
    """

    fill: psycopg.Connection
    bare: psycopg.Connection
    unprepared: psycopg.Connection
    login: psycopg.Connection


@contextmanager
def opened(server: Server, database: str) -> Iterator[Hands]:
    owner, login = server.owner_url(database), server.app_url(database)
    with (
        psycopg.connect(server.superuser_url(database), autocommit=True) as fill,
        psycopg.connect(owner, autocommit=True) as bare,
        psycopg.connect(owner, autocommit=True, prepare_threshold=None) as unprepared,
        psycopg.connect(
            login, autocommit=True, prepare_threshold=None, cursor_factory=ClientCursor
        ) as app,
    ):
        yield Hands(fill, bare, unprepared, app)
