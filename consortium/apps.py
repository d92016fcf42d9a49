"""The lowest layer: tenant, people, roles, time; the access kernel; journal and outbox."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ConsortiumConfig(AppConfig):
    name = "consortium"

    def ready(self) -> None:
        from consortium import checks, lookups  # noqa: F401  # register themselves

        post_migrate.connect(_install_walls, dispatch_uid="itinera.walls")


def _install_walls(sender: AppConfig, using: str, plan: Any, **kwargs: Any) -> None:
    """Once per `migrate`, after the last app: the catalogue follows the registry."""
    from django.apps import apps

    if sender is list(apps.get_app_configs())[-1]:
        from consortium.rowsecurity_sql import install

        install(connections[using])
