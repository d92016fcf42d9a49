"""Open a reference letter in order to read it."""

from datetime import datetime

from admissions.models import ReferenceLetter
from consortium import journal
from consortium.access import acting
from consortium.actor import Actor


def open_letter(letter_id: object, *, actor: Actor, at: datetime) -> ReferenceLetter:
    """Reach a letter for the office or an assigned reviewer; the reading is journalled.

    Needs what the policy asks for: the applicant never reads it. Raises NotFound.
    """
    with acting(actor):
        letter = ReferenceLetter.objects.all().reach(actor, "view", pk=letter_id)
        facts = {"dossier": str(letter.dossier_id)}
        journal.record("letter.open", letter, actor=actor, at=at, facts=facts)
    return letter
