"""A partner's departments: whom it can hand rights on to as a whole."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid
from consortium.models import Department, Party

LONGEST_NAME = 200


def open_department(party_id: int, *, actor: Actor, at: datetime, name: str) -> Department:
    """Add a department to a partner: its row, its group, a journal row. It holds nothing yet.

    Raises NotFound or NotAllowed without the right to delegate, Invalid for a name that is empty
    or too long, Conflict for one that the partner has.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(
            _("A department has a name of at most %(most)d characters.") % {"most": LONGEST_NAME},
            fields={"name": _("Give its name.")},
        )
    with acting(actor):
        party = Party.objects.reach(actor, "delegate", pk=party_id)
        department = Department(consortium_id=actor.tenant, party=party, name=name)
        with as_login():
            department.group = Group.objects.create(name=f"department:{department.pk}")
        try:
            with transaction.atomic():
                department.save(force_insert=True)
        except IntegrityError as twice:
            raise Conflict(
                _("Departments of a partner differ in name."),
                fact=_("%(name)s is there already.") % {"name": name},
                fields={"name": _("Give another name.")},
            ) from twice
        journal.record("department.open", department, actor=actor, at=at)
    return department
