"""System checks: no tenant model without queryset, policy, tenant column, wall and register entry."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.db.utils import DatabaseError

from consortium.actor import Wall
from consortium.register import LOGIN
from consortium.register import register as data_register
from consortium.rowsecurity import registry, tenant_models
from consortium.rowsecurity_sql import is_public, login_models
from consortium.scoping import ScopedQuerySet


@register("itinera")
def tenant_models_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001 queryset or policy missing, E002 no wall, E003 a field without a register entry.

    E004: the readers that the register declares are not those whom the walls let in.
    """
    walled = {model for model, _ in registry()}
    found: list[CheckMessage] = []
    for model in tenant_models():
        queryset = model._default_manager.get_queryset()
        if not (isinstance(queryset, ScopedQuerySet) and hasattr(type(queryset), "policy")):
            found.append(Error(f"{model._meta.label} has no policy.", id="itinera.E001"))
        if model not in walled:
            found.append(Error(f"{model._meta.label} has no row security.", id="itinera.E002"))
    return found + _undeclared(walled | _accounts()) + _other_readers()


def _accounts() -> set[Any]:
    """Tables of the login role; those of the demonstration hold invented people alone."""
    return {model for model, _ in login_models() if model._meta.app_label != "demo"}


def readers() -> Iterator[tuple[Any, str, frozenset[str]]]:
    """(model, field, whom the walls let select it) for every field of the register's models."""
    for model, wall in registry():
        columns = {role.value: opening.selects(model) for role, opening in wall.openings.items()}
        for each in model._meta.local_concrete_fields:
            found = {role for role, names in columns.items() if each.column in names}
            yield model, each.name, frozenset({*found, *({LOGIN} if is_public(wall) else ())})
    everybody = frozenset({LOGIN, *(wall.value for wall in Wall)})
    for model, is_catalogue in login_models():
        if model in _accounts():
            for each in model._meta.local_concrete_fields:
                yield model, each.name, everybody if is_catalogue else frozenset({LOGIN})


def _other_readers() -> list[CheckMessage]:
    entries = data_register()
    found: list[CheckMessage] = []
    for model, name, real in readers():
        entry = entries.get(model._meta.label)
        declared = entry.readers_of(name) if entry else frozenset()
        if declared != real:
            found.append(
                Error(
                    f"{model._meta.label}.{name}: the register says that"
                    f" {', '.join(sorted(declared)) or 'nobody'} reads it, the walls let in"
                    f" {', '.join(sorted(real)) or 'nobody'}.",
                    hint=f"Make {model._meta.app_label}/data_register.py and the walls agree.",
                    id="itinera.E004",
                )
            )
    return found


def _undeclared(models: set[Any]) -> list[CheckMessage]:
    entries = data_register()
    found: list[CheckMessage] = []
    for model in sorted(models, key=lambda m: str(m._meta.label)):
        declared = (
            [name for name, _ in entries[model._meta.label].fields()]
            if (model._meta.label in entries)
            else []
        )
        real = [field.name for field in model._meta.local_fields]
        for name in sorted(set(real) ^ set(declared)) + _twice(declared):
            found.append(
                Error(
                    f"{model._meta.label}.{name}: the data register and the model disagree.",
                    hint=f"Declare it once in {model._meta.app_label}/data_register.py.",
                    id="itinera.E003",
                )
            )
    return found


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


@register(Tags.database)
def login_role_is_restricted(
    app_configs: Any, databases: Any = None, **kw: Any
) -> list[CheckMessage]:
    """E010: row security is silently off for a superuser or a BYPASSRLS login."""
    if not databases or "default" not in databases:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            name, unrestricted = cursor.fetchone()
    except DatabaseError:
        return []
    if not unrestricted:
        return []
    return [
        Error(
            f"The login role {name} is exempt from row security.",
            hint="Point DATABASE_URL at itinera_app: python -m config.postgres roles.",
            id="itinera.E010",
        )
    ]


def assert_restricted() -> None:
    """Called when a web process or worker starts: refuses an exempt login role."""
    errors = login_role_is_restricted(apps.get_app_configs(), databases=["default"])
    if errors:
        raise SystemExit(f"{errors[0].msg} {errors[0].hint}")
