"""Who may do what with programmes, intakes, enrolments, rounds and placements."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from consortium.actor import Wall
from consortium.policy import (
    Policy,
    delegate,
    delegate_through,
    desk,
    everyone,
    office,
    own,
    partner,
    partner_through,
)
from mobility_tracks.sharing import sending, shared
from mobility_tracks.visibility import STUDENTS
from partners.items import Item

if TYPE_CHECKING:  # models import the policies
    from mobility_tracks.models import Placement

_READERS = (
    Wall.FINANCE,
    Wall.INCLUSION,
    Wall.PARTNER,
    Wall.DELEGATE,
    Wall.REVIEWER,
    Wall.APPLICANT,
    Wall.REFEREE,
    Wall.PUBLIC,
)
_HELD = ("offering", "enrolment__track")
_PUBLISHED = ~Q(state="draft")
_PUBLISHED_PART = ~Q(period__version__state="draft")
_ANNOUNCED = STUDENTS.q(Wall.PARTNER, "placement", relation="host")
_OWN_STAYS = STUDENTS.q(Wall.APPLICANT, "placement")
_HANDED_ON = STUDENTS.q(Wall.DELEGATE, "placement")
_SENT = STUDENTS.q(Wall.PARTNER, "placement", relation="sender")
_PASSED_ON = STUDENTS.q(Wall.PARTNER, "placement", relation="agreed")


def _students(placements: "QuerySet[Placement]") -> Q:
    return Q(pk__in=placements.values("enrolment_id"))


def _elsewhere(placements: "QuerySet[Placement]") -> Q:
    """Announced stays of the same students that their sender hosts, or sends them to itself."""
    senders = Q(sending=OuterRef("host")) | Q(sending=OuterRef("sending"))
    return _PASSED_ON & Q(Exists(placements.filter(senders, enrolment=OuterRef("enrolment"))))


def _programme_part(noun: str, path: str) -> Policy:
    return Policy(
        noun,
        {
            "view": (
                office("enter_office"),
                everyone("of a published version", ~Q(**{f"{path}__state": "draft"}), *_READERS),
            ),
            "manage": (office("manage_programmes"),),
        },
    )


PROGRAMME_VERSION = Policy(
    "programme version",
    {
        "view": (office("enter_office"), everyone("once published", _PUBLISHED, *_READERS)),
        "manage": (office("manage_programmes"),),
    },
)
PROGRAMME_DOCUMENT = Policy(
    "programme document",
    {"view": (office("enter_office"),), "manage": (office("manage_programmes"),)},
)
PERIOD = _programme_part("period", "version")
OFFERING = Policy(
    "offering",
    {
        **_programme_part("offering", "period__version").actions,
        "confirm_seats": (
            partner("confirm_seats", "host", "its own, once published", _PUBLISHED_PART),
            delegate("confirm_seats", "host", ("pk",), "the offering itself", _PUBLISHED_PART),
        ),
    },
)
# Nobody changes one or takes it back: what a host says next is another row.
SEAT_CONFIRMATION = Policy(
    "confirmation of seats",
    {
        "view": (
            office("enter_office"),
            *(
                clause
                for right in ("confirm_seats", "host_students")
                for clause in (
                    partner(right, "offering__host", "of its own offerings"),
                    delegate(right, "offering__host", ("offering",), "of the offering", Q()),
                )
            ),
        ),
    },
)
TRACK = _programme_part("track", "version")
TRACK_STEP = _programme_part("step", "track__version")
INTAKE = Policy(
    "intake",
    {
        "view": (office("enter_office"), everyone("intakes are public", None, *_READERS)),
        "manage": (office("manage_programmes"),),
    },
)

ENROLMENT = Policy(
    "enrolment",
    {
        "view": (
            office("view_dossiers"),
            own(Wall.APPLICANT, "student_id", "the student's own"),
            partner_through(
                "host_students",
                "mobility_tracks.Placement",
                "enrolment_id",
                "host",
                STUDENTS.q(Wall.PARTNER, "enrolment", relation="host"),
                "students placed with the partner",
            ),
            sending("students whom the partner sends", _students),
            delegate_through(
                "host_students",
                "mobility_tracks.Placement",
                "enrolment_id",
                "host",
                _HELD,
                STUDENTS.q(Wall.DELEGATE, "enrolment"),
                "students placed on what was handed on",
            ),
        ),
        "fund": (desk(Wall.FINANCE, "view_funding", "who is funded: name, reference, state"),),
        "enrol": (office("enrol_students"),),
        "place": (office("run_rounds"),),
        "rank": (own(Wall.APPLICANT, "student_id", "own, while enrolled", Q(state="enrolled")),),
    },
    STUDENTS.closed("mobility_tracks.Enrolment"),
)

ROUND = Policy(
    "allocation round",
    {
        "view": (
            office("run_rounds"),
            everyone("once open", _PUBLISHED, Wall.PARTNER, Wall.DELEGATE, Wall.APPLICANT),
        ),
        "manage": (office("run_rounds"),),
        "run": (office("run_rounds"),),
        "publish": (office("publish_rounds"),),
        "rank": (everyone("while open", Q(state="open"), Wall.APPLICANT),),
    },
)
ROUND_SEATS = Policy(
    "seats",
    {
        "view": (
            office("run_rounds"),
            everyone(
                "once open",
                ~Q(round__state="draft"),
                Wall.PARTNER,
                Wall.DELEGATE,
                Wall.APPLICANT,
            ),
        ),
        "manage": (office("run_rounds"),),
    },
)
PREFERENCE = Policy(
    "preference",
    {
        "view": (
            office("run_rounds"),
            own(Wall.APPLICANT, "enrolment__student_id", "the student's own"),
        ),
    },
)

PLACEMENT = Policy(
    "placement",
    {
        "view": (
            office("view_dossiers"),
            own(Wall.APPLICANT, "enrolment__student_id", "own, once announced", _OWN_STAYS),
            partner("host_students", "host", "at the partner, once announced", _ANNOUNCED),
            delegate("host_students", "host", _HELD, "on what was handed on", _HANDED_ON),
        ),
        "follow": (
            partner("host_students", "host", "at the partner, once announced", _ANNOUNCED),
            partner("host_students", "sending", "sent by the partner", _SENT),
            shared(Item.PATH, "at the sender, or sent by it", _elsewhere),
        ),
        "manage": (office("run_rounds"),),
        "receive": (
            partner("host_students", "host", "at the partner", _ANNOUNCED),
            delegate("host_students", "host", _HELD, "on what was handed on", _HANDED_ON),
        ),
    },
)
