"""API tokens as acts: what is kept of them, how long they live, and whose rights they carry."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from consortium.access import acting
from consortium.actor import Wall
from consortium.domain import tokens
from consortium.domain.accounts import deactivate, forget_what_is_past
from consortium.domain.memberships import dismiss
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound
from consortium.models import ApiToken, JournalEntry, Membership

OFFICER, REVIEWER = "officer@emat.example", "reviewer-lju@emat.example"


@pytest.fixture
def issue(world, at):
    def made(email=OFFICER, slug="emat", **facts):
        asked = {"name": "Script", "scope": ApiToken.Scope.READ, "days": 90, "at": at, **facts}
        return tokens.issue(world.user(email), world.consortia[slug], **asked)

    return made


def test_of_the_secret_only_its_digest_is_kept(world, issue):
    token, secret = issue()
    assert len(secret) >= len("itn_") + 43  # 256 bits in six each
    assert token.digest == sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM consortium_apitoken AS t")
        row = cursor.fetchone()[0]
    assert secret not in row
    assert secret[10:] not in row
    assert secret.startswith(token.prefix)


def test_two_secrets_differ(issue):
    assert issue(name="a")[1] != issue(name="b")[1]


def test_presented_it_is_found_and_counted(issue, at):
    token, secret = issue()
    for expected in (1, 2):
        assert tokens.present(secret, at=at).token.used == expected
    assert tokens.present(secret, at=at + timedelta(minutes=1)).token.used == 1
    assert ApiToken.objects.get(pk=token.pk).last_used_at == at + timedelta(minutes=1)


@pytest.mark.parametrize("wrong", ["", "itn_", "itn_guess", "x" * 5000])
def test_what_nobody_was_given_is_nothing(issue, at, wrong):
    issue()
    assert tokens.present(wrong, at=at) is None


def test_a_part_or_a_neighbour_of_the_secret_is_nothing(issue, at):
    _token, secret = issue()
    for near in (secret[:-1], secret + "A", secret.swapcase(), secret.removeprefix("itn_")):
        assert tokens.present(near, at=at) is None


def test_it_ends_to_the_second(issue, at):
    _token, secret = issue(days=1)
    end = at + timedelta(days=1)
    assert tokens.present(secret, at=end - timedelta(seconds=1)) is not None
    assert tokens.present(secret, at=end) is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_term_beyond_a_year_is_refused(issue, days):
    with pytest.raises(Invalid):
        issue(days=days)


def test_the_database_refuses_it_too(world, issue, at):
    token, _secret = issue()
    token.expires_at = at + timedelta(days=366)
    with pytest.raises(IntegrityError), transaction.atomic():
        token.save()


def test_revoked_it_is_dead_at_once_and_for_good(world, issue, at):
    token, secret = issue()
    tokens.revoke(world.user(OFFICER), token.pk, at=at)
    assert tokens.present(secret, at=at) is None
    with pytest.raises(NotFound):
        tokens.revoke(world.user(OFFICER), token.pk, at=at)


def test_nobody_else_revokes_it(world, issue, at):
    token, secret = issue()
    with pytest.raises(NotFound):
        tokens.revoke(world.user("coordinator@emat.example"), token.pk, at=at)
    assert tokens.present(secret, at=at) is not None


def test_names_are_once_among_the_living(world, issue, at):
    token, _secret = issue()
    with pytest.raises(Conflict):
        issue()
    assert ApiToken.objects.count() == 1
    tokens.revoke(world.user(OFFICER), token.pk, at=at)
    issue()
    issue(at=at + timedelta(days=91))
    assert [each.name for each in tokens.tokens_of(world.user(OFFICER))] == ["Script"]


@pytest.mark.parametrize("email", ["amina@example.org", "officer@arts.example"])
def test_only_people_with_a_role_there_make_one(issue, email):
    with pytest.raises(NotAllowed):
        issue(email)


def test_it_carries_the_owners_rights_of_the_moment(world, issue, at):
    token, _secret = issue(REVIEWER)
    actor = tokens.wearer(token, Wall.REVIEWER, at=at)
    assert actor.parties_with("review_dossiers")
    with acting(world.system()):
        member = Membership.objects.get(person_email=REVIEWER)
    dismiss(member.pk, actor=world.system(), at=at)
    assert tokens.wearer(token, Wall.REVIEWER, at=at) is None


def test_closing_the_account_ends_it(world, issue, at):
    _token, secret = issue()
    deactivate(world.user(OFFICER), at=at)
    assert tokens.present(secret, at=at) is None


def test_an_account_that_is_merely_not_active_presents_nothing(world, issue, at):
    _token, secret = issue()
    user = world.user(OFFICER)
    user.is_active = False
    user.save()
    assert tokens.present(secret, at=at) is None


def test_the_command_closes_an_account(world, issue, at, capsys):
    _token, secret = issue()
    call_command("deactivate", OFFICER.upper())
    assert tokens.present(secret, at=at) is None
    assert OFFICER in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("deactivate", "nobody@example.org")


def test_the_consortium_reads_of_it_in_its_journal(world, issue, at):
    token, secret = issue()
    tokens.revoke(world.user(OFFICER), token.pk, at=at)
    with acting(world.staff()):
        rows = JournalEntry.objects.for_actor(world.staff(), "view").filter(act__startswith="token")
        told = [(row.act, row.by_name, row.facts["token"]) for row in rows.order_by("id")]
        assert secret not in str([row.facts for row in rows])
    assert told == [
        ("token.issue", "officer verdigris", token.prefix),
        ("token.revoke", "officer verdigris", token.prefix),
    ]


def test_a_year_after_its_end_it_is_forgotten(issue, at):
    issue(days=1)
    assert forget_what_is_past(at=at + timedelta(days=365))["tokens"] == 0
    assert forget_what_is_past(at=at + timedelta(days=367))["tokens"] == 1
