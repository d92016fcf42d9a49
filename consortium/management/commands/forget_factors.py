"""`manage.py forget_factors somebody@example.org`: telephone, key and recovery codes are lost."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from consortium.domain.accounts import forget_factors
from consortium.models import User


class Command(BaseCommand):
    help = (
        "Takes away all second factors of an account and ends its sessions. Only once it is certain,"
        " by another way than mail, that the owner asks; they are told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        count = forget_factors(user)
        self.stdout.write(f"Taken away from {user.email}: {count}. The owner was told by mail.")
