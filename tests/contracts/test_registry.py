"""Models, walls, register and generated pages agree with one another and with the database."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from consortium import documentation
from consortium.checks import tenant_models_are_complete
from consortium.data_register import ACCOUNTS
from consortium.register import register as data_register
from consortium.rowsecurity import registry, tenant_models
from consortium.rowsecurity_sql import differences

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


@pytest.mark.parametrize("label", [*ACCOUNTS, "consortium.ApiToken", "consortium.CacheEntry"])
def test_the_register_names_every_field_of_the_tables_of_accounts(label):
    declared = [name for name, _kind in data_register()[label].fields()]
    real = [field.name for field in apps.get_model(label)._meta.local_fields]
    assert sorted(declared) == sorted(real)


@pytest.mark.parametrize("name", documentation.pages())
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text() == documentation.pages()[name], "run make docs"


def test_migrations_are_linear():
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if ROOT in folder.parents and ".venv" not in folder.parts:
            numbers = [path.name[:4] for path in folder.glob("0*.py")]
            assert len(numbers) == len(set(numbers)), config.label
