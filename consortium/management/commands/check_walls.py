"""Does the database say what the registry says?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from consortium.rowsecurity_sql import differences


class Command(BaseCommand):
    help = "Compares row security in the database with the registry; fails on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences(connections["owner"])
        if found:
            raise CommandError("\n".join([*found, "Run manage.py migrate to bring them together."]))
        self.stdout.write("Row security in the database is what the registry says.")
