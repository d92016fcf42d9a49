"""Institutions, and what each is in a consortium."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
