"""Checks the file of a decided round without the solver, the database or our word for anything."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mobility_tracks.placement.proof.telling import PROVED, REFUSED, answer


class Command(BaseCommand):
    help = (
        "Checks a round's file: that its plan keeps every limit, and that none is better. Exit code"
        " 0: proved; 1: read, but wrong or not proved; 2: not a file of a round, or changed. The file"
        " of a round without a plan is checked for that: that no plan exists."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="as downloaded from the round's page or the API"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code, lines = answer(options["file"].read_text("utf-8"))
        except (OSError, UnicodeError) as error:
            code, lines = REFUSED, [str(error)]
        out = self.stderr if code == REFUSED else self.stdout
        for line in lines:
            out.write(line)
        if code != PROVED:
            sys.exit(code)
