"""What becomes of personal data, who can use these pages, whether the service is up."""

from typing import Any

from django.utils.translation import gettext as _

from consortium.register import DataClass, Entry, register
from web.health import is_ready
from web.public.base import VisitorPage

# What a person meets, in the order in which they meet it; words for the register's labels.
_SHOWN = (
    "consortium.User",
    "usersessions.UserSession",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "admissions.Dossier",
    "admissions.Document",
    "admissions.NeedsCase",
    "admissions.NeedsStep",
    "admissions.ReferenceRequest",
    "admissions.ReferenceLetter",
    "admissions.Review",
    "admissions.Offer",
    "admissions.Passport",
    "mobility_tracks.Enrolment",
    "mobility_tracks.Preference",
    "mobility_tracks.Placement",
    "consortium.Membership",
    "consortium.JournalEntry",
    "consortium.OutboxMessage",
)


class Privacy(VisitorPage):
    """Reads the data register itself, so that the page cannot promise something else."""

    template_name = "public/privacy.html"

    def context(self) -> dict[str, Any]:
        entries, words = register(), _words()
        held = [(words[label], entries[label]) for label in _SHOWN if label in entries]
        return {
            "page_title": _("Your data"),
            "held": [
                {
                    "what": what,
                    "why": entry.purpose,
                    "kept": entry.retention,
                    "about": _about(entry),
                }
                for what, entry in held
            ],
        }


def _about(entry: Entry) -> str:
    kinds = {kind for _name, kind in entry.fields()}
    if DataClass.SENSITIVE in kinds:
        return _("personal, with special care")
    return _("personal") if DataClass.PERSONAL in kinds else _("internal")


def _words() -> dict[str, str]:
    return {
        "consortium.User": _("Your account: e-mail address and password"),
        "usersessions.UserSession": _("Where you are signed in"),
        "mfa.Authenticator": _("Your passkeys and apps with codes"),
        "socialaccount.SocialAccount": _("What your university says of you, if you connect it"),
        "admissions.Dossier": _("Your dossier"),
        "admissions.Document": _("Your documents"),
        "admissions.NeedsCase": _("What you say on individual needs, encrypted and kept apart"),
        "admissions.NeedsStep": _("The amount of support that was approved for you"),
        "admissions.Passport": _("Your passport, encrypted and kept apart"),
        "admissions.ReferenceRequest": _("Whom you ask for a letter"),
        "admissions.ReferenceLetter": _("Letters about you"),
        "admissions.Review": _("Marks and comments of reviewers"),
        "admissions.Offer": _("Offers and your answers"),
        "mobility_tracks.Enrolment": _("Your enrolment"),
        "mobility_tracks.Preference": _("Your wishes for a semester"),
        "mobility_tracks.Placement": _("Where you study, and why there"),
        "consortium.Membership": _("Who works in a consortium"),
        "consortium.JournalEntry": _("Who did what, and when"),
        "consortium.OutboxMessage": _("Letters that left"),
    }


class Accessibility(VisitorPage):
    template_name = "public/accessibility.html"

    def context(self) -> dict[str, Any]:
        return {"page_title": _("Can everybody use these pages?")}


class ServiceStatus(VisitorPage):
    template_name = "public/status.html"

    def admit(self) -> None:
        super().admit()
        self.ready = is_ready()

    def context(self) -> dict[str, Any]:
        return {"page_title": _("Status of the service"), "ready": self.ready}
