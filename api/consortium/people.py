"""The office's people: who works here as what, appoint, dismiss, what each role may do."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from admissions.models import Call
from api.base import Act, Listing, OfficeDoor, described
from consortium.access import acting
from consortium.domain.memberships import Post, appoint_by_address, dismiss
from consortium.domain.roles_in_words import table_of_roles
from consortium.filters import MembershipFilter
from consortium.models import Membership, Party
from consortium.roles import Role


class MembershipOut(serializers.ModelSerializer[Membership]):
    """A role of a person: from, until, by whom, why. call: the title of the only one it is for."""

    name = serializers.CharField(source="person_name")
    email = serializers.CharField(source="person_email")
    party = serializers.CharField(source="party.code", default=None)
    department = serializers.CharField(source="department.name", default=None)
    call = serializers.CharField(source="call_title")

    class Meta:
        model = Membership
        fields: tuple[str, ...] = (
            "id",
            "name",
            "email",
            "role",
            "party",
            "department",
            "call",
            "starts_at",
            "ends_at",
            "appointed_by_name",
            "reason",
        )


class PersonIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField()
    until = serializers.DateTimeField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)


class AppointIn(PersonIn):
    """party: code of the partner. call: address of the only call it is for."""

    role = serializers.ChoiceField(choices=Role.choices)
    party = serializers.CharField(max_length=3, required=False, allow_blank=True, default="")
    call = serializers.SlugField(required=False, allow_blank=True, default="")


class EndIn(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=300)


class RoleOut(serializers.Serializer[Any]):
    """lacking: rights for want of which the caller cannot grant the role."""

    role = serializers.CharField()
    name = serializers.CharField(source="label")
    condition = serializers.CharField()
    rights = serializers.ListField(child=serializers.CharField())
    of_one_call = serializers.ListField(child=serializers.CharField())
    lacking = serializers.ListField(child=serializers.CharField())


class People(OfficeDoor, Listing):
    """Everybody who has or had a role, filtered as on the office's page."""

    right = "view_dossiers"
    rows = Membership.objects.all()
    serializer_class = MembershipOut
    filterset_class = MembershipFilter

    def listing(self, rows: Any) -> Any:
        return rows.select_related("party", "department")

    get = described("People and their roles")(Listing.get)


class Roles(OfficeDoor):
    right = "view_dossiers"
    serializer_class = RoleOut

    @described("What each role may do, and which of them one can grant")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response({"results": RoleOut(table_of_roles(self.actor), many=True).data})


class Appoint(OfficeDoor, Act):
    """Give a person a role. Nobody appoints themselves, nor grants what they do not hold."""

    right = "manage_people"
    needs_recent_sign_in = True
    body = AppointIn
    answer = MembershipOut
    status = 201

    def act(self, values: dict[str, Any]) -> Membership:
        role, party, call = Role(values.pop("role")), values.pop("party"), values.pop("call")
        with acting(self.actor):
            post = Post(
                role,
                Party.objects.reach(self.actor, code=party) if party else None,
                call=Call.objects.reach(self.actor, slug=call) if call else None,
            )
        return appoint_by_address(
            values.pop("email"), actor=self.actor, at=self.at, post=post, **values
        )


class Dismiss(OfficeDoor, Act):
    """End a role at once."""

    right = "manage_people"
    needs_recent_sign_in = True
    body = EndIn
    answer = MembershipOut

    def act(self, values: dict[str, Any]) -> Membership:
        return dismiss(self.kwargs["membership"], actor=self.actor, at=self.at, **values)
