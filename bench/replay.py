"""The database's part of a call: the statements it sends, sent again by hand.

A call is listened to once. Its statements, with BEGIN, the context and COMMIT, then run on another
connection of the same login role. What is left out is Python alone: composing SQL, building models.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg import sql

CONTEXT = "SELECT set_config("
EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) "
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Recording:
    """The statements of one call, in their order."""

    login: psycopg.Connection
    texts: tuple[str, ...]

    def play(self) -> list[Rows]:
        """Send them; the rows of each reading statement."""
        answers: list[Rows] = []
        with self.login.cursor() as cursor:
            for text in self.texts:
                cursor.execute(sql.SQL(text))
                if cursor.description:
                    rows = cursor.fetchall()
                    if not text.startswith(CONTEXT):
                        answers.append(rows)
        return answers

    def plans(self) -> list[str]:
        """How the database goes about each reading statement, in the call's own context."""
        explained = tuple(
            text if text.startswith(CONTEXT) or not text.startswith("SELECT") else EXPLAIN + text
            for text in self.texts
        )
        answers = Recording(self.login, explained).play()
        return ["\n".join(line for (line,) in answer) for answer in answers]


def recorded(login: psycopg.Connection, call: Callable[[], object]) -> Recording:
    with CaptureQueriesContext(connection) as heard:
        call()
    return Recording(login, tuple(query["sql"] for query in heard.captured_queries))
