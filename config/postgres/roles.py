"""The accounts inside the server: an owner that migrates, a login role that owns nothing.

Row security holds only because Django's login role is neither superuser nor owner, bypasses
nothing, and has no rights of its own: for one transaction it becomes one of the wall roles.
"""

import psycopg
from psycopg import sql

from config.postgres.errors import PostgresError

OWNER = "itinera_owner"
APP = "itinera_app"
WALL_ROLES = (
    "itinera_staff",
    "itinera_observer",
    "itinera_committee",
    "itinera_finance",
    "itinera_inclusion",
    "itinera_partner",
    "itinera_delegate",
    "itinera_reviewer",
    "itinera_applicant",
    "itinera_referee",
    "itinera_person",
    "itinera_public",
    "itinera_operator",
)
OLDEST = 150000
GRANT_OPTIONS = 160000
BUILTIN_LOCALES = 170000

CLOSED = {"SUPERUSER": False, "BYPASSRLS": False, "CREATEROLE": False, "REPLICATION": False}
ATTRIBUTES = {
    OWNER: {**CLOSED, "LOGIN": True, "CREATEDB": True, "INHERIT": True},
    APP: {**CLOSED, "LOGIN": True, "CREATEDB": False, "INHERIT": False},
    **{
        role: {**CLOSED, "LOGIN": False, "CREATEDB": False, "INHERIT": False} for role in WALL_ROLES
    },
}
COLUMNS = {
    "SUPERUSER": "rolsuper",
    "BYPASSRLS": "rolbypassrls",
    "CREATEROLE": "rolcreaterole",
    "REPLICATION": "rolreplication",
    "LOGIN": "rolcanlogin",
    "CREATEDB": "rolcreatedb",
    "INHERIT": "rolinherit",
}


def ensure_roles(
    superuser_conninfo: str,
    *,
    owner_password: str | None = None,
    app_password: str | None = None,
) -> None:
    """Create what is missing and correct what differs; run it as often as you like.

    Needs a superuser. Passwords change only where one is given. Raises PostgresError before 15.
    """
    with psycopg.connect(superuser_conninfo) as connection:
        _refuse_old(connection)
        for role, wanted in ATTRIBUTES.items():
            _ensure_role(connection, role, wanted)
        for role in WALL_ROLES:
            _lend(connection, role)
        for role, password in ((OWNER, owner_password), (APP, app_password)):
            if password:
                _set_password(connection, role, password)


def ensure_database(superuser_conninfo: str, name: str) -> bool:
    """Create the owner's database `name`; true when it was not there. Only our roles may enter."""
    with psycopg.connect(superuser_conninfo, autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        database = sql.Identifier(name)
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                    database, sql.Identifier(OWNER), _locale(connection)
                )
            )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(APP))
        )
    return not found


def drop_database(superuser_conninfo: str, name: str) -> None:
    """Drop it if it is there, and whoever is connected with it."""
    with psycopg.connect(superuser_conninfo, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def existing(superuser_conninfo: str) -> set[str]:
    """Which of our roles the server already has."""
    with psycopg.connect(superuser_conninfo) as connection:
        rows = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ATTRIBUTES)]
        )
        return {name for (name,) in rows}


def _refuse_old(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST:
        raise PostgresError(
            "Itinera needs PostgreSQL 15 or newer.",
            f"This server is {connection.info.parameter_status('server_version')}.",
            "Upgrade it, or leave DATABASE_URL unset to use the embedded server.",
        )


def _ensure_role(connection: psycopg.Connection, role: str, wanted: dict[str, bool]) -> None:
    """ALTER names only what differs: naming SUPERUSER at all takes a superuser."""
    columns = sql.SQL(", ").join(sql.Identifier(COLUMNS[name]) for name in wanted)
    query = sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(columns)
    found = connection.execute(query, [role]).fetchone()
    now = dict(zip(wanted, found, strict=True)) if found else {}
    differing = {name: value for name, value in wanted.items() if now.get(name) != value}
    if differing:
        words = sql.SQL(
            " ".join(name if value else f"NO{name}" for name, value in differing.items())
        )
        verb = sql.SQL("ALTER" if found else "CREATE")
        connection.execute(sql.SQL("{} ROLE {} {}").format(verb, sql.Identifier(role), words))


def _lend(connection: psycopg.Connection, role: str) -> None:
    """Let the login role become `role`, never have its rights without becoming it.

    Before 16 a grant has no options; there NOINHERIT on the login role says the same.
    """
    options = (
        " WITH INHERIT FALSE, SET TRUE" if connection.info.server_version >= GRANT_OPTIONS else ""
    )
    connection.execute(
        sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(role), sql.Identifier(APP))
    )


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    """Hashed here, so that the password itself reaches no server log."""
    secret = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(secret.decode())
        )
    )


def _locale(connection: psycopg.Connection) -> sql.SQL:
    """C.UTF-8: names sort alike on every machine. Builtin since 17, from the system before."""
    if connection.info.server_version >= BUILTIN_LOCALES:
        return sql.SQL("LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'")
    return sql.SQL("LOCALE 'C.UTF-8'")
