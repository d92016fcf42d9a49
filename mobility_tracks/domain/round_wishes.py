"""What a student's wishes in a round amount to, and what a list of them may hold. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consortium.errors import Conflict, Invalid
from mobility_tracks.placement import Verdict

SHORTEST_REASON = 5
LONGEST_REASON = 300
Ranks = tuple[tuple[str, ...], ...]
Row = tuple[str, int | None, str]


@dataclass(frozen=True)
class Wishes:
    """`ranks`: classes of offering codes, the most wanted first. `impossible`: code to reason."""

    ranks: Ranks = ()
    impossible: Mapping[str, str] = field(default_factory=dict)

    @property
    def ranked(self) -> list[str]:
        return [code for codes in self.ranks for code in codes]


def wishes_in(rows: Iterable[Row]) -> Wishes:
    """Of one student's rows: offering code, rank, reason."""
    classes: dict[int, list[str]] = {}
    impossible = {}
    for code, rank, because in rows:
        if rank is None:
            impossible[code] = because
        else:
            classes.setdefault(rank, []).append(code)
    return Wishes(tuple(tuple(classes[rank]) for rank in sorted(classes)), impossible)


def check(wishes: Wishes, *, names: Mapping[str, str], closed: Mapping[str, Verdict]) -> None:
    """Hold wishes to what a round offers. `names`: by code of what is on offer. `closed`: what the
    rules close to the student. Raises Invalid, or Conflict where nothing would be left."""
    _check_offered([*wishes.ranked, *wishes.impossible], names)
    _check_ranks(wishes, names)
    _check_reasons(wishes.impossible, names)
    _check_not_both(wishes, names)
    _check_open(wishes.ranked, names, closed)
    _check_left(wishes, names, closed)


def _check_ranks(wishes: Wishes, names: Mapping[str, str]) -> None:
    twice = sorted(names[code] for code, count in Counter(wishes.ranked).items() if count > 1)
    if twice:
        raise Invalid(
            _("Each choice is ranked once."),
            fact=_("%(hosts)s stands in your list more than once.") % {"hosts": ", ".join(twice)},
            next_step=_("Leave it in one place and save again."),
            fields={"offerings": _("Leave each choice in one place only.")},
        )
    if not all(wishes.ranks):
        raise Invalid(
            _("Each rank has a choice."),
            fact=_("One of the ranks is empty."),
            next_step=_("Leave the empty one out."),
            fields={"offerings": _("Leave empty ranks out.")},
        )


def _check_reasons(impossible: Mapping[str, str], names: Mapping[str, str]) -> None:
    wrong = {
        code: len(reason)
        for code, reason in impossible.items()
        if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON
    }
    if wrong:
        limits = {"least": SHORTEST_REASON, "most": LONGEST_REASON}
        told = "; ".join(f"{names[code]}: {length}" for code, length in wrong.items())
        raise Invalid(
            _("Why a choice is not possible is said in %(least)d to %(most)d characters.") % limits,
            fact=_("Characters given: %(told)s.") % {"told": told},
            next_step=_("Say it in a sentence, or leave it out."),
            fields={
                f"impossible.{code}": _("Give %(least)d to %(most)d characters.") % limits
                for code in wrong
            },
        )


def _check_left(wishes: Wishes, names: Mapping[str, str], closed: Mapping[str, Verdict]) -> None:
    left = set(names) - set(closed) - set(wishes.impossible)
    if wishes.impossible and not left:
        raise Conflict(
            _("This round places every student, so one choice at least stays possible for you."),
            fact=_("With what you give, none is left: what you did not rule out, the rules do.")
            if closed
            else _("With what you give, none is left."),
            next_step=_(
                "Leave one choice possible. If none is, write to the office before the deadline: it"
                " can place you by hand."
            ),
            fields={
                f"impossible.{code}": _("Leave one choice possible.") for code in wishes.impossible
            },
        )


def _check_offered(codes: Collection[str], names: Mapping[str, str]) -> None:
    foreign = [code for code in codes if code not in names]
    if foreign:
        raise Invalid(
            _("Only what this round offers can be ranked."),
            fact=_("%(codes)s is not on offer in it.") % {"codes": ", ".join(foreign)},
            next_step=_("Reload the page to see which are."),
            fields={"offerings": _("Choose among what this round offers.")},
        )


def _check_not_both(wishes: Wishes, names: Mapping[str, str]) -> None:
    both = [code for code in wishes.ranked if code in wishes.impossible]
    if both:
        raise Invalid(
            _("A choice is ranked or not possible, never both."),
            fact=_("%(hosts)s is both.") % {"hosts": ", ".join(names[code] for code in both)},
            next_step=_("Take it out of your order, or take its reason away."),
            fields={f"impossible.{code}": _("Rank it, or say why not.") for code in both},
        )


def _check_open(
    ranked: Sequence[str], names: Mapping[str, str], closed: Mapping[str, Verdict]
) -> None:
    found = {code: closed[code] for code in ranked if code in closed}
    if found:
        raise Invalid(
            " ".join(dict.fromkeys(verdict.rule for verdict in found.values())),
            fact=" ".join(_told(names[code], verdict) for code, verdict in found.items()),
            next_step=_(
                "Take it out of your order and save again. If a fact is wrong, write to the office."
            ),
            fields={"offerings": _("Rank only what is open to you.")},
        )


def _told(name: str, verdict: Verdict) -> str:
    source = _("Source: %(source)s.") % {"source": verdict.source} if verdict.source else ""
    fact = _("%(host)s is not open to you: %(fact)s.") % {"host": name, "fact": verdict.fact}
    return " ".join(filter(None, (fact, source)))


def dense(ranks: Ranks) -> Iterator[tuple[str, int]]:
    """(code, rank) with ranks from 1 and without gaps."""
    return ((code, rank) for rank, codes in enumerate(ranks, 1) for code in codes)
