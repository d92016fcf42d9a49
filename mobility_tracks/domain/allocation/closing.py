"""What the checker closes, as rules of a round: each lists the students and options it shuts."""

from collections.abc import Mapping

from mobility_tracks.domain.allocation.judging import Closing, Said
from mobility_tracks.placement import Rule

Pair = tuple[str, str]


def closing_rules(said: Mapping[str, Mapping[str, Said]]) -> list[Rule]:
    """By rule id. `said`: by student's reference, by option. A closing by several rules together is
    a rule of its own, which names them as its `parts`."""
    found: dict[tuple[str, ...], dict[Pair, Closing]] = {}
    for student, options in said.items():
        for option, each in options.items():
            for closing in each.closings:
                found.setdefault(closing.rules, {})[student, option] = closing
    return [_rule(found[ids]) for ids in sorted(found)]


def _rule(closed: Mapping[Pair, Closing]) -> Rule:
    pairs = sorted(closed)
    verdicts = [closed[pair].verdict for pair in pairs]
    ids = closed[pairs[0]].rules
    return Rule(
        id=" + ".join(ids),
        kind="closes",
        parameters={
            "parts": ids,
            "students": tuple(student for student, _option in pairs),
            "options": tuple(option for _student, option in pairs),
            "facts": tuple(verdict.fact for verdict in verdicts),
            "remedies": tuple(verdict.remedy for verdict in verdicts),
        },
        sentence=verdicts[0].rule,
        source=verdicts[0].source,
    )
