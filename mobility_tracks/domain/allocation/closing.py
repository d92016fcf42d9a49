"""What closes options to students: rules that leave no way, as verdicts and as rules of a round."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mobility_tracks.checking.spelling import number
from mobility_tracks.placement import Rule, Verdict

Against = dict[str, Verdict]  # by rule id, of one way
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes an option to a student. `rules`: ids as in the version's rows, several where only
    together they leave no way."""

    rules: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """`closings`: of the option, none where it is open. `unsettled`: ids of rules that a person must
    check before it is."""

    closings: tuple[Closing, ...] = ()
    unsettled: frozenset[str] = frozenset()


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


def closings_of(refusals: Sequence[Against]) -> Iterator[Closing]:
    """Each rule that refuses all, and the fewest found of the others that do so together."""
    alone = [id_ for id_ in refusals[0] if all(id_ in against for against in refusals)]
    for id_ in alone:
        yield Closing((id_,), _example(id_, refusals))
    rest = [{id_: v for id_, v in against.items() if id_ not in alone} for against in refusals]
    if all(rest):
        together = _fewest(rest)
        yield Closing(together, _joint([_example(id_, rest) for id_ in together]))


def _fewest(refusals: Sequence[Against]) -> tuple[str, ...]:
    """Rules of which each way breaks one, and none of which could be left out."""
    kept = list(dict.fromkeys(id_ for against in refusals for id_ in against))
    for id_ in reversed(kept.copy()):
        others = [each for each in kept if each != id_]
        if all(any(each in against for each in others) for against in refusals):
            kept = others
    return tuple(kept)


def _example(id_: str, refusals: Sequence[Against]) -> Verdict:
    """The verdict on the first way that the rule refuses; the others are counted where they differ."""
    first, *others = [against[id_] for against in refusals if id_ in against]
    if all(other.fact == first.fact for other in others):
        return first
    ways = number(len(others), "other way")
    return replace(first, fact=f"{first.fact} (and likewise on {ways} from here)")


def _joint(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several, in one: each way that is left breaks one of the rules."""
    return Verdict(
        rule=" ".join(verdict.rule for verdict in verdicts),
        fact="no way keeps them all; " + "; or else ".join(verdict.fact for verdict in verdicts),
        source="; ".join(dict.fromkeys(v.source for v in verdicts if v.source)),
        remedy="; or: ".join(dict.fromkeys(verdict.remedy for verdict in verdicts)),
    )
