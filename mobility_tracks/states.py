"""States of what moves students: tables, as data. Printed to docs/states.md."""

from consortium.lifecycle import Lifecycle


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


PROGRAMME_VERSION = Lifecycle(
    "programme version",
    "draft",
    {
        "publish": (_from("draft"), "published"),
        "retire": (_from("published"), "retired"),
    },
)

# domain.md 6.3, "Enrolment"; the steps before `enrolled` belong to the student agreement.
ENROLMENT = Lifecycle(
    "enrolment",
    "pre_enrolled",
    {
        "enrol": (_from("pre_enrolled"), "enrolled"),
        "take_leave": (_from("enrolled"), "on_leave"),
        "return": (_from("on_leave"), "enrolled"),
        "withdraw": (_from("pre_enrolled", "enrolled", "on_leave"), "withdrawn"),
        "complete": (_from("enrolled"), "completed"),
        "graduate": (_from("completed"), "graduated"),
    },
)

ROUND = Lifecycle(
    "allocation round",
    "draft",
    {
        "open": (_from("draft"), "open"),
        "close": (_from("open"), "closed"),
        "decide": (_from("closed", "decided"), "decided"),
        "publish": (_from("decided"), "published"),
        "revise": (_from("published"), "published"),
    },
)

# domain.md 6.3, "Placement": a superset of EWP's nomination, live, recognized, cancelled.
PLACEMENT = Lifecycle(
    "placement",
    "planned",
    {
        "announce": (_from("planned"), "announced"),
        "accept": (_from("announced"), "accepted_by_host"),
        "refuse": (_from("announced"), "refused"),
        "arrive": (_from("announced", "accepted_by_host"), "arrived"),
        "depart": (_from("arrived"), "departed"),
        "recognise": (_from("departed"), "recognised"),
        "cancel": (_from("planned", "announced", "accepted_by_host", "arrived"), "cancelled"),
    },
)
