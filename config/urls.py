"""The pages, the API beside them, and the demo's tools where DEMO=1."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    *([path("demo/", include("demo.urls"))] if settings.DEMO else []),
    path("api/v1/", include("api.urls")),
    path("", include("web.urls")),
]

handler404 = "web.errors.page_not_found"
handler429 = "web.errors.too_many_requests"
handler500 = "web.errors.server_error"
