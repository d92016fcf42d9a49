"""`migrate` works as the owner: the login role may not touch the schema."""

from argparse import ArgumentParser

from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    """Django's command with another default database."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]  # Django's own parser class
        parser.set_defaults(database="owner")
