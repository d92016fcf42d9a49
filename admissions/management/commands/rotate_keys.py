"""`manage.py rotate_keys`: everything that is sealed, sealed with the first of SEALING_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.utils import ProgrammingError

from admissions.domain.rotation import keys_in_use, rotate
from consortium.sealing import SealBroken, current_key


class Command(BaseCommand):
    """Put a new key before the others, restart, run this, then take the old key away."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count by key, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints progress, then how many values each key still seals."""
        try:
            if not options["dry_run"]:
                count = rotate(self._tell)
                self.stdout.write(f"{count} values and files sealed anew with {current_key()}.")
            self._count(dry=options["dry_run"])
        except SealBroken as broken:
            raise CommandError(f"{broken} Nothing after it was changed.") from None
        except ProgrammingError as refused:
            raise CommandError(
                "Rotation runs as the owner of the tables: set DATABASE_OWNER_URL. "
                f"The server said: {refused}"
            ) from None

    def _count(self, *, dry: bool) -> None:
        found = keys_in_use()
        for name, count in sorted(found.items()):
            first = " (the first)" if name == current_key() else ""
            self.stdout.write(f"{name}{first}: {count}")
        stale = sum(count for name, count in found.items() if name != current_key())
        if dry:
            self.stdout.write(f"Dry run: {stale} would be sealed anew; nothing was changed.")
        elif not stale:
            self.stdout.write("Every other key can be taken out of SEALING_KEYS.")

    def _tell(self, done: int, total: int, what: str) -> None:
        self.stdout.write(f"{done}/{total} {what}")
        self.stdout.flush()
