"""Tools of the demonstration: role chooser, mailbox, movable clock, seed. Only where DEMO=1."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    default_auto_field = "django.db.models.BigAutoField"
