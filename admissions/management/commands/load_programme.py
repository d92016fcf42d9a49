"""Load a programme file: consortium, partners, versions, tracks, intakes and calls, at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from admissions.domain.call_files import LoadedCalls, load_calls
from consortium import clock
from consortium.errors import DomainError
from mobility_tracks.domain.programmes import Loaded, load_programme
from mobility_tracks.programme import Document, Problem, read_file
from mobility_tracks.programme.places import mark_of


class Command(BaseCommand):
    help = "Loads a programme file; says what changes. A file with an error changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A programme file, as programmes/i-mesc.yaml.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, no more."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        document = read_file(file)
        if not isinstance(document, Document):
            raise CommandError("\n".join(f"{file}:{problem}" for problem in document))
        try:
            loaded, calls = _load(document, dry_run=options["dry_run"])
        except DomainError as refusal:
            raise CommandError(_refusal(file, refusal)) from None
        self._tell(loaded, calls, dry_run=options["dry_run"])

    def _tell(self, loaded: Loaded, calls: LoadedCalls, *, dry_run: bool) -> None:
        changes = [*loaded.changes, *calls.changes]
        for sentence in changes or [_("Nothing changes.")]:
            self.stdout.write(sentence)
        for sentence in calls.left_out:
            self.stdout.write(_("Stays in the file: %(what)s.") % {"what": sentence})
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))


def _load(document: Document, *, dry_run: bool) -> tuple[Loaded, LoadedCalls]:
    """Both sides in one transaction, rolled back after a dry run."""
    at = clock.now()
    with transaction.atomic():
        loaded = load_programme(document, at=at)
        calls = load_calls(document, consortium=loaded.consortium, at=at)
        transaction.set_rollback(dry_run)
    return loaded, calls


def _refusal(file: Path, refusal: DomainError) -> str:
    """In the manner of a compiler, where the refusal names places; its sentence in any case."""
    data = file.read_bytes()
    lines = []
    for path, message in refusal.fields.items():
        mark = mark_of(data, path)
        lines.append(f"{file}:{Problem(mark.line, mark.column, path, message)}")
    return "\n".join([*lines, f"{file}: {refusal.sentence}"])
