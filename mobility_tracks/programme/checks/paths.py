"""Checks of tracks and transitions: order, credits, no way back."""

from decimal import Decimal
from graphlib import TopologicalSorter

from mobility_tracks.programme.checks.site import Check, Site, cycle_in
from mobility_tracks.programme.curriculum import Track, Version

Range = tuple[Decimal, Decimal]


def _steps_in_order(version: Version, site: Site) -> None:
    period_of = {offering.key: offering.period for offering in version.offerings}
    order = {period.key: number for number, period in enumerate(version.periods)}
    for track in version.tracks:
        reached = -1
        for number, step in enumerate(track.steps):
            where = ("tracks", track.key, "steps", number)
            periods = {period_of[key] for key in step if key in period_of}
            if len(periods) > 1:
                found = ", ".join(sorted(periods))
                site.problem(*where, says="a step mixes periods", expected="one", found=found)
            at = min((order.get(period, reached) for period in periods), default=reached)
            if len(periods) == 1 and at <= reached:
                says, expected = "a step goes back in time", "a later period"
                site.problem(*where, says=says, expected=expected, found=", ".join(periods))
            reached = at


def _roles(version: Version, site: Site) -> None:
    """The periods of a role share one host, so that each step of them must offer that host."""
    offerings = {offering.key: offering for offering in version.offerings}
    for track in version.tracks:
        hosts: dict[str, set[str | None]] = {}
        for key in (key for step in track.steps for key in step if key in offerings):
            hosts.setdefault(offerings[key].period, set()).add(offerings[key].host)
        for role in track.roles:
            common = [hosts.get(period, set()) for period in role.periods]
            if not set.intersection(*common):
                where = ("tracks", track.key, "roles", role.key)
                says = "no host offers every period of the role on this track"
                found = ", ".join(role.periods)
                site.problem(*where, says=says, expected="one host for all", found=found)


def _following(version: Version, site: Site) -> None:
    graph = {track.key: track.follows for track in version.tracks}
    if cycle := cycle_in(graph):
        says = "tracks follow one another in a circle"
        site.problem("tracks", cycle[0], "follows", says=says, found=" > ".join(cycle))
        return
    _track_totals(version, site)


def _track_totals(version: Version, site: Site) -> None:
    own = {track.key: _credits(track, version) for track in version.tracks}
    continued = {key for track in version.tracks for key in track.follows}
    total = _with_followed(version, own)
    for track in version.tracks:
        least, most = total[track.key]
        wanted = version.ects if track.ects is None else track.ects
        if track.key not in continued and not least <= wanted <= most:
            span = str(least) if least == most else f"{least} to {most}"
            says = "the credits of the steps do not add up to the total"
            where = ("tracks", track.key, "steps")
            site.problem(*where, says=says, expected=str(wanted), found=span)


def _credits(track: Track, version: Version) -> Range:
    periods = {period.key: period.ects or Decimal(0) for period in version.periods}
    offered = {
        offering.key: periods.get(offering.period, Decimal(0))
        if offering.ects is None
        else offering.ects
        for offering in version.offerings
    }
    steps = [[offered.get(key, Decimal(0)) for key in step] for step in track.steps]
    return sum(map(min, steps), Decimal(0)), sum(map(max, steps), Decimal(0))


def _with_followed(version: Version, own: dict[str, Range]) -> dict[str, Range]:
    follows = {track.key: [key for key in track.follows if key in own] for track in version.tracks}
    total: dict[str, Range] = {}
    for key in TopologicalSorter(follows).static_order():
        before = [total[earlier] for earlier in follows[key]] or [(Decimal(0), Decimal(0))]
        least, most = own[key]
        total[key] = least + min(b[0] for b in before), most + max(b[1] for b in before)
    return total


def _transitions(version: Version, site: Site) -> None:
    graph = {transition.after: transition.then for transition in version.transitions}
    if cycle := cycle_in(graph):
        says = "transitions lead in a circle"
        site.problem("transitions", cycle[0], says=says, found=" > ".join(cycle))
        return
    period_of = {offering.key: offering.period for offering in version.offerings}
    order = {period.key: number for number, period in enumerate(version.periods)}
    rank = {key: order[period] for key, period in period_of.items() if period in order}
    for transition in version.transitions:
        for number, key in enumerate(transition.then):
            if rank.get(key, len(order)) <= rank.get(transition.after, -1):
                where = ("transitions", transition.after, "then", number)
                says, expected = "a transition goes back in time", "a later period"
                site.problem(*where, says=says, expected=expected, found=key)


PATH_CHECKS: tuple[Check, ...] = (
    (Version, ("periods", "offerings", "tracks"), _steps_in_order),
    (Version, ("offerings", "tracks"), _roles),
    (Version, ("periods", "offerings", "tracks", "ects"), _following),
    (Version, ("periods", "offerings", "transitions"), _transitions),
)
