"""Addresses of the reviewer pages."""

from django.urls import URLPattern

app_name = "reviewer"
urlpatterns: list[URLPattern] = []
