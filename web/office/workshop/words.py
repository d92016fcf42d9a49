"""What the workshop calls the parts of a programme; what the format itself says comes from there."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mobility_tracks.programme.path_kinds import PATH_KINDS

# mapping: heading, the act that adds one, one of them
PARTS: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "periods": (_("Periods"), _("Add a period"), _("Period")),
    "offerings": (_("Offerings"), _("Add an offering"), _("Offering")),
    "tracks": (_("Tracks"), _("Add a track"), _("Track")),
    "transitions": (_("Ways onward"), _("Add a way onward"), _("Way onward")),
    "rules": (_("Rules"), _("Add a rule"), _("Rule")),
    "degrees": (_("Degrees"), _("Add a degree"), _("Degree")),
    "specialisations": (
        _("Specialisations"),
        _("Add a specialisation"),
        _("Specialisation"),
    ),
    "fees": (_("Fees"), _("Add a fee"), _("Fee")),
    "shared_with": (_("Further hosts"), _("Add a host that takes part"), _("Further host")),
    "opens_when": (_("Opens when"), _("Add a condition to open"), _("Condition to open")),
    "prerequisites": (_("Prerequisites"), _("Add a prerequisite"), _("Prerequisite")),
    "conditions": (_("Conditions"), _("Add a condition"), _("Condition")),
    "roles": (_("Roles"), _("Add a role of a host"), _("Role")),
}
_LABELS: dict[str, str | Promise] = {
    "key": _("Key"),
    "after": _("After"),
    "then": _("May follow"),
    "organisation": _("Organisation"),
    "ects": _("ECTS credits"),
    "starts": _("First day"),
    "ends": _("Last day"),
    "parent": _("Within"),
    "overlaps": _("May share days with"),
    "optional": _("Outside the programme's total"),
    "outside": _("Outside the consortium"),
    "min_seats": _("Least seats to open"),
    "max_seats": _("Seats"),
    "intakes": _("Only for the intakes"),
    "follows": _("Continues"),
    "awarded_by": _("Awarded by"),
    "through": _("Passes one of"),
    "board_may_override": _("The board may override it"),
    "choice.asked_at": _("Choice: asked"),
    "choice.period": _("Choice: asked in"),
    "choice.settled_by": _("Choice: settled by"),
    "only_for.funding": _("Only for the funding"),
    "only_for.categories": _("Only for the categories"),
    "only_for.residence": _("Only for residents of"),
    "from_year": _("First intake"),
    "exempt_from": _("Exempt from the rules"),
    "sentence": _("Sentence that people read"),
    "assumption": _("Assumption"),
    "note": _("Note for editors"),
}


def label_of(name: str) -> str:
    """A field's label: ours where there is one, else its own name as words."""
    known = _LABELS.get(name)
    return str(known) if known else name.rsplit(".", 1)[-1].replace("_", " ").capitalize()


def told(word: str) -> str:
    """A word of the format, as people read it."""
    return word.replace("_", " ").capitalize()


def kinds() -> Iterator[tuple[str, str, str]]:
    """Every kind of rule: its word, its name, and what it says."""
    for word, record in PATH_KINDS.items():
        says = (record.__doc__ or "").strip().split("\n", 1)[0]
        yield word, told(word), says
