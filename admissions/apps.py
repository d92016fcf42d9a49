"""Calls, dossiers, references, reviews, ranking, offers."""

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "admissions"
