"""A round in which whole tracks are chosen: nine students, four tracks, three hosts in semester 3."""

from consortium.access import acting
from mobility_tracks.domain.revisions import adopt
from mobility_tracks.domain.what_ifs import Question, ask
from mobility_tracks.models import (
    Enrolment,
    Placement,
)

SOUTH = "south: {name: By Bilbao, steps: [[s1-waw], [s2-ami], [s3-bil], [s4-lab]]}"
TWO_BY_LJUBLJANA = (
    SOUTH,
    """south: {name: By Bilbao, steps: [[s1-waw], [s2-ami], [s3-bil], [s4-ami, s4-lab]]}
      lab: {name: Ljubljana and the laboratory, steps: [[s1-waw], [s2-ami], [s3-lju], [s4-lab]]}""",
)
TRACKS = {"stay": (0, 4), "east": (0, 4), "south": (0, 4), "lab": (0, 4)}
ROOMS = {"s3-lju": (0, 3), "s4-lab": (0, 2)}
S3_OF = {"stay": "s3-ami", "east": "s3-lju", "lab": "s3-lju", "south": "s3-bil"}


def drafted(nine, **changes):
    nine.draft(**{"period": "", "title": "Tracks", "seats": TRACKS, "rooms": ROOMS} | changes)
    return nine


def decided_for_ljubljana(nine):
    """Everybody wants the laboratory most, then Ljubljana; it takes two, and Ljubljana three."""
    if nine.pk is None:
        drafted(nine).act("open_round")
    for number in range(1, 10):
        nine.wish(number, "lab", "east", "south")
    nine.act("close_round", at=nine.closes)
    nine.act("decide", at=nine.closes)
    return nine


def stays_of(round_, reference):
    with acting(round_.world.system()):
        rows = Placement.objects.filter(round_id=round_.pk, enrolment__reference=reference)
        told = rows.order_by("period__position", "state")
        return [*told.values_list("offering__code", "state")]


def tracks_of(round_):
    with acting(round_.world.system()):
        rows = Enrolment.objects.order_by("reference")
        return dict(rows.values_list("reference", "track__code"))


def asked(round_, **question):
    return ask(round_.pk, Question(**question), actor=round_.world.staff())


def adopted(round_, **question):
    seen = asked(round_, **question).digest
    return adopt(
        round_.pk,
        Question(**question),
        seen=seen,
        reason="The board",
        actor=round_.world.staff(),
        at=round_.closes,
    )
