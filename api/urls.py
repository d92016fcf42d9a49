"""Version 1. Addresses mirror the pages': /api/v1/{consortium}/{audience}/..."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularJSONAPIView

from api.admissions import applicant, funding, looks, office, public, referee, review, vault
from api.consortium import partner as own
from api.consortium import people, rights, transfers
from api.consortium import views as consortium
from api.mobility_tracks import board, delegations, drafts, seats, what_if, wishes, workshop
from api.mobility_tracks import views as tracks
from api.partners import views as partners

app_name = "api"
C = "<slug:consortium>"
OWN = f"{C}/apply/dossiers/<slug:reference>"
FILE = f"{C}/office/dossiers/<slug:reference>"
CALL = f"{C}/office/calls/<slug:slug>"
CASE = f"{C}/inclusion/cases/<uuid:case>"
TASK = f"{C}/review/assignments/<uuid:assignment>"
VERSION = f"{C}/office/programmes/<slug:code>"
ROUND = f"{C}/office/rounds/<uuid:round>"
PARTNER = f"{C}/office/partners/<int:party>"
PACT = f"{C}/partner/agreements/<uuid:agreement>"

everyone: list[URLPattern] = [
    path("schema/", SpectacularJSONAPIView.as_view(permission_classes=[]), name="schema"),
    path(f"{C}/programmes/", tracks.Programmes.as_view(), name="programmes"),
    path(f"{C}/partners/", consortium.Partners.as_view(), name="partners"),
    path(f"{C}/calls/", public.Calls.as_view(), name="calls"),
    path(f"{C}/calls/<slug:slug>/", public.CallDetail.as_view(), name="call"),
    path(f"{C}/reference/<str:token>/", referee.Landing.as_view(), name="reference"),
    path(f"{C}/reference/<str:token>/letter/", referee.Give.as_view(), name="letter"),
    path(
        f"{C}/reference/<str:token>/refusal/",
        referee.DeclineReference.as_view(),
        name="reference-refusal",
    ),
]
person: list[URLPattern] = [
    path(f"{C}/apply/dossiers/", applicant.Dossiers.as_view(), name="own-dossiers"),
    path(f"{C}/apply/dossiers/start/", applicant.Start.as_view(), name="start"),
    path(f"{OWN}/", applicant.DossierDetail.as_view(), name="own-dossier"),
    path(f"{OWN}/sections/<slug:section>/", applicant.SectionAct.as_view(), name="section"),
    path(f"{OWN}/tracks/", applicant.Tracks.as_view(), name="own-tracks"),
    path(f"{OWN}/documents/", applicant.Attach.as_view(), name="attach"),
    path(
        f"{OWN}/documents/<uuid:document>/removal/",
        applicant.RemoveDocument.as_view(),
        name="document-removal",
    ),
    path(f"{OWN}/referees/", applicant.AskReferee.as_view(), name="ask-referee"),
    path(f"{OWN}/referees/<uuid:request_id>/resend/", applicant.Resend.as_view(), name="resend"),
    path(
        f"{OWN}/referees/<uuid:request_id>/replacement/",
        applicant.ReplaceReferee.as_view(),
        name="replace-referee",
    ),
    path(f"{OWN}/needs/", vault.OwnNeeds.as_view(), name="own-needs"),
    path(f"{OWN}/needs/evidence/", vault.OwnEvidence.as_view(), name="own-evidence"),
    path(
        f"{OWN}/needs/evidence/<uuid:document>/removal/",
        vault.RemoveEvidence.as_view(),
        name="evidence-removal",
    ),
    path(f"{OWN}/passport/", vault.OwnPassport.as_view(), name="own-passport"),
    path(f"{OWN}/submission/", applicant.Submit.as_view(), name="submission"),
    path(f"{OWN}/reopening/", applicant.Reopen.as_view(), name="reopening"),
    path(f"{OWN}/withdrawal/", applicant.Withdraw.as_view(), name="withdrawal"),
    path(f"{OWN}/readers/", applicant.OwnReaders.as_view(), name="own-readers"),
    path(f"{OWN}/access/", looks.OwnLooks.as_view(), name="own-access"),
    path(f"{OWN}/offer/", applicant.OwnOffer.as_view(), name="own-offer"),
    path(f"{OWN}/offer/acceptance/", applicant.Accept.as_view(), name="acceptance"),
    path(f"{OWN}/offer/refusal/", applicant.Decline.as_view(), name="refusal"),
    path(f"{C}/study/", tracks.OwnStudies.as_view(), name="own-studies"),
    path(f"{C}/study/rounds/", tracks.OpenRounds.as_view(), name="open-rounds"),
    path(f"{C}/study/rounds/<uuid:round>/wishes/", wishes.OwnWishes.as_view(), name="wishes"),
]
reviewer: list[URLPattern] = [
    path(f"{C}/review/assignments/", review.Assignments.as_view(), name="assignments"),
    path(f"{TASK}/", review.AssignmentDetail.as_view(), name="assignment"),
    path(f"{TASK}/dossier/", review.AssignedDossier.as_view(), name="assigned-dossier"),
    path(f"{TASK}/declaration/", review.Declare.as_view(), name="declaration"),
    path(f"{TASK}/recusal/", review.Recuse.as_view(), name="recusal"),
    path(f"{TASK}/draft/", review.SaveReview.as_view(), name="review-draft"),
    path(f"{TASK}/submission/", review.SubmitReview.as_view(), name="review-submission"),
]
partner: list[URLPattern] = [
    path(f"{C}/partner/placements/", tracks.HostedPlacements.as_view(), name="hosted"),
    path(
        f"{C}/partner/placements/<uuid:placement>/arrival/",
        tracks.Receive.as_view(),
        name="arrival",
    ),
    path(f"{C}/partner/seats/", seats.OwnSeats.as_view(), name="own-seats"),
    path(
        f"{C}/partner/seats/<uuid:intake>/<uuid:offering>/confirmation/",
        seats.ConfirmSeats.as_view(),
        name="confirm-seats",
    ),
    path(f"{C}/partner/people/", own.Members.as_view(), name="own-people"),
    path(f"{C}/partner/people/appointment/", own.AppointOwn.as_view(), name="appoint-own"),
    path(
        f"{C}/partner/people/<uuid:membership>/dismissal/",
        own.DismissOwn.as_view(),
        name="dismiss-own",
    ),
    path(f"{C}/partner/departments/", own.Departments.as_view(), name="departments"),
    path(f"{C}/partner/departments/opening/", own.OpenDepartment.as_view(), name="open-department"),
    path(f"{C}/partner/rights/", own.Granted.as_view(), name="granted"),
    path(f"{C}/partner/delegations/", delegations.Delegations.as_view(), name="delegations"),
    path(f"{C}/partner/delegations/handing-on/", delegations.HandOn.as_view(), name="hand-on"),
    path(
        f"{C}/partner/delegations/<uuid:delegation>/taking-back/",
        delegations.TakeBack.as_view(),
        name="take-back",
    ),
    path(f"{C}/partner/sent/", partners.SentPlacements.as_view(), name="sent"),
    path(f"{C}/partner/students/<str:ref>/", partners.Student.as_view(), name="partner-student"),
    path(
        f"{C}/partner/documents/<uuid:document>/",
        partners.DocumentFile.as_view(),
        name="partner-document",
    ),
    path(
        f"{C}/partner/letters/<uuid:letter>/", partners.LetterFile.as_view(), name="partner-letter"
    ),
    path(f"{C}/partner/agreements/", partners.Agreements.as_view(), name="agreements"),
    path(f"{C}/partner/agreements/proposal/", partners.Propose.as_view(), name="propose"),
    path(f"{PACT}/acceptance/", partners.Accept.as_view(), name="agreement-acceptance"),
    path(f"{PACT}/refusal/", partners.Decline.as_view(), name="agreement-refusal"),
    path(f"{PACT}/withdrawal/", partners.Withdraw.as_view(), name="agreement-withdrawal"),
    path(f"{PACT}/revocation/", partners.Revoke.as_view(), name="agreement-revocation"),
]
finance: list[URLPattern] = [
    path(f"{C}/finance/funding/", funding.Funding.as_view(), name="funding"),
]
inclusion: list[URLPattern] = [
    path(f"{C}/inclusion/cases/", vault.Cases.as_view(), name="needs-cases"),
    path(f"{CASE}/", vault.CaseDetail.as_view(), name="needs-case"),
    path(f"{CASE}/evidence/", vault.HoldEvidence.as_view(), name="needs-evidence"),
    path(f"{CASE}/approval/", vault.Approve.as_view(), name="needs-approval"),
    path(f"{CASE}/refusal/", vault.Refuse.as_view(), name="needs-refusal"),
    path(f"{CASE}/report/", vault.Report.as_view(), name="needs-report"),
]
staff: list[URLPattern] = [
    path(f"{CALL}/opening/", office.OpenCall.as_view(), name="call-opening"),
    path(f"{CALL}/extension/", office.ExtendCall.as_view(), name="call-extension"),
    path(f"{CALL}/closing/", office.CloseCall.as_view(), name="call-closing"),
    path(f"{CALL}/distribution/", office.Distribute.as_view(), name="distribution"),
    path(f"{CALL}/rankings/", office.Rankings.as_view(), name="rankings"),
    path(f"{CALL}/rankings/compute/", office.Compute.as_view(), name="ranking-compute"),
    path(f"{C}/office/rankings/<uuid:run>/approval/", office.Approve.as_view(), name="approval"),
    path(f"{C}/office/dossiers/", office.Dossiers.as_view(), name="dossiers"),
    path(f"{FILE}/", office.DossierDetail.as_view(), name="dossier"),
    path(f"{FILE}/eligibility/", office.Rule.as_view(), name="eligibility"),
    path(f"{FILE}/assignments/", office.Assign.as_view(), name="assign"),
    path(f"{FILE}/offer/", office.PrepareOffer.as_view(), name="prepare-offer"),
    path(f"{FILE}/passport/", vault.RevealPassport.as_view(), name="passport"),
    path(f"{C}/office/needs-steps/", vault.Steps.as_view(), name="needs-steps"),
    path(f"{C}/office/offers/", office.Offers.as_view(), name="offers"),
    path(f"{C}/office/offers/<uuid:offer>/sending/", office.SendOffer.as_view(), name="send-offer"),
    path(f"{C}/office/students/", tracks.Students.as_view(), name="students"),
    path(f"{C}/office/seats/", seats.OfficeSeats.as_view(), name="seats"),
    path(f"{C}/office/board/", board.SeatBoard.as_view(), name="board"),
    path(
        f"{C}/office/hosts/<int:party>/students/",
        board.HostStudents.as_view(),
        name="host-students",
    ),
    path(f"{C}/office/rounds/", tracks.Rounds.as_view(), name="rounds"),
    path(f"{C}/office/rounds/draft/", drafts.DraftRound.as_view(), name="draft-round"),
    path(f"{C}/office/programmes/", workshop.Versions.as_view(), name="versions"),
    path(f"{C}/office/programmes/start/", workshop.BeginDraft.as_view(), name="begin-draft"),
    path(f"{VERSION}/", workshop.VersionDetail.as_view(), name="version"),
    path(f"{VERSION}/file/", workshop.VersionFile.as_view(), name="version-file"),
    path(f"{VERSION}/entries/", workshop.PutEntry.as_view(), name="put-entry"),
    path(f"{VERSION}/moves/", workshop.MoveEntry.as_view(), name="move-entry"),
    path(f"{VERSION}/removals/", workshop.RemoveEntry.as_view(), name="remove-entry"),
    path(f"{VERSION}/replacement/", workshop.ReplaceBody.as_view(), name="replace-body"),
    path(f"{VERSION}/publication/", workshop.PublishDraft.as_view(), name="publish-draft"),
    path(f"{VERSION}/discarding/", workshop.DiscardDraft.as_view(), name="discard-draft"),
    path(f"{ROUND}/", tracks.RoundDetail.as_view(), name="round"),
    path(f"{ROUND}/draft/", drafts.RedraftRound.as_view(), name="redraft-round"),
    path(f"{ROUND}/discarding/", drafts.DiscardRound.as_view(), name="discard-round"),
    path(f"{ROUND}/opening/", tracks.OpenRound.as_view(), name="round-opening"),
    path(f"{ROUND}/closing/", tracks.CloseRound.as_view(), name="round-closing"),
    path(f"{ROUND}/decision/", tracks.Decide.as_view(), name="round-decision"),
    path(f"{ROUND}/what-if/", what_if.WhatIf.as_view(), name="what-if"),
    path(f"{ROUND}/adoption/", what_if.Adopt.as_view(), name="adopt-answer"),
    path(f"{ROUND}/file/", tracks.RoundFile.as_view(), name="round-file"),
    path(f"{ROUND}/publication/", tracks.PublishRound.as_view(), name="round-publication"),
    path(f"{C}/office/people/", people.People.as_view(), name="people"),
    path(f"{C}/office/people/appointment/", people.Appoint.as_view(), name="appoint"),
    path(
        f"{C}/office/people/<uuid:membership>/dismissal/",
        people.Dismiss.as_view(),
        name="dismiss",
    ),
    path(f"{C}/office/roles/", people.Roles.as_view(), name="roles"),
    path(f"{C}/office/rights/", rights.WhoSeesWhat.as_view(), name="rights"),
    path(f"{C}/office/people/<uuid:member>/rights/", rights.Holdings.as_view(), name="holdings"),
    path(f"{C}/office/partners/", transfers.Transfers.as_view(), name="transfers"),
    path(f"{PARTNER}/basis/", transfers.RecordBasis.as_view(), name="record-basis"),
    path(f"{PARTNER}/basis/<uuid:basis>/end/", transfers.EndBasis.as_view(), name="end-basis"),
    path(f"{CALL}/unfinished/", office.Unfinished.as_view(), name="unfinished"),
    path(f"{C}/office/agreements/", partners.OfficeAgreements.as_view(), name="office-agreements"),
    path(f"{C}/office/journal/", consortium.Journal.as_view(), name="journal"),
    path(f"{C}/office/journal/head/", consortium.JournalHead.as_view(), name="journal-head"),
]
urlpatterns = [*everyone, *person, *reviewer, *partner, *finance, *inclusion, *staff]
