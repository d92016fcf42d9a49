"""A partner's own people and departments, and what the consortium granted it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain.review_work import NOTHING, work_of
from api.base import Act, Listing, PartnerDoor, described
from api.consortium.people import EndIn, MembershipOut, PersonIn
from consortium.access import acting
from consortium.actor import Actor
from consortium.domain.memberships import Post, appoint_by_address, dismiss, held_by
from consortium.errors import Invalid
from consortium.filters import MembershipFilter
from consortium.models import Department, Membership, Party
from consortium.roles import OF_PARTNERS, Role
from partners.domain.departments import open_department


class OwnDoor(PartnerDoor):
    party_right = "delegate_rights"


def own_party(actor: Actor, code: str) -> Party:
    """The partner with this code, or the only one whose rights the actor hands on."""
    with acting(actor):
        if code:
            return Party.objects.reach(actor, "delegate", code=code)
        own = list(Party.objects.for_actor(actor, "delegate")[:2])
    if len(own) != 1:
        raise Invalid(
            _("Who coordinates several partners says for which."),
            fields={"party": _("Give the code of the partner.")},
        )
    return own[0]


class PartyIn(serializers.Serializer[None]):
    """party: code of the partner, needed only from who coordinates several."""

    party = serializers.CharField(max_length=3, required=False, allow_blank=True, default="")


class OwnPersonIn(PartyIn, PersonIn):
    """department: id of one of the partner's, for delegates."""

    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in OF_PARTNERS])
    department = serializers.UUIDField(required=False, allow_null=True, default=None)


class DepartmentIn(PartyIn):
    name = serializers.CharField(max_length=200)


class OwnMemberOut(MembershipOut):
    """With how much a reviewer has to do; which dossiers, and the marks, are not the partner's."""

    work = serializers.SerializerMethodField()

    class Meta(MembershipOut.Meta):
        fields = (*MembershipOut.Meta.fields, "work")

    def get_work(self, member: Membership) -> dict[str, int] | None:
        if member.role != Role.REVIEWER:
            return None
        return asdict(self.context["work"].get((member.party_id, member.user_id), NOTHING))


class DepartmentOut(serializers.ModelSerializer[Department]):
    party = serializers.CharField(source="party.code")

    class Meta:
        model = Department
        fields = ("id", "party", "name")


class Members(OwnDoor, Listing):
    """Everybody who has or had a role for one's own partner."""

    rows = Membership.objects.all()
    serializer_class = OwnMemberOut
    filterset_class = MembershipFilter

    def listing(self, rows: Any) -> Any:
        return rows.select_related("party", "department")

    def get_serializer_context(self) -> Mapping[str, Any]:
        context = super().get_serializer_context()
        if getattr(self, "swagger_fake_view", False):  # the schema is made without an actor
            return context
        parties = self.actor.parties_with("delegate_rights")
        return {**context, "work": work_of(parties, actor=self.actor, at=self.at)}

    get = described("One's own reviewers, delegates and coordinators")(Listing.get)


class AppointOwn(OwnDoor, Act):
    """Appoint a reviewer or a delegate of one's own partner."""

    needs_recent_sign_in = True
    body = OwnPersonIn
    answer = MembershipOut
    status = 201

    def act(self, values: dict[str, Any]) -> Membership:
        party = own_party(self.actor, values.pop("party"))
        role, department = Role(values.pop("role")), values.pop("department")
        with acting(self.actor):
            rows = Department.objects.all()
            post = Post(role, party, rows.reach(self.actor, pk=department) if department else None)
        return appoint_by_address(
            values.pop("email"), actor=self.actor, at=self.at, post=post, **values
        )


class DismissOwn(OwnDoor, Act):
    """End the role of a reviewer or delegate at once."""

    needs_recent_sign_in = True
    body = EndIn
    answer = MembershipOut

    def act(self, values: dict[str, Any]) -> Membership:
        return dismiss(self.kwargs["membership"], actor=self.actor, at=self.at, **values)


class Departments(OwnDoor, Listing):
    rows = Department.objects.all()
    serializer_class = DepartmentOut

    def listing(self, rows: Any) -> Any:
        return rows.select_related("party")

    get = described("One's own departments")(Listing.get)


class OpenDepartment(OwnDoor, Act):
    """Open a department; it holds nothing until something is handed on to it."""

    body = DepartmentIn
    answer = DepartmentOut
    status = 201

    def act(self, values: dict[str, Any]) -> Department:
        party = own_party(self.actor, values["party"])
        return open_department(party.pk, actor=self.actor, at=self.at, name=values["name"])


class GrantedOut(serializers.Serializer[None]):
    """receives_personal: without it, rights that show people rest."""

    party = serializers.CharField()
    rights = serializers.ListField(child=serializers.CharField())
    receives_personal = serializers.BooleanField()


class Granted(OwnDoor):
    serializer_class = GrantedOut

    @described("What one's own partner was granted")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            own = Party.objects.for_actor(self.actor, "delegate").order_by("code")
            rows = [
                {
                    "party": party.code,
                    "rights": sorted(held_by(party)),
                    "receives_personal": party.receives(self.at),
                }
                for party in own
            ]
        return Response({"results": rows})
