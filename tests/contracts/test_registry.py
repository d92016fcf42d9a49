"""Models, walls, register and generated pages agree with one another and with the database."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from consortium import documentation
from consortium.actor import Wall
from consortium.checks import tenant_models_are_complete
from consortium.register import LOGIN, Ground, register
from consortium.rowsecurity import registry, tenant_models
from consortium.rowsecurity_sql import differences, login_models

ROOT = Path(__file__).resolve().parents[2]


def test_every_tenant_model_is_complete():
    assert tenant_models_are_complete(None) == []


def test_the_catalogue_is_what_the_registry_says(world):
    assert differences(connection) == []


def test_a_changed_policy_is_noticed(world, monkeypatch):
    from consortium import rowsecurity_sql

    model, wall = next(iter(registry()))
    monkeypatch.setattr(rowsecurity_sql, "registry", lambda: iter([(model, type(wall)({}))]))
    assert differences(connection) != []


def test_the_login_role_touches_no_tenant_table(world):
    tables = [model._meta.db_table for model in tenant_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, has_any_column_privilege('itinera_app', t, p)"
            " FROM unnest(%s::text[]) AS t, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS p",
            [tables],
        )
        assert {table for table, may in cursor.fetchall() if may} == set()


def test_references_between_tenant_rows_carry_the_tenant(world):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, cardinality(conkey), confrelid::regclass::text"
            " FROM pg_constraint WHERE contype = 'f'"
        )
        rows = cursor.fetchall()
    tenant = {model._meta.db_table for model in tenant_models()}
    alone = {
        name for table, name, width, target in rows if {table, target} <= tenant and width == 1
    }
    assert alone == set()
    assert any(width == 2 for _, _, width, _ in rows)


def test_who_reads_a_field_is_who_the_database_lets_in(world):
    """Asks the catalogue: which role may select which column of a table that shows it any row."""
    entries = register()
    models = {model for model, _ in registry()} | {model for model, _ in login_models()}
    roles = [(wall.value, wall.role) for wall in Wall] + [(LOGIN, "itinera_app")]
    declared, real = {}, {}
    with connection.cursor() as cursor:
        for model in sorted(models, key=lambda each: each._meta.label):
            if model._meta.label not in entries:
                continue
            columns = {f.column: f.name for f in model._meta.local_concrete_fields}
            cursor.execute(LET_IN, [[model._meta.db_table], [r for _, r in roles], list(columns)])
            let_in = set(cursor.fetchall())
            for column, name in columns.items():
                key = f"{model._meta.label}.{name}"
                declared[key] = set(entries[model._meta.label].readers_of(name))
                real[key] = {word for word, role in roles if (role, column) in let_in}
    assert real == declared
    assert {key.rpartition(".")[0] for key in real} == set(entries)


LET_IN = """
SELECT r, c FROM unnest(%s::regclass[]) AS t, unnest(%s::text[]) AS r, unnest(%s::text[]) AS c
 WHERE has_column_privilege(r, t, c, 'SELECT')
   AND NOT EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = t AND polcmd = 'r'
                      AND r::regrole = ANY (polroles) AND pg_get_expr(polqual, t) = 'false')
"""


def test_a_reader_too_many_and_one_too_few_are_noticed(monkeypatch):
    from consortium import checks

    label = "admissions.Dossier"
    entries = register()
    for changed in (
        replace(entries[label], readers="staff observer"),
        replace(entries[label], readers=f"{entries[label].readers} public"),
        replace(entries[label], but={}),
    ):
        monkeypatch.setattr(checks, "data_register", lambda e=changed: {**entries, label: e})
        assert {each.id for each in tenant_models_are_complete(None)} == {"itinera.E004"}


def test_personal_data_has_a_ground():
    held = {
        label
        for label, entry in register().items()
        if (entry.personal or entry.sensitive) and entry.ground is Ground.NONE
    }
    assert held == set()


@pytest.mark.parametrize("name", documentation.pages())
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text() == documentation.pages()[name], "run make docs"


def test_migrations_are_linear():
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if ROOT in folder.parents and ".venv" not in folder.parts:
            numbers = [path.name[:4] for path in folder.glob("0*.py")]
            assert len(numbers) == len(set(numbers)), config.label
