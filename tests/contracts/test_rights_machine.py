"""Random sequences of appointing, handing on, taking back, dates, conflicts and stages.

After every step what a person may do, and which dossiers a reviewer sees behind either wall, equals
a model written in plain dicts that shares no code with the house.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from admissions.domain import assignments, reviews
from admissions.models import Assignment, Dossier
from consortium.access import acting
from consortium.actor import Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import Post, account_for, appoint, dismiss
from consortium.errors import DomainError
from consortium.models import Department, Membership, Party
from consortium.roles import Container, Role
from mobility_tracks.domain.delegation import What, hand_on, take_back
from mobility_tracks.models import Offering
from partners.domain.departments import open_department
from partners.domain.partnerships import grant_to_party
from tests.admission_world import open_call_world
from tests.admissions.selection_world import Selection
from tests.world import NOON, World

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

PEOPLE = ("pia", "quinn", "rosa")
STATIONS = ("WAW", "LJU")
PARTY = {
    "review_dossiers",
    "host_students",
    "confirm_seats",
    "delegate_rights",
    "negotiate_sharing",
}
# Written out by hand, on purpose: the table in consortium/roles.py is what is checked.
ON_CONSORTIUM = {
    "officer": {
        "enter_office", "view_dossiers", "rule_eligibility", "assign_reviewers",
        "compute_rankings", "enrol_students", "run_rounds", "view_journal",
    },
    "committee": {"enter_office", "view_dossiers", "approve_rankings"},
    "observer": {"enter_office", "view_dossiers", "view_journal"},
    "finance": {"view_funding"},
    "inclusion": {"open_vault"},
}  # fmt: skip  # a table, read by its rows
ON_PARTY = {
    "reviewer": {"review_dossiers"},
    "partner": PARTY - {"review_dossiers"},
    "delegate": set(),
}
HANDED = ("host_students", "confirm_seats")
READ_IN = {"under_review", "ranked"}


class Rights(RuleBasedStateMachine):
    """One consortium, three people, two partners, two dossiers; every act through the domain."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.world, self.now = World(), NOON
        self.members, self.handed, self.tasks = {}, {}, {}
        self.ceilings = {station: set(PARTY) for station in STATIONS}

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def build(self):
        emat = Selection(self.world, open_call_world(self.world)["emat"])
        self.system, self.office = emat.system, self.world.staff()
        self.dossiers = {row.pk: row.state for row in emat.eligible("anna", "boris")}
        self.users = {name: account_for(f"{name}@example.org", name) for name in PEOPLE}
        with acting(self.system):
            self.parties = {s: Party.objects.get(code=s, consortium__slug="emat") for s in STATIONS}
            self.offerings = {
                "WAW": Offering.objects.get(code="s1-waw", consortium__slug="emat"),
                "LJU": Offering.objects.get(code="s3-lju", consortium__slug="emat"),
            }
        self.departments = {
            s: open_department(self.parties[s].pk, actor=self.partner(s), at=self.now, name="Lab")
            for s in STATIONS
        }
        self.somebody_already_works_here()

    def somebody_already_works_here(self):
        """A reviewer with a dossier and a delegate of a department: else chance rarely gets so far."""
        lju, lab = self.parties["LJU"], self.departments["LJU"]
        self.add(self.office, "pia", Post(Role.REVIEWER, lju), None, refused=False)
        self.add(self.office, "quinn", Post(Role.DELEGATE, lju, lab), None, refused=False)
        reviewer, dossier = next(iter(self.members)), min(self.dossiers)
        (row,) = assignments.assign(
            dossier, actor=self.office, at=self.now, membership_ids=[reviewer]
        )
        self.dossiers[dossier] = "under_review"
        self.tasks[row.pk] = {
            "dossier": dossier,
            "name": "pia",
            "station": "LJU",
            "conflicted": False,
        }

    def partner(self, station):
        return self.world.partner(station.lower())

    # -- what happens

    @rule(
        name=st.sampled_from(PEOPLE),
        role=st.sampled_from(sorted(ON_CONSORTIUM)),
        days=st.sampled_from([None, 20]),
    )
    def the_office_appoints(self, name, role, days):
        until = self.now + timedelta(days=days) if days else None
        refused = self.held_already(name, role, None, None) or (role == "observer" and not until)
        self.add(self.office, name, Post(Role(role)), until, refused=refused)

    @rule(
        name=st.sampled_from(PEOPLE),
        station=st.sampled_from(STATIONS),
        role=st.sampled_from(sorted(ON_PARTY)),
        by_partner=st.booleans(),
        lab=st.booleans(),
    )
    def somebody_is_appointed_for_a_partner(self, name, station, role, by_partner, lab):
        lab = lab and role == "delegate"
        ceiling = self.ceilings[station]
        may = (
            "delegate_rights" in ceiling and role in {"reviewer", "delegate"}
            if by_partner
            else True
        )
        # What a partner lacks its people lack too; a role that would open nothing is refused.
        opens = not ON_PARTY[role] or bool(ON_PARTY[role] & ceiling)
        refused = not may or not opens or self.held_already(name, role, station, lab)
        department = self.departments[station] if lab else None
        post = Post(Role(role), self.parties[station], department)
        actor = self.partner(station) if by_partner else self.office
        self.add(actor, name, post, None, refused=refused)

    def held_already(self, name, role, station, lab):
        return any(
            (m["name"], m["role"], m["station"], m["lab"]) == (name, role, station, bool(lab))
            and self.stands(m)
            for m in self.members.values()
        )

    def add(self, actor, name, post, until, *, refused):
        try:
            row = appoint(
                self.users[name], actor=actor, at=self.now, post=post, name=name, until=until
            )
        except DomainError:
            assert refused
            return
        assert not refused
        self.members[row.pk] = {
            "name": name,
            "role": post.role.value,
            "station": post.party.code if post.party else None,
            "lab": post.department is not None,
            "until": until,
        }

    @rule(data=st.data())
    def somebody_is_dismissed(self, data):
        if not self.members:
            return
        pk = data.draw(st.sampled_from(sorted(self.members)))
        if self.stands(self.members[pk]):
            dismiss(pk, actor=self.office, at=self.now, reason="Left")
            self.members[pk]["until"] = self.now

    @rule(
        data=st.data(),
        station=st.sampled_from(STATIONS),
        right=st.sampled_from(HANDED),
        whole=st.booleans(),
        days=st.sampled_from([None, 5]),
    )
    def a_partner_hands_on(self, data, station, right, whole, days):
        delegates = [
            pk
            for pk, m in self.members.items()
            if m["role"] == "delegate" and m["station"] == station and self.stands(m)
        ]
        whom = data.draw(st.sampled_from(["lab", *sorted(delegates)]))
        until = self.now + timedelta(days=days) if days else None
        ceiling = self.ceilings[station]
        twice = any(
            (h["station"], h["whom"], h["right"], h["whole"]) == (station, whom, right, whole)
            and self.stands(h)
            for h in self.handed.values()
        )
        refused = right not in ceiling or "delegate_rights" not in ceiling or twice
        with acting(self.system):
            to = (
                Department.objects.get(pk=self.departments[station].pk)
                if whom == "lab"
                else Membership.objects.get(pk=whom)
            )
        container = Container.PARTY if whole else Container.OFFERING
        what = What(frozenset({right}), container, None if whole else self.offerings[station].pk)
        try:
            row = hand_on(
                self.parties[station].pk,
                actor=self.partner(station),
                at=self.now,
                what=what,
                to=to,
                until=until,
                reason="So",
            )
        except DomainError:
            assert refused
            return
        assert not refused
        self.handed[row.pk] = {
            "station": station,
            "whom": whom,
            "right": right,
            "whole": whole,
            "until": until,
        }

    @rule(data=st.data())
    def a_partner_takes_back(self, data):
        standing = [
            pk
            for pk, h in self.handed.items()
            if self.stands(h) and "delegate_rights" in self.ceilings[h["station"]]
        ]
        if standing:
            pk = data.draw(st.sampled_from(sorted(standing)))
            take_back(pk, actor=self.partner(self.handed[pk]["station"]), at=self.now)
            self.handed[pk]["until"] = self.now

    @rule(station=st.sampled_from(STATIONS), without=st.sampled_from([None, *sorted(PARTY)]))
    def the_consortium_changes_what_a_partner_holds(self, station, without):
        self.ceilings[station] = PARTY - {without}
        with acting(self.system):
            grant_to_party(self.parties[station], frozenset(self.ceilings[station]))

    @rule(days=st.integers(1, 9))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @rule(data=st.data())
    def a_dossier_is_given_to_a_reviewer(self, data):
        free = [
            (pk, m)
            for pk, m in sorted(self.members.items())
            if m["role"] == "reviewer" and self.stands(m)
        ]
        if not free:
            return
        pk, member = data.draw(st.sampled_from(free))
        dossier = data.draw(st.sampled_from(sorted(self.dossiers)))
        if self.dossiers[dossier] not in {"eligible", "under_review"}:
            return
        try:
            (row,) = assignments.assign(
                dossier, actor=self.office, at=self.now, membership_ids=[pk]
            )
        except DomainError:
            return  # who may be given what is the assignments' own tests' business
        self.dossiers[dossier] = "under_review"
        self.tasks[row.pk] = {
            "dossier": dossier,
            "name": member["name"],
            "station": member["station"],
            "conflicted": False,
        }

    @rule(data=st.data())
    def a_reviewer_declares_a_conflict(self, data):
        open_tasks = [pk for pk, task in self.tasks.items() if not task["conflicted"]]
        if not open_tasks:
            return
        pk = data.draw(st.sampled_from(sorted(open_tasks)))
        name = self.tasks[pk]["name"]
        if any("review_dossiers" in rights for rights in self.expected(name)[1].values()):
            actor = self.actor(name, Wall.REVIEWER)
            reviews.recuse(pk, actor=actor, at=self.now, reason="Related")
            self.tasks[pk]["conflicted"] = True

    @rule(
        data=st.data(), state=st.sampled_from(["under_review", "ranked", "selected", "withdrawn"])
    )
    def a_dossier_moves_on(self, data, state):
        dossier = data.draw(st.sampled_from(sorted(self.dossiers)))
        with acting(self.system):
            Dossier.objects.filter(pk=dossier).update(state=state)
        self.dossiers[dossier] = state

    # -- what must be true

    def stands(self, record):
        return record["until"] is None or record["until"] > self.now

    def actor(self, name, wall):
        return actor_for(self.users[name], self.world.consortia["emat"], wall, at=self.now)

    def expected(self, name):
        """(rights on the consortium, per partner, per offering), by the model."""
        consortium, parties, offerings = set(), {}, {}
        mine = {pk: m for pk, m in self.members.items() if m["name"] == name and self.stands(m)}
        for pk, member in mine.items():
            consortium |= ON_CONSORTIUM.get(member["role"], set())
            station = member["station"]
            if station is None:
                continue
            held = parties.setdefault(station, set())
            held |= ON_PARTY[member["role"]] & self.ceilings[station]
            for each in self.handed.values():
                whom = {pk} | ({"lab"} if member["lab"] else set())
                if each["station"] != station or each["whom"] not in whom or not self.stands(each):
                    continue
                right = {each["right"]} & self.ceilings[station]
                if each["whole"]:
                    held |= right
                elif right and member["role"] == "delegate":
                    offerings.setdefault(station, set()).update(right)
        return consortium, parties, offerings

    @invariant()
    def rights_are_what_the_model_says(self):
        if not hasattr(self, "parties"):
            return
        for name in PEOPLE:
            consortium, parties, offerings = self.expected(name)
            actor = self.actor(name, Wall.APPLICANT)
            assert actor.rights == consortium
            assert actor.party_rights == {self.parties[s].pk: held for s, held in parties.items()}
            assert actor.container_rights == {
                self.offerings[s].pk: held for s, held in offerings.items()
            }

    @invariant()
    def reviewers_see_what_they_are_to_judge_behind_either_wall(self):
        if not hasattr(self, "parties"):
            return
        for name in PEOPLE:
            parties = self.expected(name)[1]
            judging = {station for station, held in parties.items() if "review_dossiers" in held}
            reviewing = bool(judging)
            open_to = {
                task["dossier"]
                for task in self.tasks.values()
                if task["name"] == name and not task["conflicted"] and task["station"] in judging
                if self.dossiers[task["dossier"]] in READ_IN
            }
            actor = self.actor(name, Wall.REVIEWER)
            assert (actor.wall is Wall.REVIEWER) == reviewing
            if not reviewing:
                continue
            with acting(actor):
                scoped = set(Dossier.objects.for_actor(actor).values_list("pk", flat=True))
                floor = set(Dossier.objects.values_list("pk", flat=True))
                assert Assignment.objects.for_actor(actor).count() == len(
                    [task for task in self.tasks.values() if task["name"] == name]
                )
            assert scoped == floor == open_to


@pytest.mark.slow
def test_rights_follow_the_model(world):
    run_state_machine_as_test(
        Rights,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
