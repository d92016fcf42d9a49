"""Who reads what of a student, by the state of each stay. Both walls are made from this table.

A host reads a student from the announcement of a stay with it on, and only its own stays; who sends
a student reads where, as long as the stay stands; and other stays pass from one to the next by
agreement (partners/items.py). What was decided in the admission is no part of this record.
"""

from django.utils.translation import gettext_lazy as _

from consortium.actor import Wall
from consortium.visibility import Group, Sight, Table, frozen, stage
from mobility_tracks.states import PLACEMENT

OWN_DATA = "GDPR Art. 15"
NEED_TO_KNOW = "GDPR Art. 5(1)(b), (c)"
HOSTING = "GDPR Art. 5(1)(b), (c); GDPR Chapter V"
AGREED = "agreement between two partners; GDPR Chapter V"

UNPLACED = "unplaced"  # no stay at all: a stage of the student, not a state of a stay
PLACED = frozenset(PLACEMENT.states)
ALL = PLACED | {UNPLACED}
ANNOUNCED = PLACED - {"planned"}
# A student is sent as long as the stay stands: it passes nothing on once it is called off.
LIVE = ANNOUNCED - {"cancelled", "refused"}

STAGES = (
    stage("unplaced", _("No stay yet"), UNPLACED),
    stage("planned", _("Planned"), "planned"),
    stage("announced", _("Announced"), "announced accepted_by_host"),
    stage("here", _("Arrived"), "arrived"),
    stage("over", _("Over"), "departed recognised"),
    stage("off", _("Called off"), "refused cancelled"),
)
GROUPS = (
    Group("name", _("Name of the student"), {"mobility_tracks.Enrolment": "person_name"}),
    Group(
        "enrolment",
        _("Contact, nationality, residence"),
        {"mobility_tracks.Enrolment": "student person_email nationality residence_country"},
    ),
    Group(
        "placement",
        _("Host and days of a stay"),
        {
            "mobility_tracks.Placement": "enrolment period offering host sending starts_on ends_on"
            " ects reason"
        },
    ),
    Group(
        "preference",
        _("Hosts or tracks wished for"),
        {"mobility_tracks.Preference": "enrolment offering track rank"},
    ),
    Group(
        "impossible",
        _("Why a host or track is not possible, in the student's words"),
        {"mobility_tracks.Preference": "because"},
    ),
    Group(
        "plan",
        _("Plan of a round, with everybody's wishes"),
        {"mobility_tracks.AllocationRound": "result"},
    ),
)
SIGHTS = (
    Sight(
        (Wall.STAFF,),
        frozen("name enrolment placement"),
        ALL,
        _("every student"),
        NEED_TO_KNOW,
    ),
    Sight(
        (Wall.STAFF,),
        frozen("preference impossible plan"),
        ALL,
        _("every student, for those who run rounds"),
        NEED_TO_KNOW,
    ),
    Sight(
        (Wall.OBSERVER,),
        frozen("name enrolment placement"),
        ALL,
        _("every student, to look and never to change"),
        NEED_TO_KNOW,
    ),
    Sight(
        (Wall.FINANCE,),
        frozen("name"),
        ALL,
        _("every student, to know who is funded"),
        NEED_TO_KNOW,
        action="fund",
    ),
    Sight(
        (Wall.APPLICANT,),
        frozen("name enrolment preference impossible"),
        ALL,
        _("their own"),
        OWN_DATA,
    ),
    Sight(
        (Wall.APPLICANT,),
        frozen("placement"),
        ANNOUNCED,
        _("their own, once announced"),
        OWN_DATA,
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("name enrolment placement"),
        ANNOUNCED,
        _("stays at their partner, where personal data may go there"),
        HOSTING,
        relation="host",
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("name enrolment"),
        LIVE,
        _("students whom their partner sends, as long as the stay stands"),
        HOSTING,
        relation="sender",
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("placement"),
        LIVE,
        _("stays to which their partner sends, as long as they stand"),
        HOSTING,
        relation="sender",
        action="follow",
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("placement"),
        ANNOUNCED,
        _("stays elsewhere, as the sender of a student of theirs agreed"),
        AGREED,
        relation="agreed",
        action="follow",
    ),
    Sight(
        (Wall.DELEGATE,),
        frozen("name enrolment placement"),
        ANNOUNCED,
        _("stays on the tracks and offerings handed on, where personal data may go there"),
        HOSTING,
    ),
)

STUDENTS = Table("student", _("Students"), STAGES, GROUPS, SIGHTS)
