"""Tries every way of a programme file for every kind of student; needs no database."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mobility_tracks.checking import Course, TooManyPathsError, check
from mobility_tracks.checking.paths import MOST_PATHS
from mobility_tracks.checking.telling import lines_of
from mobility_tracks.programme import Document, read_file


class Command(BaseCommand):
    help = (
        "Checks a programme file: all ways, their credits and degrees, and whom each rule leaves"
        " without one. Exit code 0: fit to be published; 1: a rule or track that nobody can keep."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A programme file, as programmes/i-mesc.yaml.")
        parser.add_argument("--only", default="", help="the key of one version")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        document = read_file(file)
        if not isinstance(document, Document):
            raise CommandError("\n".join(f"{file}:{problem}" for problem in document))
        reports = []
        for version in document.versions:
            if options["only"] in ("", version.key):
                self.stdout.write(f"Version {version.key}")
                try:
                    reports.append(check(Course.of(document, version)))
                except TooManyPathsError:
                    raise CommandError(
                        f"The transitions of {version.key} make more than {MOST_PATHS} paths."
                    ) from None
                for line in lines_of(reports[-1]):
                    self.stdout.write(line)
        if any(report.faults for report in reports):
            sys.exit(1)
