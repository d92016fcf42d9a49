"""The closed list of what one partner can let another see of the students it sends there.

Nobody gives what they may not see themselves: every item says whose it is to give, and the right
that the giver has to hold for it. Never on the list: answers on health and needs, papers of
identity and residence, and money.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOST, REVIEW = "host_students", "review_dossiers"


class Item(TextChoices):
    """The words continue “Warsaw lets Toulouse see the …”."""

    TRANSCRIPTS = "transcripts", _("transcripts of records")
    DIPLOMAS = "diplomas", _("diplomas")
    LANGUAGE = "language", _("proofs of language")
    LETTERS = "letters", _("reference letters")
    REVIEWS = "reviews", _("reviews by its own reviewers")
    PATH = "path", _("stays elsewhere")


@dataclass(frozen=True, slots=True)
class Told:
    """short: for a crowded table. what: what the receiver sees. whose: which of it is the giver's to
    give. right: what the giver has to hold itself.
    """

    short: str | Promise
    what: str | Promise
    whose: str | Promise
    right: str


# Where a student is enrolled, and which awards the credits, is who keeps their academic record
# (EU portal, "sending organisation": domain.md 1.6).
_ENROLLED = _("Of every student whom the giver sends: it keeps their record and sees it itself.")

ITEMS: Mapping[Item, Told] = {
    Item.TRANSCRIPTS: Told(
        _("transcripts"),
        _("The transcript that the student sent with the dossier, as a file."),
        _ENROLLED,
        HOST,
    ),
    Item.DIPLOMAS: Told(
        _("diplomas"),
        _("The diploma that the student sent with the dossier, as a file."),
        _ENROLLED,
        HOST,
    ),
    Item.LANGUAGE: Told(
        _("languages"),
        _("The certificate or test result that proves a language, as a file."),
        _ENROLLED,
        HOST,
    ),
    Item.LETTERS: Told(
        _("letters"),
        _("What referees wrote, with the name of who wrote it."),
        _(
            "Of dossiers that the giver's reviewers were given to read, and declared no conflict on."
        ),
        REVIEW,
    ),
    Item.REVIEWS: Told(
        _("reviews"),
        _("Marks and comment of each review submitted, without the name of who wrote it."),
        _("Only what the giver's reviewers wrote; never a review of another partner."),
        REVIEW,
    ),
    Item.PATH: Told(
        _("other stays"),
        _("Where else the student studies, before and after, with the days and how it went."),
        _("Stays with the giver, and stays to which the giver sends the student."),
        HOST,
    ),
}
