"""Is the demonstration's data there, and who can be entered as."""

from typing import Any

from django.conf import settings

from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium, JournalEntry
from demo.material.staff import CAST
from demo.seed.fill import MARK
from demo.seed.programmes import ENERGY


def mark() -> dict[str, Any] | None:
    """The facts of the seed that filled this database: `seed` and `at`; None without one."""
    consortium = Consortium.objects.filter(slug=ENERGY).first()
    if consortium is None:
        return None
    with acting(Actor.system(consortium.pk)):
        facts = JournalEntry.objects.filter(consortium=consortium, act=MARK)
        found: dict[str, Any] | None = facts.values_list("facts", flat=True).first()
    return found


def sign_ins() -> str:
    """What the launcher shows under the address."""
    rows = (f"    {card.role.replace('_', ' '):20} {card.name:20} {card.email}" for card in CAST)
    return "\n".join(
        (
            f"  Nobody has a password: enter by the role chooser at {settings.PUBLIC_URL}/demo/ as",
            *rows,
            f"  Mail arrives at {settings.PUBLIC_URL}/demo/mail/",
            "",
        )
    )
