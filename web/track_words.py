"""What a track says beside its stops: on the programme's page, and where tracks are ranked."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from consortium.actor import Actor
from mobility_tracks.models import Period, ProgrammeVersion, Track
from web import phrases

SOME = 3  # more degrees than this that depend on a choice stand as their universities alone


class TrackWords:
    """Tells tracks of one version. `periods`: titles by key."""

    def __init__(self, version: ProgrammeVersion, periods: Mapping[str, str]) -> None:
        self.version, self.periods = version, periods
        self.facts: Mapping[str, Any] = version.texts.get("facts", {})
        self.tracks: Mapping[str, Any] = self.facts.get("tracks", {})
        self.degrees = {degree["key"]: degree for degree in version.degrees}

    def says(self, track: Track) -> list[str]:
        facts = self.tracks.get(track.code)
        if not facts:
            return []
        branches = facts["specialisations"]
        said = [
            *(phrases.audience(whom) for whom in facts["only_for"]),
            _("Specialisation: %(name)s.") % {"name": phrases.listed(branches)} if branches else "",
            self._shorter(facts["ects"]),
            *(phrases.role(each, self.periods) for each in facts["roles"]),
            *self._degrees(facts),
            *self._exempt(facts["exempt_from"]),
        ]
        return [each for each in said if each]

    def _shorter(self, ects: Any) -> str:
        if not ects:
            return ""
        return _("A shorter way of %(credits)s.") % {"credits": phrases.credits_of(ects)}

    def _degrees(self, facts: Mapping[str, Any]) -> list[str]:
        sure, perhaps = ([self.degrees[key] for key in facts[of]] for of in ("degrees", "perhaps"))
        said = []
        if sure:
            said.append(_("Leads to: %(degrees)s.") % {"degrees": self._titles(sure)})
        if perhaps:
            words = _("Depending on the hosts you choose: %(degrees)s.")
            said.append(words % {"degrees": self._titles(perhaps)})
        return said

    def _titles(self, degrees: list[Mapping[str, Any]]) -> str:
        if len(degrees) > SOME:
            codes = dict.fromkeys(code for each in degrees for code in each["awarded_by"])
            return _("degrees of %(codes)s") % {"codes": ", ".join(codes)}
        return "; ".join(f"{each['title']} ({', '.join(each['awarded_by'])})" for each in degrees)

    def _exempt(self, keys: list[str]) -> list[str]:
        rules = {rule["key"]: rule["sentence"] for rule in self.version.rules}
        without = [rules[key] for key in keys if key in rules]
        return [_("Exempt from: %(rules)s") % {"rules": " ".join(without)}] if without else []


def notes_of(version_id: UUID, tracks: Iterable[Track], *, actor: Actor) -> dict[str, str]:
    """By code, what each track says, in one text: for a list to rank. Two queries."""
    version = ProgrammeVersion.objects.for_actor(actor, "view").get(pk=version_id)
    periods = Period.objects.for_actor(actor, "view").filter(version_id=version_id)
    words = TrackWords(version, dict(periods.values_list("code", "title")))
    return {track.code: " ".join(words.says(track)) for track in tracks}
