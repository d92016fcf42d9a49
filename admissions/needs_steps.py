"""The unit-cost steps with which a joint master supports a student with an impairment, in euros.

One step is approved for a student, for the whole of the studies (domain.md 1.4).
"""

from dataclasses import dataclass

LISTED = "global-minds.eu/special-needs"
REMEMBERED = "assumption: compare with the grant agreement before paying"


@dataclass(frozen=True, slots=True)
class Step:
    """amount: whole euros. source: where it is written, or that it is an assumption."""

    amount: int
    source: str


STEPS: dict[int, Step] = {
    amount: Step(amount, source)
    for source, amounts in (
        (LISTED, (3_000, 4_500, 6_000, 9_500, 13_000, 18_500)),
        (REMEMBERED, (27_500, 35_500, 47_500, 60_000)),
    )
    for amount in amounts
}
