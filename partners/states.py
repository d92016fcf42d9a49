"""States of what partners agree on: a table, as data. Printed to docs/states.md."""

from consortium.lifecycle import Lifecycle


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


# Only the other side answers; either side revokes, at once. A date that passes ends an agreement
# without a transition; `expire` is written when another version takes its place.
SHARING = Lifecycle(
    "sharing agreement",
    "proposed",
    {
        "accept": (_from("proposed"), "accepted"),
        "decline": (_from("proposed"), "declined"),
        "withdraw": (_from("proposed"), "withdrawn"),
        "revoke": (_from("accepted"), "revoked"),
        "supersede": (_from("accepted"), "superseded"),
        "expire": (_from("accepted"), "expired"),
    },
)
