"""Addresses of applicants and students. A dossier goes by its public number."""

from django.urls import path

from web.applicant.access import Access
from web.applicant.check import Check, Receipt, Reopen, Submit, Withdraw
from web.applicant.dashboard import Dashboard, Start
from web.applicant.documents import Attach, Documents, File, Remove
from web.applicant.needs import Evidence, EvidenceRemoval, NeedsPage
from web.applicant.offer import Accept, Decline, OfferPage
from web.applicant.passport import PassportPage
from web.applicant.placing import RoundPage
from web.applicant.referees import Referees, Replace, Resend
from web.applicant.section import SectionPage
from web.applicant.study import Study
from web.applicant.tasks import Tasks
from web.applicant.wishes import TracksPage

app_name = "applicant"
_OWN = "apply/<str:ref>/"
urlpatterns = [
    path("apply/", Dashboard.as_view(), name="dashboard"),
    path("apply/calls/<slug:slug>/", Start.as_view(), name="start"),
    path(f"{_OWN}", Tasks.as_view(), name="dossier"),
    path(f"{_OWN}documents/", Documents.as_view(), name="documents"),
    path(f"{_OWN}documents/<uuid:id>/removal/", Remove.as_view(), name="document-removal"),
    path(f"{_OWN}documents/<uuid:id>/file", File.as_view(), name="document-file"),
    path(f"{_OWN}documents/<slug:requirement>/", Attach.as_view(), name="attach"),
    path(f"{_OWN}referees/", Referees.as_view(), name="referees"),
    path(f"{_OWN}referees/<uuid:id>/resend/", Resend.as_view(), name="resend"),
    path(f"{_OWN}referees/<uuid:id>/replacement/", Replace.as_view(), name="replace"),
    path(f"{_OWN}check/", Check.as_view(), name="check"),
    path(f"{_OWN}submission/", Submit.as_view(), name="submit"),
    path(f"{_OWN}receipt/", Receipt.as_view(), name="receipt"),
    path(f"{_OWN}withdrawal/", Withdraw.as_view(), name="withdraw"),
    path(f"{_OWN}reopening/", Reopen.as_view(), name="reopen"),
    path(f"{_OWN}access/", Access.as_view(), name="access"),
    path(f"{_OWN}offer/", OfferPage.as_view(), name="offer"),
    path(f"{_OWN}offer/acceptance/", Accept.as_view(), name="accept"),
    path(f"{_OWN}offer/refusal/", Decline.as_view(), name="decline"),
    path(f"{_OWN}tracks/", TracksPage.as_view(), {"section": "tracks"}, name="tracks"),
    path(f"{_OWN}needs/", NeedsPage.as_view(), name="needs"),
    path(f"{_OWN}needs/<uuid:id>/removal/", EvidenceRemoval.as_view(), name="evidence-removal"),
    path(f"{_OWN}needs/<slug:requirement>/", Evidence.as_view(), name="evidence"),
    path(f"{_OWN}passport/", PassportPage.as_view(), name="passport"),
    path(f"{_OWN}<slug:section>/", SectionPage.as_view(), name="section"),
    path("study/", Study.as_view(), name="study"),
    path("study/rounds/<uuid:id>/", RoundPage.as_view(), name="round"),
]
