"""The database's own wall, tried with raw statements that no queryset has narrowed."""

from contextlib import suppress
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.models import JournalEntry, Membership, Party


def test_without_a_context_tenant_tables_are_refused(world):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(Membership.objects.all())


def test_staff_of_one_consortium_see_its_rows_alone_even_unfiltered(world):
    with acting(world.staff()):
        seen = set(Membership.objects.values_list("consortium__slug", flat=True))
    assert seen == {"emat"}


def test_a_role_without_a_consortium_sees_nothing(world):
    with acting(Actor(wall=Wall.STAFF)):
        assert list(Membership.objects.all()) == []


def test_contexts_nest_and_restore(world):
    with acting(world.staff(slug="emat")):
        with acting(world.staff(slug="arts")):
            assert Party.objects.values_list("consortium__slug", flat=True)[0] == "arts"
        assert set(Party.objects.values_list("consortium__slug", flat=True)) == {"emat"}
        with as_login(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("itinera_app",)
        assert set(Party.objects.values_list("consortium__slug", flat=True)) == {"emat"}


def test_a_failed_inner_context_restores_the_outer(world):
    with acting(world.staff(slug="emat")):
        with pytest.raises(ZeroDivisionError), acting(world.staff(slug="arts")):
            raise ZeroDivisionError
        assert set(Party.objects.values_list("consortium__slug", flat=True)) == {"emat"}


def elsewhere(ask):
    """Run on a connection of its own: here a transaction of the test is always around."""
    answers = []

    def run():
        try:
            answers.append(ask())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    return answers[0]


@pytest.mark.parametrize("fails", [False, True])
def test_an_outermost_context_leaves_nothing_on_its_connection(world, fails):
    actor = world.staff()

    def ask():
        with suppress(ZeroDivisionError), acting(actor):
            assert Party.objects.values_list("consortium__slug", flat=True)[0] == "emat"
            if fails:
                raise ZeroDivisionError
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, current_setting('itinera.consortium', true),"
                " current_setting('itinera.user', true)"
            )
            return cursor.fetchone()

    assert elsewhere(ask) == ("itinera_app", "", "")


def test_a_context_is_one_statement_and_one_more_where_another_is_around_it(world):
    actor, inner = world.staff(), world.staff(slug="arts")

    def ask():
        with CaptureQueriesContext(connection) as asked:
            with acting(actor):
                pass
            with acting(actor), acting(inner):
                pass
        texts = [query["sql"] for query in asked]
        return ["SET" if "set_config" in text else text.split()[0] for text in texts]

    one = ["BEGIN", "SET", "COMMIT"]
    two = ["BEGIN", "SET", "SAVEPOINT", "SET", "SET", "RELEASE", "COMMIT"]
    assert elsewhere(ask) == one + two


def test_a_row_cannot_be_written_for_another_consortium(world):
    stranger = world.consortia["arts"]
    with pytest.raises(ProgrammingError, match="row-level security"), acting(world.staff()):
        Party.objects.create(consortium=stranger, group_id=1, code="XXX", name="X")


def test_a_reference_into_another_consortium_is_refused(world, at):
    foreign = world.partnership("WAW", "arts").pk
    with pytest.raises(DatabaseError, match="foreign key"), acting(world.system()):
        Membership.objects.create(
            consortium=world.consortia["emat"],
            user=world.user("stranger@example.org"),
            person_name="x",
            person_email="x@example.org",
            role="reviewer",
            party_id=foreign,
            starts_at=at,
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("statement", ["UPDATE", "DELETE"])
def test_the_journal_is_append_only(world, at, statement):
    with acting(world.system()):
        entry = journal.record("test.act", world.partnership("WAW"), actor=world.system(), at=at)
    sql = {
        "UPDATE": "UPDATE consortium_journalentry SET act = 'x'",
        "DELETE": "DELETE FROM consortium_journalentry",
    }[statement]
    with (
        pytest.raises(DatabaseError, match=r"permission denied|append-only"),
        acting(world.system()),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    with acting(world.staff()):
        assert JournalEntry.objects.filter(pk=entry.pk).exists()


def test_an_operator_reads_counts_and_no_person(world):
    with acting(Actor(wall=Wall.OPERATOR)):
        assert Membership.objects.only("id", "role").count() > 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            list(Membership.objects.values_list("person_name"))
