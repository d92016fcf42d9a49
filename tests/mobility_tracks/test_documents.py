"""A version is kept with its file: what is exported loads to the same thing."""

from pathlib import Path

import pytest

from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium
from mobility_tracks.domain.documents import kept_for, read_back, text_of
from mobility_tracks.domain.loading.words import digest
from mobility_tracks.domain.programmes import load_programme
from mobility_tracks.models import ProgrammeVersion
from mobility_tracks.programme import Document, read, read_file

PROGRAMMES = Path(__file__).parents[2] / "programmes"


def told(name: str) -> Document:
    found = read_file(PROGRAMMES / name)
    assert isinstance(found, Document)
    return found


def current(consortium: Consortium) -> ProgrammeVersion:
    return ProgrammeVersion.objects.get(consortium=consortium, state="published")


@pytest.mark.parametrize("name", ["i-mesc.yaml", "travessia.yaml"])
@pytest.mark.usefixtures("world")
def test_an_exported_file_loads_to_the_same_thing(name, at):
    document = told(name)
    consortium = load_programme(document, at=at).consortium
    with acting(Actor.system(consortium.pk)):
        version = current(consortium)
        text = text_of(version, kept_for(version))
    again = read(text)
    assert isinstance(again, Document), again
    assert again.versions[-1].key == version.code
    assert all(version in document.versions for version in again.versions)
    assert load_programme(again, at=at).changes == []


@pytest.mark.usefixtures("world")
def test_the_document_is_the_file_s_own_part(at):
    document = told("i-mesc.yaml")
    consortium = load_programme(document, at=at).consortium
    with acting(Actor.system(consortium.pk)):
        version = current(consortium)
        kept = kept_for(version)
        assert digest(kept.body) == version.document_hash
        assert read_back(version, kept).versions[-1] in document.versions
