"""From the registry to DDL: grants, policies, composite keys and triggers.

`install` is idempotent and runs as the owner after every `migrate`; `differences` compares the
registry with the catalogue and is what the system check and the test call.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey, Model

from consortium import rowsecurity_journal
from consortium.actor import Wall
from consortium.rowsecurity import Opening, TableWall, registry

# What the login role touches outside any wall: accounts, sessions, jobs. No consortium's data.
ACCOUNT_APPS = (
    *("account", "mfa", "socialaccount", "usersessions", "sessions"),
    *("procrastinate", "demo"),
)
ACCOUNT_MODELS = (
    *("consortium.User", "consortium.User_groups", "consortium.ApiToken", "consortium.CacheEntry"),
    "auth.Group",
)
CATALOGUE_MODELS = ("auth.Permission", "contenttypes.ContentType")
LOGIN = "itinera_app"
APPEND_ONLY_SQL = """
CREATE OR REPLACE FUNCTION itinera_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$
"""


def _comment(body: str) -> str:
    """Names what a policy was made from, so that a changed registry is told from an equal one."""
    return sha256(body.encode()).hexdigest()[:16]


def policies(wall: TableWall) -> Iterator[tuple[str, str, str, str]]:
    """(policy name, command, role, body) for each command of each role's opening."""
    for role, opening in wall.openings.items():
        for command in opening.commands.split():
            body = _body(command, opening)
            yield f"{role.value}_{command.lower()}", command, role.role, body
    if is_public(wall):
        yield "login_select", "SELECT", LOGIN, "USING (true)"
    yield "owner_all", "ALL", "itinera_owner", "USING (true) WITH CHECK (true)"


def is_public(wall: TableWall) -> bool:
    """Whether the whole world may read the whole table: consortia and institutions by name."""
    opening = wall.openings.get(Wall.PUBLIC)
    return opening is not None and opening.rows == "true"


def _body(command: str, opening: Opening) -> str:
    if command == "SELECT":
        return f"USING ({opening.rows})"
    if command == "INSERT":
        return f"WITH CHECK ({opening.adding or opening.new or opening.rows})"
    old = opening.changing or opening.rows
    if command == "UPDATE":
        return f"USING ({old}) WITH CHECK ({opening.new or old})"
    return f"USING ({old})"


def table_statements(model: type[Model], wall: TableWall) -> Iterator[str]:
    """Everything one table needs, from nothing."""
    table = model._meta.db_table
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"REVOKE ALL ON {table} FROM PUBLIC, {LOGIN}, " + ", ".join(w.role for w in Wall)
    for role, opening in wall.openings.items():
        for command in opening.commands.split():
            listed = opening.listed(model, command)
            columns = f" ({', '.join(listed)})" if listed else ""
            yield f"GRANT {command}{columns} ON {table} TO {role.role}"
    if is_public(wall):
        yield f"GRANT SELECT ON {table} TO {LOGIN}"
    yield from wall.functions
    for name, command, grantee, body in policies(wall):
        yield f"CREATE POLICY {name} ON {table} FOR {command} TO {grantee} {body}"
        yield f"COMMENT ON POLICY {name} ON {table} IS '{_comment(body)}'"
    if any(field.name == "consortium" for field in model._meta.local_fields):
        yield from _composite_keys(model)
    if wall.append_only:
        yield (
            f"CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION itinera_append_only()"
        )
    yield from wall.triggers


def _composite_keys(model: type[Model]) -> Iterator[str]:
    """References carry the tenant: a key alone would find another consortium's row."""
    table = model._meta.db_table
    yield _add_constraint(table, f"{table}_tenant_key", "UNIQUE (consortium_id, id)")
    for field in model._meta.local_fields:
        # A reference without a plain constraint is one within the tenant (TenantForeignKey).
        if isinstance(field, ForeignKey) and not getattr(field, "db_constraint", True):
            target = field.related_model._meta.db_table
            yield _add_constraint(
                table,
                f"{table}_{field.column}_tenant",
                f"FOREIGN KEY (consortium_id, {field.column}) REFERENCES {target}"
                " (consortium_id, id) DEFERRABLE INITIALLY DEFERRED",
            )


def _add_constraint(table: str, name: str, body: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name[:63]}')"
        f" THEN ALTER TABLE {table} ADD CONSTRAINT {name[:63]} {body}; END IF; END $$"
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring the catalogue to what the registry says. Needs the owner; safe to repeat."""
    walls = [(m, w) for m, w in registry() if m._meta.db_table in _tables(connection)]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(APPEND_ONLY_SQL)
        for model, _ in walls:
            for name in _policy_names(connection, model._meta.db_table):
                cursor.execute(f"DROP POLICY {name} ON {model._meta.db_table}")
        keys, rest = _keys_first(walls)
        for statement in keys + rest + list(_account_grants(connection)):
            cursor.execute(statement)
        if rowsecurity_journal.LINKS in _tables(connection):
            for statement in rowsecurity_journal.statements():
                cursor.execute(statement)


def _keys_first(walls: list[tuple[type[Model], TableWall]]) -> tuple[list[str], list[str]]:
    """A composite reference needs its target's composite key to exist before it."""
    statements = [line for model, wall in walls for line in table_statements(model, wall)]
    keys = [line for line in statements if "_tenant_key'" in line]
    return keys, [line for line in statements if "_tenant_key'" not in line]


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    return set(connection.introspection.table_names())


def _policy_names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [table])
        return [name for (name,) in cursor.fetchall()]


def login_models() -> Iterator[tuple[type[Model], bool]]:
    """What the login role reads outside any wall, and whether every wall's role reads it too."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.label in CATALOGUE_MODELS:
            yield model, True
        elif meta.app_label in ACCOUNT_APPS or meta.label in ACCOUNT_MODELS:
            yield model, False


def _account_grants(connection: BaseDatabaseWrapper) -> Iterator[str]:
    everyone = ", ".join(wall.role for wall in Wall)
    present = _tables(connection)
    for model, is_catalogue in login_models():
        table = model._meta.db_table
        if table not in present:
            continue
        if is_catalogue:
            yield f"GRANT SELECT ON {table} TO {LOGIN}, {everyone}"
        else:
            yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {LOGIN}"
    yield f"GRANT SELECT ON django_migrations TO {LOGIN}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {LOGIN}, {everyone}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {LOGIN}"
    for table in sorted(name for name in present if name.startswith("procrastinate_")):
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {LOGIN}"


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """What the catalogue lacks or has too much, in sentences; empty when both agree."""
    found = rowsecurity_journal.differences(connection)
    with connection.cursor() as cursor:
        for model, wall in registry():
            table = model._meta.db_table
            cursor.execute(
                "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class"
                " WHERE oid = to_regclass(%s)",
                [table],
            )
            row = cursor.fetchone()
            if row is None or not row[0]:
                found.append(f"{table} has no forced row security.")
            cursor.execute(
                "SELECT polname, obj_description(oid, 'pg_policy') FROM pg_policy"
                " WHERE polrelid = to_regclass(%s)",
                [table],
            )
            there = dict(cursor.fetchall())
            wanted = {name: _comment(body) for name, _, _, body in policies(wall)}
            found += [
                f"{table}: policy {name} differs from the registry."
                for name in sorted(there.keys() | wanted.keys())
                if there.get(name) != wanted.get(name)
            ]
    return found
