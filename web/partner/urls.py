"""Addresses of partners."""

from django.urls import path

from web.partner import people, rights
from web.partner.agreements import Accept, Agreements, Decline, Revoke, Withdraw
from web.partner.pages import Arrival, Home, Students, StudentsFile
from web.partner.proposal import Propose
from web.partner.seats import ConfirmSeats, Seats
from web.partner.students import DocumentFile, LetterFile, Sent, StudentPage

app_name = "partner"
_AGREEMENT = "agreements/<uuid:agreement>/"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("students/", Students.as_view(), name="students"),
    path("students/file", StudentsFile.as_view(), name="students-file"),
    path("students/<uuid:placement>/arrival/", Arrival.as_view(), name="arrival"),
    path("students/<str:ref>/", StudentPage.as_view(), name="student"),
    path("sent/", Sent.as_view(), name="sent"),
    path("documents/<uuid:id>/", DocumentFile.as_view(), name="document"),
    path("letters/<uuid:id>/", LetterFile.as_view(), name="letter"),
    path("seats/", Seats.as_view(), name="seats"),
    path(
        "seats/<uuid:intake>/<uuid:offering>/confirmation/",
        ConfirmSeats.as_view(),
        name="confirm-seats",
    ),
    path("people/", people.People.as_view(), name="people"),
    path("people/appointment/", people.Appoint.as_view(), name="appoint"),
    path("people/department/", people.OpenDepartment.as_view(), name="open-department"),
    path("people/<uuid:id>/dismissal/", people.Dismiss.as_view(), name="dismiss"),
    path("rights/", rights.Rights.as_view(), name="rights"),
    path("rights/handing-on/", rights.HandOn.as_view(), name="hand-on"),
    path("rights/<uuid:id>/taking-back/", rights.TakeBack.as_view(), name="take-back"),
    path("agreements/", Agreements.as_view(), name="agreements"),
    path("agreements/proposal/", Propose.as_view(), name="propose"),
    path(f"{_AGREEMENT}acceptance/", Accept.as_view(), name="accept"),
    path(f"{_AGREEMENT}refusal/", Decline.as_view(), name="decline"),
    path(f"{_AGREEMENT}withdrawal/", Withdraw.as_view(), name="withdraw"),
    path(f"{_AGREEMENT}revocation/", Revoke.as_view(), name="revoke"),
]
