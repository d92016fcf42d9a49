"""`manage.py check_transfers`: whether each party stands as its country and its records say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consortium import clock
from consortium.models import Consortium
from partners.domain.transfers import drifts


class Command(BaseCommand):
    """Prints every difference and changes nothing; `--repair` settles the parties."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write; without it only look")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when differences were found and not repaired."""
        at, write = clock.now(), options["repair"]
        found = 0
        for consortium in Consortium.objects.order_by("slug"):
            codes = drifts(consortium, at=at, repair=write)
            found += len(codes)
            verdict = "agree" if not codes else "repaired" if write else "to repair"
            self.stdout.write(f"{consortium.slug}: {' '.join(codes) or 'no difference'}, {verdict}")
        if found and not write:
            raise CommandError(f"{found} differences. `check_transfers --repair` mends them.")
