"""Bring a row to what a file says, and tell what changed; equal rows are not written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from consortium.errors import Invalid

MOST_SMALL = 32_767  # PositiveSmallIntegerField
SHORT = 60


@dataclass
class Ledger:
    """What one load changed and what stands against it, in sentences."""

    changes: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def bring(row: Model, values: Mapping[str, Any], *, what: str, ledger: Ledger) -> bool:
    """Set the values that differ and save them. Raises Invalid for one that the column cannot hold."""
    changed = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    for name, before in changed.items():
        setattr(row, name, values[name])
        ledger.changes.append(_told(row, name, before, what))
    if changed:
        require_fit(row, what=what)
        row.save(update_fields=list(changed))
    return bool(changed)


def create(row: Model, *, what: str, ledger: Ledger) -> None:
    """Save a new row. Raises Invalid for a value that its column cannot hold."""
    require_fit(row, what=what)
    row.save(force_insert=True)
    ledger.changes.append(_("%(what)s is new.") % {"what": what})


def require_fit(row: Model, *, what: str) -> None:
    """A file may say more than a column holds: refused here, not by the database's own words."""
    for column in row._meta.concrete_fields:
        value, most = getattr(row, column.attname), getattr(column, "max_length", None)
        if isinstance(value, str) and most and len(value) > most:
            _refuse(what, column.verbose_name, _("%(n)d characters") % {"n": most})
        if column.get_internal_type() == "PositiveSmallIntegerField" and (value or 0) > MOST_SMALL:
            _refuse(what, column.verbose_name, str(MOST_SMALL))


def _refuse(what: str, name: Any, most: str) -> None:
    raise Invalid(
        _("%(what)s: %(name)s is at most %(most)s.") % {"what": what, "name": name, "most": most},
        next_step=_("Shorten it in the file and load the file again."),
    )


def _told(row: Model, name: str, before: Any, what: str) -> str:
    column = next(f for f in row._meta.concrete_fields if name in (f.name, f.attname))
    after = getattr(row, name)
    words = {"what": what, "name": column.verbose_name, "before": before, "after": after}
    if column.is_relation or not (_is_short(before) and _is_short(after)):
        return _("%(what)s: %(name)s changes.") % words
    if before in ("", None):
        return _("%(what)s: %(name)s is now %(after)s.") % words
    if after in ("", None):
        return _("%(what)s: %(name)s is no longer %(before)s.") % words
    return _("%(what)s: %(name)s changes from %(before)s to %(after)s.") % words


def _is_short(value: Any) -> bool:
    return not isinstance(value, list | dict) and len(str(value)) <= SHORT
