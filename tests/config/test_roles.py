from types import SimpleNamespace
from typing import cast

import psycopg
import pytest

from config.postgres import PostgresError, Server, __main__, roles


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]  # a text, no template


def test_the_login_role_is_nobody_special(server: Server) -> None:
    found = rows(
        server.superuser_url(),
        "SELECT rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole "
        "FROM pg_roles WHERE rolname = 'itinera_app'",
    )
    assert found == [(True, False, False, False, False, False)]


def test_the_owner_creates_databases_but_passes_no_wall(server: Server) -> None:
    found = rows(
        server.superuser_url(),
        "SELECT rolcanlogin, rolcreatedb, rolsuper, rolbypassrls "
        "FROM pg_roles WHERE rolname = 'itinera_owner'",
    )
    assert found == [(True, True, False, False)]


def test_the_login_role_has_a_wall_roles_rights_only_as_that_role(server: Server) -> None:
    server.ensure_database("walls")
    with psycopg.connect(server.owner_url("walls"), autocommit=True) as owner:
        owner.execute("CREATE TABLE secret (id int)")
        owner.execute("GRANT SELECT ON secret TO itinera_staff")
    with psycopg.connect(server.app_url("walls"), autocommit=True) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM secret")
        for role in roles.WALL_ROLES:
            app.execute(f"SET ROLE {role}")
        app.execute("SET ROLE itinera_staff")
        assert app.execute("SELECT * FROM secret").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SET ROLE itinera_owner")


def test_the_database_is_closed_to_other_accounts(server: Server) -> None:
    server.ensure_database("closed")
    with psycopg.connect(server.superuser_url(), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(server.app_url("closed").replace("itinera_app", "stranger"))
    assert rows(server.app_url("closed"), "SELECT 1") == [(1,)]


def test_again_changes_nothing_and_mends_what_was_loosened(server: Server) -> None:
    query = "SELECT rolname, rolsuper, rolinherit, rolcanlogin FROM pg_roles ORDER BY 1"
    before = rows(server.superuser_url(), query)
    roles.ensure_roles(server.superuser_url())
    assert rows(server.superuser_url(), query) == before
    with psycopg.connect(server.superuser_url(), autocommit=True) as superuser:
        superuser.execute("ALTER ROLE itinera_app SUPERUSER INHERIT")
    roles.ensure_roles(server.superuser_url())
    assert rows(server.superuser_url(), query) == before
    assert server.ensure_database("again")
    assert not server.ensure_database("again")


def test_the_command_prints_both_addresses(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["roles", "--url", server.superuser_url(), "--database", "elsewhere"]
    assert __main__.main(arguments) == 0
    assert "--new-passwords" in capsys.readouterr().out
    assert __main__.main([*arguments, "--new-passwords"]) == 0
    app, owner = capsys.readouterr().out.splitlines()[-2:]
    assert app.startswith("DATABASE_URL='postgresql://itinera_app:")
    assert owner.startswith("DATABASE_OWNER_URL='postgresql://itinera_owner:")
    assert rows(app.split("'")[1], "SELECT current_database()") == [("elsewhere",)]
    stored = rows(
        server.superuser_url(), "SELECT rolpassword FROM pg_authid WHERE rolpassword > ''"
    )
    assert len(stored) == 2
    assert all(str(secret).startswith("SCRAM-SHA-256$") for (secret,) in stored)


def test_an_old_server_is_refused_with_rule_fact_and_next_step() -> None:
    info = SimpleNamespace(server_version=140011, parameter_status=lambda name: "14.11")
    connection = cast("psycopg.Connection", SimpleNamespace(info=info))
    with pytest.raises(PostgresError, match=r"15 or newer\. This server is 14\.11\. Upgrade it"):
        roles._refuse_old(connection)
