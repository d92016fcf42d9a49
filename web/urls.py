"""Audiences and their addresses. A consortium's pages all begin with its slug."""

from django.urls import include, path

from web import health

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("account/", include("allauth.account.urls")),
]
