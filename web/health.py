"""Is the process alive, and can it serve? For supervisors, not for people."""

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, JsonResponse


def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers under the restricted login role and is migrated."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'admissions'")
            migrated = cursor.fetchone()[0] > 0
    except DatabaseError:
        migrated = False
    return JsonResponse({"ready": migrated}, status=200 if migrated else 503)
