"""`manage.py deactivate somebody@example.org`: nobody signs in with this account any more."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from consortium import clock
from consortium.domain.accounts import deactivate
from consortium.models import User


class Command(BaseCommand):
    help = "Closes an account at once: its sessions, its API tokens and its password end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        deactivate(user, at=clock.now())
        self.stdout.write(f"Closed: {user.email}. Its roles stand; a consortium ends those itself.")
