"""Fill an empty, migrated database with the demonstration; `--check` says whether it is there."""

import os
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consortium import clock
from consortium.models import Consortium
from demo import clock as demo_clock
from demo.seed.calendar import first_morning, whole_hour
from demo.seed.digest import digest as amounts_to
from demo.seed.fill import Filling
from demo.seed.present import mark, sign_ins
from demo.seed.programmes import ENERGY, read

SEED = 7


class Command(BaseCommand):
    help = "Fills an empty database with invented people in two consortia."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="0 when the data is there, else 1")
        parser.add_argument("--digest", action="store_true", help="print what the data amounts to")
        parser.add_argument("--seed", type=int, default=SEED, help="chooses the people")
        parser.add_argument(
            "--at",
            default=os.environ.get("SEED_AT", ""),
            help="the first morning, an ISO instant, or `now`; default: six days before the deadline"
            " in the programme file, to which the demonstration's clock is then moved",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"] or options["digest"]:
            self._tell(digest=options["digest"])
            return
        if Consortium.objects.exists():
            raise CommandError(
                "There are consortia here already; the demonstration needs an empty database:"
                " make demo FRESH=1 makes one."
            )
        at = _instant(options["at"])
        Filling(options["seed"], at, self._progress).run()
        if options["at"] != "now":
            demo_clock.move_to(at)
        self.stdout.write(sign_ins())

    def _tell(self, *, digest: bool) -> None:
        if mark() is None:
            sys.exit(1)
        self.stdout.write(amounts_to() if digest else sign_ins())

    def _progress(self, done: int, total: int, what: str) -> None:
        self.stdout.write(f"{done}/{total} {what}")
        self.stdout.flush()


def _instant(told: str) -> datetime:
    if told == "now":
        return whole_hour(clock.now())
    if not told:
        return whole_hour(first_morning(read(ENERGY)))
    try:
        instant = datetime.fromisoformat(told)
    except ValueError:
        raise CommandError(
            f"--at is an ISO instant, as 2027-02-22T08:00+00:00; not {told!r}."
        ) from None
    return whole_hour(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
