"""The pages, by audience. No model lives here."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        from web.account import signals

        signals.connect()
