"""Is the process alive, and can it serve? For supervisors, and for the public status page."""

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, JsonResponse


def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers under the restricted login role and is migrated."""
    ready = is_ready()
    return JsonResponse({"ready": ready}, status=200 if ready else 503)


def is_ready() -> bool:
    """Call outside every actor's context: it asks as the login role."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'admissions'")
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False
