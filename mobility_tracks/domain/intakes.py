"""Open an intake: the cohort that starts in one year, under one programme version."""

from datetime import datetime

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WrongState
from mobility_tracks.models import Intake, ProgrammeVersion

LONGEST_NAME = 60


def open_intake(version_id: object, *, actor: Actor, at: datetime, year: int, name: str) -> Intake:
    """Make the intake of `year`; it is public at once. Writes a journal row.

    Needs `manage_programmes`. Raises WrongState unless the version is published, Invalid for a
    year before the version holds or a name that is empty or too long, Conflict for a second intake
    of the year.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(
            _("An intake has a name of at most %(n)d characters.") % {"n": LONGEST_NAME},
            fields={"name": _("Give a name, such as “Class 23 (2027-2029)”.")},
        )
    with acting(actor):
        version = ProgrammeVersion.objects.locked(actor, "manage", version_id)
        _check(version, year)
        intake = Intake.objects.create(
            consortium_id=version.consortium_id, version=version, year=year, name=name
        )
        journal.record("intake.open", intake, actor=actor, at=at, facts={"year": year})
    return intake


def _check(version: ProgrammeVersion, year: int) -> None:
    if version.state != "published":
        raise WrongState(
            _("Intakes open under a published version."),
            fact=_("%(title)s is %(state)s.") % {"title": version.title, "state": version.state},
            next_step=_("Publish the version, or choose the one in force."),
        )
    if not version.from_year <= year <= version.from_year + 100:
        raise Invalid(
            _("An intake opens in a year in which its version holds."),
            fact=_("%(title)s holds from %(year)d.")
            % {"title": version.title, "year": version.from_year},
            fields={"year": _("Choose %(year)d or later.") % {"year": version.from_year}},
        )
    if Intake.objects.filter(version=version, year=year).exists():
        raise Conflict(
            _("A version has one intake a year."),
            fact=_("That of %(year)d is open.") % {"year": year},
            next_step=_("Use it, or choose another year."),
            fields={"year": _("This year has its intake.")},
        )
