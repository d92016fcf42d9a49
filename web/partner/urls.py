"""Addresses of the partner pages."""

from django.urls import URLPattern

app_name = "partner"
urlpatterns: list[URLPattern] = []
