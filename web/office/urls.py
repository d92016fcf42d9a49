"""Addresses of the consortium office. Every form has an address of its own under its page."""

from django.urls import path

from web.office import (
    agreements,
    appointments,
    assignments,
    bulk,
    calls,
    cockpit,
    dossier_acts,
    dossiers,
    downloads,
    journal,
    new_round,
    offers,
    people,
    ranking,
    records,
    rounds,
    studies,
    track_page,
    viewing,
)
from web.office.dossier import DossierDesk

app_name = "office"
_CALL = "calls/<slug:slug>/"
_DOSSIER = "dossiers/<str:ref>/"
_ROUND = "rounds/<uuid:id>/"
_STUDENT = "students/<str:ref>/"
urlpatterns = [
    path("", cockpit.Cockpit.as_view(), name="cockpit"),
    path("calls/", calls.Calls.as_view(), name="calls"),
    path(_CALL, calls.CallPage.as_view(), name="call"),
    path(f"{_CALL}opening/", calls.Open.as_view(), name="open-call"),
    path(f"{_CALL}extension/", calls.Extend.as_view(), name="extend-call"),
    path(f"{_CALL}closing/", calls.Close.as_view(), name="close-call"),
    path(f"{_CALL}assignments/", assignments.Assignments.as_view(), name="assignments"),
    path(f"{_CALL}distribution/", assignments.Distribute.as_view(), name="distribute"),
    path(f"{_CALL}ranking/", ranking.RankingPage.as_view(), name="ranking"),
    path(f"{_CALL}ranking/computation/", ranking.Compute.as_view(), name="compute"),
    path(f"{_CALL}ranking/<uuid:run>/approval/", ranking.Approve.as_view(), name="approve"),
    path(f"{_CALL}ranking/<uuid:run>/replay/", ranking.Replay.as_view(), name="replay"),
    path(f"{_CALL}offers/", offers.Offers.as_view(), name="offers"),
    path(f"{_CALL}offers/preparation/", offers.PrepareAll.as_view(), name="prepare-offers"),
    path(f"{_CALL}offers/sending/", offers.Send.as_view(), name="send-offers"),
    path(
        f"{_CALL}offers/<uuid:offer>/withdrawal/",
        offers.TakeBackOffer.as_view(),
        name="take-back-offer",
    ),
    path("dossiers/", dossiers.Dossiers.as_view(), name="dossiers"),
    path("dossiers/assignment/", bulk.BulkAssignment.as_view(), name="bulk-assignment"),
    path(_DOSSIER, DossierDesk.as_view(), name="dossier"),
    path(f"{_DOSSIER}eligibility/", dossier_acts.Rule.as_view(), name="rule"),
    path(f"{_DOSSIER}assignments/", dossier_acts.Assign.as_view(), name="assign"),
    path(
        f"{_DOSSIER}assignments/<uuid:assignment>/withdrawal/",
        dossier_acts.TakeBack.as_view(),
        name="take-back",
    ),
    path(f"{_DOSSIER}offer/", dossier_acts.Prepare.as_view(), name="prepare-offer"),
    path("documents/<uuid:id>/file", downloads.DocumentFile.as_view(), name="document-file"),
    path("letters/<uuid:id>/file", downloads.LetterFile.as_view(), name="letter-file"),
    path("students/", studies.Students.as_view(), name="students"),
    path(_STUDENT, studies.StudentPage.as_view(), name="student"),
    path(f"{_STUDENT}placement/", studies.PlaceByHand.as_view(), name="place"),
    path(f"{_STUDENT}withdrawal/", studies.WithdrawStudent.as_view(), name="withdraw-student"),
    path("rounds/", rounds.Rounds.as_view(), name="rounds"),
    path("rounds/new/", new_round.NewRound.as_view(), name="new-round"),
    path(_ROUND, rounds.RoundPage.as_view(), name="round"),
    path(f"{_ROUND}opening/", rounds.OpenRound.as_view(), name="open-round"),
    path(f"{_ROUND}closing/", rounds.CloseRound.as_view(), name="close-round"),
    path(f"{_ROUND}decision/", rounds.Decide.as_view(), name="decide-round"),
    path(f"{_ROUND}publication/", rounds.Publish.as_view(), name="publish-round"),
    path(f"{_ROUND}replay/", rounds.ReplayRound.as_view(), name="replay-round"),
    path("tracks/", track_page.Tracks.as_view(), name="tracks"),
    path("people/", people.People.as_view(), name="people"),
    path("people/appointment/", appointments.Appoint.as_view(), name="appoint"),
    path("people/<uuid:id>/dismissal/", appointments.Dismiss.as_view(), name="dismiss"),
    path("people/<uuid:id>/look/", viewing.LookAs.as_view(), name="look-as"),
    path("people/look/end/", viewing.StopLooking.as_view(), name="stop-looking"),
    path("agreements/", agreements.Agreements.as_view(), name="agreements"),
    path("journal/", journal.Journal.as_view(), name="journal"),
    path("messages/", records.Messages.as_view(), name="messages"),
]
