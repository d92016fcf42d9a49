"""The consortium itself, its partners, its journal."""

from typing import Any

from rest_framework import serializers

from api.base import Listing, OfficeDoor, described
from consortium.models import JournalEntry
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
        fields = ("id", "act", "subject", "subject_id", "by_name", "wall", "at", "reason", "facts")


class Journal(OfficeDoor, Listing):
    """Who did what, newest first."""

    right = "view_journal"
    rows = JournalEntry.objects.all()
    serializer_class = JournalOut

    def listing(self, rows: Any) -> Any:
        return rows
