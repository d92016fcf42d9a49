"""Computing a ranking again from its stored inputs, and saying a position in a sentence."""

from admissions.ranking.rank import ListClass, Position, Ranking, rank
from admissions.ranking.record import read, result_bytes

_LISTS = {
    ListClass.MAIN: "on the main list",
    ListClass.RESERVE: "on the reserve list",
    ListClass.NOT_SELECTED: "not selected",
}


def replay(inputs: bytes) -> bytes:
    """The canonical result of canonical inputs: equal to the stored bytes, or something changed."""
    return result_bytes(rank(read(inputs)))


def explain(ranking: Ranking, position: Position) -> str:
    """Why the dossier stands where it stands, in one or two sentences."""
    points = _points(position.score, ranking.decimals)
    parts = [f"{position.ref}: position {position.position} with {points} points"]
    parts += [f", {_LISTS[position.listed]}"]
    parts += [f" ({position.failed})" if position.failed else "", "."]
    parts += [_tie(ranking, position)]
    if position.needs_third:
        gap = _points(position.gap, ranking.decimals)
        parts += [f" The two reviews lie {gap} points apart: a third is needed."]
    return "".join(parts)


def _tie(ranking: Ranking, position: Position) -> str:
    others = ", ".join(position.ex_aequo)
    if others:
        return f" Ex aequo with {others} at rank {position.rank}; the published seed set the order."
    if position.decided_by in {"", "score"}:
        return ""
    before = ranking.positions[position.position - 2].ref
    return f" Same score as {before}, which goes first by {position.decided_by}."


def _points(score: int, decimals: int) -> str:
    if not decimals:
        return str(score)
    whole, part = divmod(score, 10**decimals)
    return f"{whole}.{part:0{decimals}d}"
