"""Is every journal what was chained? Names each entry that was changed, removed, added or moved."""

from argparse import ArgumentParser
from itertools import islice
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consortium.models import Consortium
from consortium.verification import Head, Verification

MOST = 100
STEP = 20_000


class Command(BaseCommand):
    help = (
        "Recomputes the chain of each consortium's journal and fails on any difference. With --head,"
        " a head that was kept elsewhere, it also finds what was cut off at the end or rewritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--consortium", metavar="SLUG", help="this one only")
        parser.add_argument("--head", metavar="NUMBER:HASH", help="as mailed; needs --consortium")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = self._head(options)
        rows = Consortium.objects.order_by("slug")
        if options["consortium"]:
            rows = rows.filter(slug=options["consortium"])
            if not rows:
                raise CommandError(f"There is no consortium {options['consortium']}.")
        broken = [each.slug for each in rows if self._verify(each, kept)]
        if broken:
            raise CommandError(f"The journal is not as it was chained: {', '.join(broken)}.")

    def _head(self, options: dict[str, Any]) -> Head | None:
        if not options["head"]:
            return None
        if not options["consortium"]:
            raise CommandError("A head belongs to one consortium: name it with --consortium.")
        try:
            return Head.of(options["head"])
        except ValueError as error:
            raise CommandError(str(error)) from None

    def _verify(self, consortium: Consortium, kept: Head | None) -> int:
        """Says what was found; returns how much it was."""
        begun = perf_counter()
        reading = Verification(consortium.pk, kept, lambda read: self._progress(consortium, read))
        found = reading.findings()
        named = list(islice(found, MOST))
        for finding in named:
            self.stdout.write(f"{consortium.slug}: {finding}")
        more = sum(1 for _ in found)
        count = len(named) + more
        if more:
            self.stdout.write(f"{consortium.slug}: and {more:,} more.")
        seconds = perf_counter() - begun
        self.stdout.write(
            f"{consortium.slug}: {reading.read:,} entries in {seconds:.1f} s,"
            f" {count or 'no'} differences, head {reading.head or 'none'}"
        )
        return count

    def _progress(self, consortium: Consortium, read: int) -> None:
        if read and read % STEP == 0:
            self.stdout.write(f"{consortium.slug}: {read:,} entries read")
            self.stdout.flush()
