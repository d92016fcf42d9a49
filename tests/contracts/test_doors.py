"""Which doors are strong is said in one place, and what is new is strong by default."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from api.base import Door
from consortium import sign_in
from consortium.actor import Wall
from consortium.middleware import TenantAndActor
from tests.contracts.test_access import _walk, routes
from tests.sign_in import sign_in as enter
from web.base import Page

WITHOUT_A_WALL = {"api:schema"}  # the document itself
# Functions: health, the language switch, signing in and out, the way back from a university.
FUNCTIONS = {"livez", "readyz", "set_language", "university-return"}


def test_the_weak_doors_are_these():
    assert {Wall.PUBLIC, Wall.APPLICANT, Wall.REFEREE, Wall.PERSON} == sign_in.WEAK_DOORS


@pytest.mark.parametrize("wall", list(Wall))
def test_every_other_wall_is_strong_also_one_that_is_new(wall):
    for base in (Page, Door):
        view = type("View", (base,), {"wall": wall})
        assert sign_in.is_strong_door(view) is (wall not in sign_in.WEAK_DOORS)
    assert sign_in.is_strong_door(type("View", (Page,), {"wall": "a wall of next year"}))


def test_a_weak_wall_is_made_strong_by_a_word():
    assert sign_in.is_strong_door(type("View", (Page,), {"needs_second_factor": True}))


def test_every_route_of_ours_has_a_wall_and_comes_through_a_base():
    for name, _parts, view in routes():
        if name not in WITHOUT_A_WALL:
            assert isinstance(view.wall, Wall), name
            assert issubclass(view, Page | Door), name


def test_what_is_no_class_is_one_of_few():
    found = {
        name
        for name, _parts, pattern in _walk(get_resolver().url_patterns, (), [])
        if not hasattr(pattern.callback, "view_class")
        and not hasattr(pattern.callback, "cls")
        and not pattern.callback.__module__.startswith("allauth.")
    }
    assert found == FUNCTIONS


def test_the_middleware_itself_takes_the_rights_away(world, at):
    """A page that forgot to ask would still show nothing."""
    seen = {}

    class Forgetful(Page):
        wall = Wall.STAFF

    for strong in (True, False):
        user = world.user("coordinator@emat.example")
        client = enter(Client(), user, strong=strong)
        request = RequestFactory().get("/emat/office/")
        request.session, request.user = client.session, user
        middleware = TenantAndActor(lambda _: HttpResponse())
        middleware(request)
        request.at = at
        middleware.process_view(request, Forgetful.as_view(), (), {"consortium": "emat"})
        seen[strong] = request.actor
    assert seen[True].may("enter_office")
    assert seen[False].rights == frozenset()
    assert seen[False].wall is Wall.PUBLIC
