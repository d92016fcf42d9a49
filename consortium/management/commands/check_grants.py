"""`manage.py check_grants`: whether guardian's grants are what memberships and delegations give."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consortium import clock
from consortium.domain.grants import drifts, repair
from consortium.models import Consortium


class Command(BaseCommand):
    """Prints every difference and changes nothing; `--repair` brings the grants to the records."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--consortium", help="slug of one consortium; all when left out")
        parser.add_argument("--repair", action="store_true", help="write; without it only look")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when differences were found and not repaired."""
        slug = options["consortium"]
        rows = Consortium.objects.order_by("slug")
        chosen = rows.filter(slug=slug) if slug else rows
        if slug and not chosen:
            known = ", ".join(each.slug for each in rows)
            raise CommandError(f"There is no consortium {slug!r}. There are: {known}.")
        found = sum(self._one(each, write=options["repair"]) for each in chosen)
        if found and not options["repair"]:
            raise CommandError(f"{found} differences. `check_grants --repair` mends them.")

    def _one(self, consortium: Consortium, *, write: bool) -> int:
        at = clock.now()
        found = repair(consortium, at=at) if write else drifts(consortium, at=at)
        sentences = [line for drift in found for line in drift.sentences()]
        verdict = "repaired" if write and sentences else "to repair" if sentences else "agree"
        self.stdout.write(f"{consortium.slug}: {len(sentences)} differences, {verdict}")
        for line in sentences:
            self.stdout.write(f"  {line}")
        return len(sentences)
