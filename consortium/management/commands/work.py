"""The worker: mail and upkeep, until it is told to stop."""

from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from consortium.checks import assert_restricted


class Command(BaseCommand):
    help = "Runs background work (mail, upkeep) until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        assert_restricted()
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's connector has it
        with app.replace_connector(connector) as worker_app:
            worker_app.run_worker(concurrency=2, install_signal_handlers=True, wait=True)
