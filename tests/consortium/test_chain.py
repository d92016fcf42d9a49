"""The chain: what is hashed, that every entry gets its link, and that nobody else makes one."""

from contextlib import suppress
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import IntegrityError, ProgrammingError

from consortium import chain, journal
from consortium import rowsecurity_journal as triggers
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import JournalEntry, JournalLink
from consortium.rowsecurity_sql import install
from consortium.verification import Verification
from tests.world import NOON

RAW = """
INSERT INTO consortium_journalentry
       (id, consortium_id, act, subject, subject_id, by_name, wall, at, reason, facts, request_id)
VALUES (gen_random_uuid(), %s, 'test.raw', 'x', '1', '', 'staff', now(), '', '{}', '')
"""


def commit():
    """What a commit does to the triggers that wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write(world, *acts, slug="emat"):
    system = world.system(slug)
    with acting(system):
        subject = world.partnership("WAW", slug)
        return [journal.record(act, subject, actor=system, at=NOON) for act in acts]


def links(world, slug="emat"):
    with acting(world.system(slug)):
        return list(JournalLink.objects.order_by("sequence"))


def differences(world, slug="emat"):
    return [str(each) for each in Verification(world.consortia[slug].pk).findings()]


# -- the form


def test_a_form_that_was_used_stays_as_it_is():
    """Changing what this test says makes every journal that exists unverifiable: add a form."""
    texts = [None if n % 5 == 4 else f"é{n}" for n in range(len(chain.FORMS[1]))]
    marked = chain.marks(texts)
    hashed = chain.link_hash(chain.ORIGIN, chain.Place(7, 1, form=1), texts, marked)
    assert sha256(" ".join(chain.FORMS[1]).encode()).hexdigest()[:16] == "d9ab06d7831eb34c"
    assert hashed.hex() == "e0a2cb2bf6b0ad31d53958807bb55df789cc764d9b19070de31e53ad62b44453"


def test_parts_cannot_be_shifted_into_one_another():
    one, other = ["ab", "c", None], ["a", "bc", None]
    place = chain.Place(1, 1)
    hashes = {chain.link_hash(chain.ORIGIN, place, each, b"") for each in (one, other)}
    assert len(hashes) == 2
    assert chain.part("") != chain.part(None)


def test_the_form_in_use_holds_every_column_of_the_journal():
    columns = {field.column for field in JournalEntry._meta.concrete_fields}
    assert set(chain.FORMS[chain.FORM]) == columns


# -- every entry, once, in order


def test_entries_are_linked_without_gaps_when_they_are_committed(world):
    before = links(world)[-1]
    made = write(world, "test.one", "test.two", "test.three")
    assert links(world)[-1] == before
    commit()
    after = links(world)
    assert [link.pk for link in after[-3:]] == [entry.pk for entry in made]
    assert [link.sequence for link in after] == list(range(1, before.sequence + 4))
    assert differences(world) == []


def test_each_consortium_has_a_chain_of_its_own(world):
    before = links(world, "arts")
    write(world, "test.act")
    commit()
    assert links(world, "arts") == before


def test_many_rows_in_one_statement_and_raw_statements_are_linked_too(world):
    system, before = world.system(), len(links(world))
    with acting(system):
        journal.record_all("test.all", [world.partnership("WAW")] * 5, actor=system, at=NOON)
        with connection.cursor() as cursor:
            cursor.execute(RAW, [system.tenant])
    commit()
    assert len(links(world)) == before + 6
    assert differences(world) == []


def test_what_a_savepoint_took_back_is_in_no_chain(world):
    before = len(links(world))
    with acting(world.system()):
        write(world, "test.kept")
        with suppress(ZeroDivisionError), transaction.atomic():
            write(world, "test.taken_back")
            raise ZeroDivisionError
        write(world, "test.kept_too")
    commit()
    assert len(links(world)) == before + 2
    assert differences(world) == []


def test_what_was_there_before_the_trigger_is_linked_when_it_is_made(apart):
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TRIGGER itinera_chain ON consortium_journalentry")
        cursor.execute("ALTER TABLE consortium_journallink DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM consortium_journallink")
        cursor.execute("ALTER TABLE consortium_journallink ENABLE TRIGGER USER")
    write(apart, "test.unlinked")
    assert links(apart) == []
    for _ in range(2):
        install(connections["owner"])
        assert differences(apart) == []
    with acting(apart.system()):
        assert len(links(apart)) == JournalEntry.objects.count() > 0


# -- at once


def at_once(world, many=6):
    """So many writers commit together; returns what failed."""
    both, failures = Barrier(many), []
    system = world.system()

    def one(number):
        try:
            with acting(system):
                write(world, f"test.at_once_{number}")
                both.wait(timeout=10)
        except DatabaseError as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=one, args=[n]) for n in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return failures


def slowly(body: str) -> None:
    """Let every link take its time between reading the last one and writing its own."""
    head, _ = triggers.functions()["itinera_link"]
    body = body.replace("  IF NOT FOUND", "  PERFORM pg_sleep(0.05);\n  IF NOT FOUND")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE FUNCTION {head} AS $${body}$$")


@pytest.mark.slow
def test_writers_that_commit_together_come_one_after_the_other(apart):
    slowly(triggers.functions()["itinera_link"][1])
    before = len(links(apart))
    assert at_once(apart) == []
    assert len(links(apart)) == before + 6
    assert differences(apart) == []


@pytest.mark.slow
def test_control_without_the_lock_they_collide(apart):
    _, body = triggers.functions()["itinera_link"]
    slowly("\n".join(line for line in body.splitlines() if "advisory" not in line))
    assert {type(failure) for failure in at_once(apart)} == {IntegrityError}


# -- nobody else


@pytest.mark.parametrize("wall", Wall)
def test_nobody_writes_a_link(world, wall):
    actor = Actor(wall=wall, consortium_id=world.consortia["emat"].pk)
    statement = (
        "INSERT INTO consortium_journallink (id, consortium_id, sequence, form, marks, hash)"
        " VALUES (gen_random_uuid(), %s, 999, 1, '', '')"
    )
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(actor),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [actor.tenant])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consortium_journallink SET sequence = sequence + 1",
        "DELETE FROM consortium_journallink",
        "TRUNCATE consortium_journallink",
    ],
)
@pytest.mark.parametrize("who", ["default", "owner"])
def test_a_link_stays_as_it_is_even_for_the_owner(apart, who, statement):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|append-only"),
        connections[who].cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_functions_behind_the_triggers_are_nobodys_to_call(world):
    roles = ["itinera_app", *(wall.role for wall in Wall)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, role FROM pg_proc, unnest(%s::text[]) AS role"
            " WHERE (proname IN ('itinera_link', 'itinera_part') OR proname LIKE 'itinera\\_%%'"
            "        AND prorettype = 'trigger'::regtype)"
            " AND has_function_privilege(role, pg_proc.oid, 'EXECUTE')",
            [roles],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT count(*) FROM pg_proc WHERE proname LIKE 'itinera\\_%%'"
            " AND prorettype = 'trigger'::regtype"
        )
        assert cursor.fetchone()[0] >= 4


def test_a_trigger_on_a_table_of_ones_own_cannot_use_them(apart):
    """A definer's function on a temporary table would link what is no entry."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE forged (id uuid, consortium_id bigint)")
        with pytest.raises(ProgrammingError, match="permission denied for function"):
            cursor.execute(
                "CREATE TRIGGER forged AFTER INSERT ON forged"
                " FOR EACH ROW EXECUTE FUNCTION itinera_chain()"
            )
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE forged (id uuid, consortium_id bigint)")
        cursor.execute(
            "CREATE TRIGGER forged AFTER INSERT ON forged"
            " FOR EACH ROW EXECUTE FUNCTION itinera_chain()"
        )
        with pytest.raises(DatabaseError, match="only the journal is chained"):
            cursor.execute("INSERT INTO forged VALUES (gen_random_uuid(), 1)")


def test_a_trigger_that_rests_and_a_changed_function_are_noticed(apart):
    owner = connections["owner"]
    assert triggers.differences(owner) == []
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE consortium_journalentry DISABLE TRIGGER itinera_chain")
    assert triggers.differences(owner) == [
        "consortium_journalentry: the trigger itinera_chain is missing or switched off."
    ]
    slowly(triggers.functions()["itinera_link"][1])
    assert "The function itinera_link differs from the code." in triggers.differences(owner)
