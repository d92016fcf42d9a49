"""The consortium itself, its partners, its journal."""

from typing import Any

from rest_framework import serializers

from api.base import Detail, Listing, OfficeDoor, described
from consortium.filters import JournalFilter
from consortium.models import JournalEntry, JournalLink
from partners.models import Partnership


class PartnerOut(serializers.ModelSerializer[Partnership]):
    name = serializers.CharField(source="institution.name")
    city = serializers.CharField(source="institution.city")
    country = serializers.CharField(source="institution.country")
    erasmus_code = serializers.CharField(source="institution.erasmus_code")

    class Meta:
        model = Partnership
        fields = ("code", "name", "city", "country", "erasmus_code", "kind", "awards_degree")


class Partners(Listing):
    rows = Partnership.objects.all()
    serializer_class = PartnerOut

    get = described("Partners of the consortium")(Listing.get)


class JournalOut(serializers.ModelSerializer[JournalEntry]):
    class Meta:
        model = JournalEntry
        fields = (
            "id",
            "act",
            "subject",
            "subject_id",
            "case_id",
            "for_id",
            "by_id",
            "by_name",
            "by_parties",
            "wall",
            "at",
            "reason",
            "facts",
        )


class Journal(OfficeDoor, Listing):
    """Who did what, for whom, newest first; without looks at files unless `looks` asks for them."""

    right = "view_journal"
    rows = JournalEntry.objects.all()
    serializer_class = JournalOut
    filterset_class = JournalFilter

    def listing(self, rows: Any) -> Any:
        return rows


class HeadOut(serializers.ModelSerializer[JournalLink]):
    hash = serializers.SerializerMethodField()
    head = serializers.CharField(source="__str__", help_text="For `verify_journal --head`.")

    class Meta:
        model = JournalLink
        fields = ("sequence", "hash", "head")

    def get_hash(self, link: JournalLink) -> str:
        return bytes(link.hash).hex()


class JournalHead(OfficeDoor, Detail):
    """The last link of the journal's chain; it vouches for everything before it."""

    right = "view_journal"
    rows = JournalLink.objects.all()
    serializer_class = HeadOut

    def listing(self, rows: Any) -> Any:
        return rows.order_by("-sequence")

    get = described("Head of the journal")(Detail.get)
