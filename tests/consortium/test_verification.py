"""`verify_journal` against an owner who switches the triggers off: what is done is found and named."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from consortium import chain, journal, verification
from consortium.access import acting
from consortium.models import JournalEntry, JournalLink
from consortium.verification import Head, Verification
from tests.world import NOON

ENTRIES, LINKS = "consortium_journalentry", "consortium_journallink"
AT = "2027-01-15T12:00:00.000000Z"
# column -> what an owner might put there; generated ones lose their expression first.
CHANGED = {
    "act": "'test.other'",
    "subject": "'admissions.call'",
    "subject_id": "'other'",
    "case_id": "gen_random_uuid()",
    "for_id": "coalesce(for_id, 0) + 1",
    "by_id": "coalesce(by_id, 0) + 1",
    "by_name": "'Somebody else'",
    "by_parties": "array_append(by_parties, 1)",
    "wall": "'partner'",
    "at": "at + interval '1 microsecond'",
    "reason": "reason || ' '",
    "facts": "facts || '{\"more\": 1}'",
    "request_id": "'other'",
    "is_read": "NOT is_read",
    "told_name": "'Somebody else'",
}


@pytest.fixture
def entries(apart) -> list[JournalEntry]:
    """Five entries after those of the world, alike but for their acts."""
    system = apart.system()
    with acting(system):
        subject = apart.partnership("WAW")
        return [
            journal.record(f"test.act{n}", subject, actor=system, at=NOON, reason="Why.")
            for n in range(5)
        ]


def link_of(world, entry) -> JournalLink:
    with acting(world.system()):
        return JournalLink.objects.get(pk=entry.pk)


def verify(*arguments: str) -> list[str]:
    """The differences it names; an exit code of 1 goes with them and with them alone."""
    out = StringIO()
    failed = False
    try:
        call_command("verify_journal", *arguments, stdout=out)
    except CommandError:
        failed = True
    lines = [line for line in out.getvalue().splitlines() if " entries " not in line]
    assert failed == bool(lines)
    return lines


def named(world, entry, act: str = "") -> str:
    number = link_of(world, entry).sequence
    return f"emat: number {number}, entry {entry.pk}, {act or entry.act}, {AT}: "


def test_an_untouched_journal_verifies(apart, entries, capsys):
    assert verify() == []
    call_command("verify_journal", "--consortium", "emat")
    told = capsys.readouterr().out
    head = link_of(apart, entries[-1])
    assert "emat: 21 entries in" in told
    assert f"no differences, head {head}" in told
    assert "arts" not in told


def test_every_column_is_among_those_that_are_changed_below():
    assert {*CHANGED, "id", "consortium_id"} == set(chain.FORMS[chain.FORM])


def test_a_changed_column_is_found_and_named_whichever_it_is(apart, as_owner):
    """Each in an entry of its own, all read at once."""
    system = apart.system()
    with acting(system):
        subject = apart.partnership("WAW")
        made = [journal.record("test.act", subject, actor=system, at=NOON) for _ in CHANGED]
    as_owner(
        *(
            f"ALTER TABLE {ENTRIES} ALTER COLUMN {column} DROP EXPRESSION"
            for column in ("is_read", "told_name")
        ),
        *(
            f"UPDATE {ENTRIES} SET {column} = {value} WHERE id = '{entry.pk}'"
            for entry, (column, value) in zip(made, CHANGED.items(), strict=True)
        ),
    )
    for line, entry, column in zip(verify(), made, CHANGED, strict=True):
        at = "2027-01-15T12:00:00.000001Z" if column == "at" else AT
        act = "test.other" if column == "act" else entry.act
        expected = f"{column} differs from what was chained."
        assert line == named(apart, entry, act).replace(AT, at) + expected


def test_a_name_that_is_derived_changes_with_its_source(apart, entries, as_owner):
    as_owner(f"UPDATE {ENTRIES} SET by_name = 'Somebody else' WHERE id = '{entries[2].pk}'")
    assert verify() == [
        named(apart, entries[2]) + "by_name, told_name differs from what was chained."
    ]


def test_values_that_no_program_expects_are_told_too(apart, entries, as_owner):
    for value in ("'infinity'", "'0044-03-15 BC'"):
        as_owner(f"UPDATE {ENTRIES} SET at = {value} WHERE id = '{entries[2].pk}'")
        (line,) = verify()
        assert line.endswith(": at differs from what was chained.")


def test_a_changed_identifier_leaves_a_link_and_an_entry_alone(apart, entries, as_owner):
    ((other,),) = as_owner(
        f"UPDATE {ENTRIES} SET id = gen_random_uuid() WHERE id = '{entries[2].pk}' RETURNING id"
    )
    gone, alone = verify()
    assert gone.startswith(f"emat: number 19, entry {entries[2].pk}, written 2")
    assert gone.endswith(": its entry is gone.")
    assert alone.startswith(f"emat: entry {other}, test.act2, {AT}: in no link")


def test_an_entry_that_was_moved_to_another_consortium_is_missed_and_found(
    apart, entries, as_owner
):
    arts = apart.consortia["arts"].pk
    as_owner(f"UPDATE {ENTRIES} SET consortium_id = {arts} WHERE id = '{entries[2].pk}'")
    found, gone = verify()
    assert found.startswith(f"arts: entry {entries[2].pk}, test.act2, {AT}: in no link")
    assert gone.startswith(f"emat: number 19, entry {entries[2].pk}")


def test_a_removed_entry_is_found(apart, entries, as_owner):
    as_owner(f"DELETE FROM {ENTRIES} WHERE id = '{entries[2].pk}'")
    (line,) = verify()
    assert line.startswith(f"emat: number 19, entry {entries[2].pk}, written ")
    assert line.endswith(": its entry is gone.")


def test_a_removed_link_is_found_with_its_entry(apart, entries, as_owner):
    as_owner(f"DELETE FROM {LINKS} WHERE id = '{entries[2].pk}'")
    gap, alone = verify()
    assert gap == "emat: number 19 is missing from the chain."
    assert alone.startswith(f"emat: entry {entries[2].pk}, test.act2, {AT}: in no link")


def test_entries_removed_with_their_links_are_found_by_the_gap(apart, entries, as_owner):
    ids = ", ".join(f"'{entry.pk}'" for entry in entries[1:3])
    as_owner(*(f"DELETE FROM {table} WHERE id IN ({ids})" for table in (ENTRIES, LINKS)))
    assert verify() == ["emat: numbers 18 to 19 are missing from the chain."]


def test_a_closed_gap_is_found_by_what_follows(apart, entries, as_owner):
    """Removed, and those after it numbered anew."""
    as_owner(
        *(f"DELETE FROM {table} WHERE id = '{entries[2].pk}'" for table in (ENTRIES, LINKS)),
        f"UPDATE {LINKS} SET sequence = sequence - 1 WHERE sequence > 19 AND consortium_id ="
        f" {apart.consortia['emat'].pk}",
    )
    first, *rest = verify()
    assert (
        first
        == named(apart, entries[3])
        + "its link does not fit the one before: one of the two was changed or moved."
    )
    assert len(rest) == 1


def test_what_was_cut_off_at_the_end_is_found_by_a_head_kept_elsewhere(apart, entries, as_owner):
    head = str(link_of(apart, entries[-1]))
    kept = ("--consortium", "emat", "--head", head)
    assert verify(*kept) == []
    ids = ", ".join(f"'{entry.pk}'" for entry in entries[3:])
    as_owner(*(f"DELETE FROM {table} WHERE id IN ({ids})" for table in (ENTRIES, LINKS)))
    assert verify() == []
    (line,) = verify(*kept)
    assert line == (
        "emat: numbers 20 to 21 are missing: the chain ends at 19, the head that was kept says 21."
    )


def test_a_chain_that_was_made_anew_is_found_by_a_head_kept_elsewhere(apart, entries, as_owner):
    """Whoever owns the database can compute as we do; what left the house they cannot change."""
    kept = link_of(apart, entries[-2])
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP TRIGGER itinera_chain ON {ENTRIES}")
    as_owner(
        f"UPDATE {ENTRIES} SET reason = 'Another.' WHERE id = '{entries[0].pk}'",
        f"DELETE FROM {LINKS}",
        f"SELECT itinera_link(e) FROM (SELECT * FROM {ENTRIES} ORDER BY id LIMIT 1000) f"
        f" JOIN {ENTRIES} e ON e.id = f.id",
    )
    assert verify() == []
    (line,) = verify("--consortium", "emat", "--head", str(kept))
    assert line.startswith("emat: number 20, entry ")
    assert line.endswith("the journal up to here was rewritten.")


@pytest.mark.parametrize("column", ["id", "sequence", "hash", "marks"])
def test_two_links_that_were_swapped_are_found(apart, entries, as_owner, column):
    one, other = entries[1], entries[3]
    numbers = {n: link_of(apart, entry).sequence for n, entry in enumerate(entries)}
    as_owner(
        f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {LINKS}",
        f"ALTER TABLE {LINKS} DROP CONSTRAINT journal_link_once",
        f"ALTER TABLE {LINKS} DROP CONSTRAINT {LINKS}_tenant_key",
        f"ALTER TABLE {LINKS} DROP CONSTRAINT {LINKS}_pkey",
        f"UPDATE {LINKS} AS l SET {column} = k.{column} FROM kept AS k"
        f" WHERE (l.id, k.id) IN (('{one.pk}', '{other.pk}'), ('{other.pk}', '{one.pk}'))",
    )
    lines = verify()
    for place in (1, 3):
        assert any(line.startswith(f"emat: number {numbers[place]}, entry ") for line in lines)
    assert not any(f"number {numbers[0]}," in line for line in lines)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            "hash = sha256(hash)",
            "its link does not fit the one before: one of the two was changed or moved.",
        ),
        ("marks = sha256(marks)", "the marks of its link were changed."),
        ("form = 9", "no form 9 is known."),
        ("sequence = -5", "no number of a chain, or one that stands there already."),
    ],
)
def test_a_changed_link_is_named(apart, entries, as_owner, change, what):
    as_owner(f"UPDATE {LINKS} SET {change} WHERE id = '{entries[2].pk}'")
    lines = verify()
    assert any(f"entry {entries[2].pk}, test.act2, {AT}: {what}" in line for line in lines)
    followers = {str(entry.pk) for entry in entries[3:]}
    assert not any(pk in line for pk in followers for line in lines)


def test_a_forged_entry_is_found_without_a_link_and_with_a_false_one(apart, entries, as_owner):
    columns = ", ".join(
        f.column
        for f in JournalEntry._meta.concrete_fields
        if f.column not in {"id", "is_read", "told_name"}
    )
    ((forged,),) = as_owner(
        f"INSERT INTO {ENTRIES} (id, {columns}) SELECT gen_random_uuid(), {columns}"
        f" FROM {ENTRIES} WHERE id = '{entries[0].pk}' RETURNING id"
    )
    (line,) = verify()
    assert line.startswith(f"emat: entry {forged}, test.act0, {AT}: in no link")
    as_owner(
        f"INSERT INTO {LINKS} (id, consortium_id, sequence, form, marks, hash) SELECT '{forged}', consortium_id, 22, form, marks, hash"
        f" FROM {LINKS} WHERE id = '{entries[4].pk}'"
    )
    (line,) = verify()
    assert line.startswith(f"emat: number 22, entry {forged}, test.act0, {AT}: id, act differs")


def test_a_forged_entry_between_two_others_is_found(apart, entries, as_owner):
    emat = apart.consortia["emat"].pk
    as_owner(
        f"UPDATE {LINKS} SET sequence = -sequence WHERE consortium_id = {emat} AND sequence > 18",
        f"UPDATE {LINKS} SET sequence = 1 - sequence WHERE consortium_id = {emat} AND sequence < 0",
        f"INSERT INTO {LINKS} (id, consortium_id, sequence, form, marks, hash) SELECT gen_random_uuid(), consortium_id, 19, form, marks, hash"
        f" FROM {LINKS} WHERE id = '{entries[4].pk}'",
    )
    first, *rest = verify()
    assert first.startswith("emat: number 19, entry ")
    assert len(rest) == 3


def test_many_differences_are_counted(apart, entries, as_owner, monkeypatch):
    monkeypatch.setattr("consortium.management.commands.verify_journal.MOST", 3)
    as_owner(f"UPDATE {ENTRIES} SET reason = 'No.'")
    told = verify("--consortium", "emat")
    assert len(told) == 4
    assert told[-1] == "emat: and 18 more."


@pytest.mark.slow
def test_a_long_journal_is_read_in_batches_and_says_how_far_it_is(apart, as_owner, capsys):
    system = apart.system()
    with acting(system):
        subject = apart.partnership("WAW")
        for _ in range(20):
            journal.record_all("test.act", [subject] * 1000, actor=system, at=NOON)
    call_command("verify_journal", "--consortium", "emat")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "emat: 20,000 entries read"
    assert told[1].startswith("emat: 20,016 entries in")
    as_owner(
        f"UPDATE {ENTRIES} SET reason = 'No.' WHERE id ="
        f" (SELECT id FROM {ENTRIES} ORDER BY id DESC LIMIT 1)"
    )
    assert len(verify()) == 1


@pytest.mark.parametrize("told", ["", "5", "5:", "5:zz", "0:" + "a" * 64, "x:" + "a" * 64])
def test_what_is_no_head_is_refused(apart, told):
    with pytest.raises(ValueError, match="A head is a number"):
        Head.of(told)
    if told:
        with pytest.raises(CommandError, match="A head is a number"):
            call_command("verify_journal", "--consortium", "emat", "--head", told)


def test_a_head_needs_its_consortium_and_a_consortium_must_exist(apart):
    with pytest.raises(CommandError, match="name it with --consortium"):
        call_command("verify_journal", "--head", "1:" + "a" * 64)
    with pytest.raises(CommandError, match="There is no consortium nowhere"):
        call_command("verify_journal", "--consortium", "nowhere")


def test_an_entry_that_was_changed_with_its_link_is_found_by_the_link_that_follows(
    apart, entries, as_owner
):
    as_owner(
        f"UPDATE {ENTRIES} SET reason = 'Another.' WHERE id = '{entries[2].pk}'",
        f"CREATE TEMPORARY TABLE later AS SELECT * FROM {LINKS} WHERE consortium_id ="
        f" {apart.consortia['emat'].pk} AND sequence > 18",
        f"DELETE FROM {LINKS} WHERE id IN (SELECT id FROM later)",
        f"SELECT itinera_link(e) FROM {ENTRIES} AS e WHERE id = '{entries[2].pk}'",
        f"INSERT INTO {LINKS} SELECT * FROM later WHERE sequence > 19",
    )
    (line,) = verify()
    assert line == named(apart, entries[3]) + (
        "its link does not fit the one before: one of the two was changed or moved."
    )


def test_an_empty_journal_has_no_head(apart, as_owner):
    as_owner(f"DELETE FROM {ENTRIES}", f"DELETE FROM {LINKS}")
    reading = Verification(apart.consortia["emat"].pk)
    assert (list(reading.findings()), reading.head, reading.read) == ([], None, 0)


def test_python_does_not_ask_the_functions_of_the_database(apart, entries, as_owner):
    """It finds an entry that a replaced function did not chain as it should have."""
    as_owner(
        "CREATE OR REPLACE FUNCTION itinera_part(told text) RETURNS bytea LANGUAGE sql IMMUTABLE"
        " RETURN '\\x00'::bytea"
    )
    assert verify() == []
    with acting(apart.system()):
        journal.record("test.act", apart.partnership("WAW"), actor=apart.system(), at=NOON)
    assert len(verify()) == 1
    assert "itinera" not in verification._LINKS + verification._ENTRIES
