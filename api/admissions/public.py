"""Calls as everyone may read them."""

from typing import Any

from admissions.models import Call
from api.admissions.serializers import CallInFull, CallOut
from api.base import Detail, Listing, described


class Calls(Listing):
    rows = Call.objects.all()
    serializer_class = CallOut

    get = described("Calls that are or were open")(Listing.get)


class CallDetail(Detail):
    rows = Call.objects.all()
    key = {"slug": "slug"}
    serializer_class = CallInFull

    def listing(self, rows: Any) -> Any:
        return rows.for_listing().prefetch_related("requirements", "criteria", "eligibility_rules")
