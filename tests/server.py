"""The server the tests run on: DATABASE_URL where it is set, else a throw-away one of the wheel.

The first process starts it and leaves its addresses in the environment for the workers; a watchdog
stops it when that process ends, however it ends.
"""

import atexit
import os
from contextlib import ExitStack

OWNER, LOGIN = "ITINERA_TEST_OWNER_URL", "ITINERA_TEST_APP_URL"
_open = ExitStack()


def urls(database: str) -> tuple[str, str]:
    """Addresses of `database` for the owner and for the login role."""
    if OWNER not in os.environ:
        if os.environ.get("DATABASE_URL"):
            os.environ[LOGIN] = os.environ["DATABASE_URL"]
            os.environ[OWNER] = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
        else:
            _start(database)
    return os.environ[OWNER], os.environ[LOGIN]


def _start(database: str) -> None:
    from config.postgres import cluster

    server = _open.enter_context(cluster(throwaway=True))
    atexit.register(_open.close)
    os.environ[OWNER] = server.owner_url(database)
    os.environ[LOGIN] = server.app_url(database)
