"""What a partner handed on: list, hand on, take back."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.base import Act, Listing, described
from api.consortium.partner import OwnDoor, PartyIn, own_party
from api.consortium.people import EndIn
from consortium.access import acting
from consortium.errors import Invalid
from consortium.models import Delegation, Department, Membership
from consortium.roles import DELEGABLE, PARTY_RIGHTS, Container
from mobility_tracks.domain.delegation import What, hand_on, take_back


class DelegationOut(serializers.ModelSerializer[Delegation]):
    """department or delegate: the id of who holds it. container_id: of the track or offering."""

    party = serializers.CharField(source="party.code")
    to = serializers.SerializerMethodField()
    department = serializers.UUIDField(source="department_id")
    delegate = serializers.UUIDField(source="membership_id")

    class Meta:
        model = Delegation
        fields = (
            "id",
            "party",
            "to",
            "department",
            "delegate",
            "container",
            "container_id",
            "container_name",
            "rights",
            "starts_at",
            "ends_at",
            "given_by_name",
            "reason",
        )

    def get_to(self, row: Delegation) -> str:
        holder = row.department or row.membership
        return holder.name if isinstance(holder, Department) else holder.person_name


class HandOnIn(PartyIn):
    """To `department` or `delegate`, by id; on the whole partner unless `container` says else."""

    department = serializers.UUIDField(required=False, allow_null=True, default=None)
    delegate = serializers.UUIDField(required=False, allow_null=True, default=None)
    rights = serializers.ListField(
        child=serializers.ChoiceField(choices=list(PARTY_RIGHTS.items())), max_length=10
    )
    container = serializers.ChoiceField(
        choices=[each.value for each in DELEGABLE], default=Container.PARTY.value
    )
    container_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    until = serializers.DateTimeField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)


class Delegations(OwnDoor, Listing):
    """In force and ended, of one's own partner."""

    rows = Delegation.objects.all()
    serializer_class = DelegationOut

    def listing(self, rows: Any) -> Any:
        return rows.select_related("party", "department", "membership")

    get = described("What one's own partner handed on")(Listing.get)


class HandOn(OwnDoor, Act):
    """Hand rights on to a department or a delegate. Nobody hands on what they do not hold."""

    needs_recent_sign_in = True
    body = HandOnIn
    answer = DelegationOut
    status = 201

    def act(self, values: dict[str, Any]) -> Delegation:
        party = own_party(self.actor, values["party"])
        which = values["container_id"]
        return hand_on(
            party.pk,
            actor=self.actor,
            at=self.at,
            what=What(frozenset(values["rights"]), Container(values["container"]), which),
            to=self.receiver(values["department"], values["delegate"]),
            until=values["until"],
            reason=values["reason"],
        )

    def receiver(self, department: object, delegate: object) -> Department | Membership:
        if (department is None) == (delegate is None):
            raise Invalid(
                _("Rights are handed on to one department or one delegate."),
                fields={"to": _("Give department or delegate, and not both.")},
            )
        with acting(self.actor):
            if department is not None:
                return Department.objects.reach(self.actor, pk=department)
            return Membership.objects.reach(self.actor, pk=delegate)


class TakeBack(OwnDoor, Act):
    """End what was handed on, at once."""

    needs_recent_sign_in = True
    body = EndIn
    answer = DelegationOut

    def act(self, values: dict[str, Any]) -> Delegation:
        return take_back(self.kwargs["delegation"], actor=self.actor, at=self.at, **values)
