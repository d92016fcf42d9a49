"""What every template may rely on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """consortium, actor, clock, demo, university_name: the facts around a page. No query."""
    return {
        "consortium": getattr(request, "consortium", None),
        "actor": getattr(request, "actor", None),
        "viewing": getattr(request, "viewing", None),
        "clock": getattr(request, "at", None),
        "demo": settings.DEMO,
        "university_name": settings.OIDC_NAME if settings.OIDC_CLIENT_ID else "",
    }
