"""Open a reference letter in order to read it."""

from datetime import datetime

from admissions.domain import looks
from admissions.models import ReferenceLetter
from consortium.access import acting
from consortium.actor import Actor


def open_letter(letter_id: object, *, actor: Actor, at: datetime) -> ReferenceLetter:
    """Reach a letter for the office or an assigned reviewer; the look is journalled.

    Needs what the policy asks for: the applicant never reads it. Raises NotFound.
    """
    with acting(actor):
        letter = ReferenceLetter.objects.all().reach(actor, "view", pk=letter_id)
        looks.at_letters([letter], actor=actor, at=at)
    return letter
