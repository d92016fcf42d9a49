"""The operator's page: counts of every consortium, and nobody's name."""

import pytest

from consortium.access import acting, as_login
from consortium.domain.memberships import account_for
from consortium.domain.platform import jobs, tenants
from consortium.errors import NotFound
from consortium.models import OutboxMessage, User
from tests.web.desks import COORDINATOR, plain, queries, text_of

HOME = "/operator/"
OPERATOR = "operator@example.org"


@pytest.fixture
def operator(world, browse):
    account_for(OPERATOR, "Olga")
    with as_login():
        User.objects.filter(email=OPERATOR).update(is_operator=True)
    return browse(OPERATOR)


def mail(world, slug, at, many=1, **facts):
    system = world.system(slug)
    with acting(system):
        for n in range(many):
            OutboxMessage.objects.create(
                consortium_id=system.tenant,
                key=f"{slug}{n}{facts}",
                to="someone@example.org",
                subject="verdigris",
                body="verdigris",
                created_at=at,
                due_at=at,
                **facts,
            )


def test_consortia_with_their_counts(world, at, operator):
    mail(world, "emat", at, 2)
    mail(world, "emat", at, 1, attempts=3)
    mail(world, "arts", at, 1, sent_at=at)
    words = plain(operator.get(HOME))
    assert "emat verdigris /emat/ 4 2 2 3 1 0" in words
    assert "arts heliotrope /arts/ 4 2 2 0 0 1" in words


def test_no_person_is_named(world, emat, operator):
    emat.submitted("amina")
    text = text_of(operator.get(HOME))
    for personal in ("Amina", "amina@", "coordinator verdigris", "@emat.example", "reviewer LJU"):
        assert personal not in text


@pytest.mark.parametrize("email", [COORDINATOR, "amina@example.org"])
def test_the_page_exists_for_operators_alone(world, browse, email):
    assert browse(email).get(HOME).status_code == 404


def test_without_an_account_one_signs_in_first(world, browse):
    assert browse().get(HOME).url == f"/account/login/?next={HOME}"


def test_an_operator_has_no_office(call, operator):
    assert operator.get("/emat/office/").status_code == 404
    assert operator.get("/emat/partner/").status_code == 404


def test_the_figures_are_for_the_operators_wall_alone(world):
    for actor in (world.staff(), world.public(), world.system()):
        for asked in (tenants, jobs):
            with pytest.raises(NotFound):
                asked(actor=actor)


def test_queries_do_not_grow_with_mail(world, at, operator):
    few = queries(operator, HOME)
    mail(world, "emat", at, 30)
    assert queries(operator, HOME) == few
