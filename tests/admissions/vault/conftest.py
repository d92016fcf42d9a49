"""An applicant who asks for support, and the officer who rules on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from admissions.domain import dossiers, evidence, needs
from admissions.models import Document, Dossier, NeedsCase
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import JournalEntry
from tests.admission_world import OpenCall
from tests.admissions.cases import complete, pdf, upload
from tests.world import World

WANTED, HEALTH = "A quiet room: peppermint.", "I am deaf on one ear: peppermint."


@dataclass
class Desk:
    """Amina's dossier with her answer, step by step."""

    world: World
    call: OpenCall
    at: datetime
    name: str = "amina"

    @property
    def amina(self) -> Actor:
        return self.world.applicant(self.name)

    @property
    def officer(self) -> Actor:
        return self.world.inclusion()

    @property
    def later(self) -> datetime:
        return self.at + timedelta(hours=1)

    @property
    def dossier(self) -> Dossier:
        with acting(self.amina):
            return Dossier.objects.select_related("call").reach(self.amina)

    def draft(self) -> Dossier:
        return complete(self.world, self.call, self.at, self.name)

    def asked(self, dossier: Dossier, **answer: object) -> NeedsCase:
        said = {"asks": "true", "wanted": WANTED, "health": HEALTH, **answer}
        return needs.answer(dossier.pk, actor=self.amina, at=self.at, **said)

    def requested(self) -> NeedsCase:
        dossier = self.draft()
        self.asked(dossier)
        dossiers.submit(dossier.pk, actor=self.amina, at=self.at)
        return self.again()

    def held(self) -> NeedsCase:
        case = self.requested()
        self.attach(case)
        return self.again()

    def attach(self, case: NeedsCase, data: bytes | None = None) -> Document:
        file = upload(data or pdf(), "certificate peppermint.pdf")
        return evidence.attach(
            case.dossier_id, actor=self.amina, at=self.later, requirement="medical", upload=file
        )

    def again(self) -> NeedsCase:
        with acting(self.amina):
            return NeedsCase.objects.get()

    def journal(self) -> list[tuple[str, str]]:
        """(act, by) of what the inclusion desk may read, the first first."""
        with acting(self.officer):
            rows = JournalEntry.objects.for_actor(self.officer, "view").order_by("at", "id")
            return list(rows.values_list("act", "by_name"))


@pytest.fixture
def desk(world: World, calls: dict[str, OpenCall], at: datetime) -> Desk:
    return Desk(world, calls["emat"], at)
