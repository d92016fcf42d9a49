"""Sealing: what goes in comes out at its own place, and nowhere else."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.db.models import CheckConstraint
from hypothesis import given
from hypothesis import strategies as st

from admissions.models import NeedsCase, Passport
from config.sealing_keys import DERIVED, keyring, main
from consortium import sealing
from consortium.models import put, sealed_fields
from consortium.register import register
from consortium.rowsecurity import tenant_models
from consortium.sealing import Place, SealBroken, seal, seal_bytes, unseal, unseal_bytes

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
NAME = st.text("abc|:\x00", min_size=1, max_size=6)
PLACES = st.builds(Place, st.integers(1, 99), NAME, NAME, NAME)
HERE = Place(1, "t", "r", "f")
OTHER_KEY = urlsafe_b64encode(b"k" * 32).decode()


@given(TEXT, PLACES)
def test_what_is_sealed_opens_where_it_was_sealed(text, place):
    value = seal(text, place)
    assert unseal(value, place) == text
    assert sealing.is_sealed(value) == bool(text)
    assert seal(text, place) != value or not text


@given(TEXT.filter(lambda text: len(text) > 2), PLACES)
def test_it_shows_nothing_of_the_text(text, place):
    assert text not in seal(text, place).split(":")[2]


@given(TEXT.filter(bool), PLACES, PLACES)
def test_it_opens_nowhere_else(text, place, elsewhere):
    if place == elsewhere:
        return
    with pytest.raises(SealBroken):
        unseal(seal(text, place), elsewhere)


@pytest.mark.parametrize("part", ["consortium_id", "table", "row", "field"])
def test_every_part_of_the_place_binds(part):
    elsewhere = replace(HERE, **{part: 2 if part == "consortium_id" else "other"})
    with pytest.raises(SealBroken, match="altered or sealed elsewhere"):
        unseal(seal("x", HERE), elsewhere)


def test_parts_cannot_be_moved_across_their_borders():
    with pytest.raises(SealBroken):
        unseal(seal("x", Place(1, "ta", "b", "c")), Place(1, "t", "ab", "c"))


@given(st.binary(max_size=2000), st.integers(0), st.integers(1, 255))
def test_a_single_changed_byte_is_noticed(data, at, flip):
    value = bytearray(seal_bytes(data, HERE))
    assert unseal_bytes(bytes(value), HERE) == data
    value[at % len(value)] ^= flip
    with pytest.raises(SealBroken):
        unseal_bytes(bytes(value), HERE)


@pytest.mark.parametrize(
    "value", ["plain", "s1:derived:", "s1:derived:AAAA", "s2:derived:" + "A" * 60]
)
def test_what_is_not_sealed_breaks(value):
    with pytest.raises(SealBroken, match="not sealed"):
        unseal(value, HERE)


def test_the_sentence_of_a_broken_seal_holds_no_text(settings):
    value = seal("canary", HERE)
    settings.SEALING_KEYS = keyring([f"new:{OTHER_KEY}"])
    with pytest.raises(SealBroken, match="'derived'") as broken:
        unseal(value, HERE)
    assert "canary" not in str(broken.value)
    assert value not in str(broken.value)


def test_the_first_key_seals_and_all_open(settings):
    old = seal("kept", HERE)
    settings.SEALING_KEYS = {**keyring([f"new:{OTHER_KEY}"]), **settings.SEALING_KEYS}
    assert sealing.key_of(seal("kept", HERE)) == "new"
    assert unseal(old, HERE) == "kept"


def test_the_same_name_with_another_key_opens_nothing(settings):
    value = seal("kept", HERE)
    settings.SEALING_KEYS = keyring([f"{DERIVED}:{OTHER_KEY}"])
    with pytest.raises(SealBroken, match="altered"):
        unseal(value, HERE)


def test_without_keys_nothing_is_sealed(settings):
    settings.SEALING_KEYS = {}
    with pytest.raises(SealBroken, match="SEALING_KEYS is empty"):
        seal("x", HERE)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["x"], "0 bytes"),
        (["x:AAAA"], "3 bytes"),
        ([f"UP:{OTHER_KEY}"], "word 1"),
        ([f"a:{OTHER_KEY}", f"a:{OTHER_KEY}"], "word 2"),
        (["a:A"], "not base64"),
    ],
)
def test_a_wrong_word_among_the_keys_is_told_without_the_key(words, says):
    with pytest.raises(ImproperlyConfigured, match=says) as refused:
        keyring(words)
    assert OTHER_KEY not in str(refused.value)


def test_a_drawn_key_is_one(capsys):
    assert main(["2027-01"]) == 0
    assert list(keyring([capsys.readouterr().out.strip()])) == ["2027-01"]
    assert main([]) == 2


def test_a_key_is_derived_only_where_none_is_given():
    assert list(keyring([], derive_from="secret")) == [DERIVED]
    assert list(keyring([f"a:{OTHER_KEY}"], derive_from="secret")) == ["a"]
    assert keyring([]) == {}


def test_a_text_in_clear_is_never_stored(world, at):
    row = Passport(consortium=world.consortia["emat"], dossier_id=uuid4(), saved_at=at)
    row.number = "P1234567"
    with pytest.raises(ValidationError, match="kept sealed") as refused:
        row.save(force_insert=True)
    assert "P1234567" not in str(refused.value)


def test_the_database_refuses_a_text_in_clear_too(world):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conname = ANY(%s)",
            [["passport_sealed", "needs_case_sealed"]],
        )
        assert cursor.fetchone() == (2,)


def test_a_row_seals_its_own_fields_alone(world):
    case = NeedsCase(consortium=world.consortia["emat"])
    put(case, wanted="a chair")
    assert sealing.is_sealed(case.wanted)
    with pytest.raises(LookupError, match="no field 'wants'"):
        put(case, wants="a chair")


def test_every_sealed_field_is_held_to_it_by_a_constraint():
    for model in tenant_models():
        held = " ".join(
            str(each.condition)
            for each in model._meta.constraints
            if isinstance(each, CheckConstraint) and each.name.endswith("_sealed")
        )
        for name in sealed_fields(model):
            assert f"'{name}__regex'" in held, f"{model._meta.label}.{name}"


def test_what_is_sealed_is_sensitive_in_the_register():
    sealed = {
        (model._meta.label, name) for model in tenant_models() for name in sealed_fields(model)
    }
    declared = register()
    assert sealed
    assert {
        (label, name) for label, name in sealed if name not in declared[label].sensitive.split()
    } == set()
