"""Version 1 of the API. Addresses mirror the pages': /api/v1/{consortium}/{audience}/..."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
