"""Edits of a draft: an entry put, moved or removed. Each needs what its author saw (`seen`)."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotFound, WrongState
from mobility_tracks.domain.documents import Plain, kept_for
from mobility_tracks.domain.loading.partners import hosts_of
from mobility_tracks.domain.loading.versions import settle
from mobility_tracks.domain.loading.words import digest
from mobility_tracks.domain.workshop.reading import Bench, judged
from mobility_tracks.models import ProgrammeVersion
from mobility_tracks.programme import Problem, editing
from mobility_tracks.programme.editing import Where
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.problems import spell

Edit = Callable[[Plain], Plain]
_ITS_OWN = ("state", "continues", "from_year")


def put_entry(
    version_id: object,
    where: Where,
    values: Plain,
    *,
    seen: str,
    actor: Actor,
    at: datetime,
    is_new: bool = False,
) -> Bench:
    """Set an entry's own values, in plain form; a new key comes last, () is the version itself.

    With `is_new`, raises Conflict for a key that is there.

    Raises Invalid with the fields to blame where the entry itself is unsound; what is then wrong
    elsewhere in the draft is told on its page. Raises NotFound for a place that the format does not
    know, and what every edit raises.
    """
    _known(where)

    def edit(body: Plain) -> Plain:
        if is_new and editing.entry_at(body, where) is not None:
            raise Conflict(
                _("Keys tell entries apart."),
                fact=_("%(key)s is there already.") % {"key": where[-1]},
                fields={"key": _("Choose another key.")},
            )
        return editing.put(body, where, values)

    return _edit(
        version_id,
        "programme.put",
        where,
        edit,
        seen=seen,
        actor=actor,
        at=at,
    )


def tried(version: ProgrammeVersion, where: Where, values: Plain) -> Bench:
    """What the checker would say if the entry were put; writes nothing. Needs an `acting` context."""
    _known(where)
    kept = kept_for(version)
    kept.body = editing.put(kept.body, where, values)
    return judged(version, kept)


def without(version: ProgrammeVersion, where: Where) -> Plain:
    """The body if the entry were removed; writes nothing. Needs an `acting` context."""
    kept = kept_for(version)
    return editing.remove(_holding(kept.body, where), where)


def move_entry(
    version_id: object, where: Where, by: int, *, seen: str, actor: Actor, at: datetime
) -> Bench:
    """So many places later (or earlier, below 0). Raises NotFound for an entry that is not there."""
    return _edit(
        version_id,
        "programme.move",
        where,
        lambda body: editing.move(_holding(body, where), where, by),
        seen=seen,
        actor=actor,
        at=at,
        is_told=False,
    )


def remove_entry(
    version_id: object, where: Where, *, seen: str, actor: Actor, at: datetime
) -> Bench:
    """With all that names it. Raises NotFound for an entry that is not there."""
    return _edit(
        version_id,
        "programme.remove",
        where,
        lambda body: editing.remove(_holding(body, where), where),
        seen=seen,
        actor=actor,
        at=at,
        is_told=False,
    )


def replace_body(
    version_id: object, body: Plain, *, seen: str, actor: Actor, at: datetime
) -> Bench:
    """The whole draft from a file's version. Its state, lineage and first year stay the draft's."""

    def edit(before: Plain) -> Plain:
        own = {name: before[name] for name in _ITS_OWN if name in before}
        return editing.put({}, (), {**{n: v for n, v in body.items() if n not in _ITS_OWN}, **own})

    return _edit(
        version_id, "programme.replace", (), edit, seen=seen, actor=actor, at=at, is_told=False
    )


def _known(where: Where) -> None:
    try:
        editing.record_at(where)
    except KeyError:
        raise NotFound from None


def _holding(body: Plain, where: Where) -> Plain:
    if not where or editing.entry_at(body, where) is None:
        raise NotFound
    return body


def _edit(
    version_id: object,
    act: str,
    where: Where,
    edit: Edit,
    *,
    seen: str,
    actor: Actor,
    at: datetime,
    is_told: bool = True,
) -> Bench:
    """Raises WrongState unless the version is a draft, Conflict where it changed since `seen`."""
    with acting(actor):
        version = ProgrammeVersion.objects.locked(actor, "manage", version_id)
        kept = kept_for(version)
        _check(version, seen)
        before = set(judged(version, kept).problems)
        kept.body = edit(kept.body)
        bench = judged(version, kept)
        if is_told:
            _refuse_unsound(bench, where, before)
        written(bench, at=at)
        facts = {"where": ".".join(where)}
        journal.record(act, version, actor=actor, at=at, facts=facts)
    return bench


def _check(version: ProgrammeVersion, seen: str) -> None:
    if version.state != "draft":
        raise WrongState(
            _("Only a draft is edited."),
            fact=_("%(title)s is %(state)s.") % {"title": version.title, "state": version.state},
            next_step=_("Begin a new version from it, and edit that."),
        )
    if seen != version.document_hash:
        raise Conflict(
            _("A draft is edited by one person at a time."),
            fact=_("It was changed since this page was opened."),
            next_step=_("Open the page anew in a second window, compare, and save again."),
        )


def _refuse_unsound(bench: Bench, where: Where, before: set[Problem]) -> None:
    """An entry is saved when it is sound in itself; of the version's own values, only these count."""
    place = spell(("versions", bench.version.code, *where))
    own = [p for p in bench.problems if p not in before and _is_within(p, place, where)]
    if own:
        raise Invalid(
            _("This cannot be saved as it stands."),
            fact=" ".join(f"{p.said[:1].upper()}{p.said[1:]}." for p in own),
            next_step=_("Correct what is marked and save again; what you typed is kept."),
            fields={p.key_path.removeprefix(place).lstrip("."): p.said for p in own},
        )


def _is_within(problem: Problem, place: str, where: Where) -> bool:
    rest = problem.key_path.removeprefix(place)
    if rest == problem.key_path:
        return False
    if where:
        return not rest or rest[0] in ".["
    return rest.lstrip(".").split(".")[0].split("[")[0] not in editing.PARTS


def written(bench: Bench, *, at: datetime) -> None:
    """Save the document, and bring the rows of a sound one to it: what others read of the draft."""
    version, kept = bench.version, bench.kept
    if bench.document is not None and bench.course is not None and bench.report is not None:
        told = plain(editing.VERSION, bench.course.version)
        kept.body = {name: each for name, each in told.items() if name != "key"}
        settle(version, bench.document, bench.course.version, hosts_of(version.consortium_id))
    else:
        version.document_hash = digest(kept.body)
        version.save(update_fields=["document_hash"])
    kept.changed_at = at
    kept.save(update_fields=["body", "changed_at"])
