"""Writes the pages of docs/ that are made from tables in the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consortium import documentation


class Command(BaseCommand):
    help = "Writes docs/states.md, docs/permissions.md and docs/data.md from the code's tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say which are out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, page in documentation.pages().items():
            path = Path(settings.BASE_DIR) / "docs" / name
            if not path.exists() or path.read_text() != page:
                stale.append(name)
                if not options["check"]:
                    path.write_text(page)
        if options["check"] and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run make docs.")
        self.stdout.write(f"Written: {', '.join(stale)}." if stale else "Up to date.")
