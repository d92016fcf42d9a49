"""Programme versions, tracks, enrolments, allocation rounds, placements."""

from django.apps import AppConfig


class MobilityTracksConfig(AppConfig):
    name = "mobility_tracks"
