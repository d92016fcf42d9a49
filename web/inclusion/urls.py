"""Addresses of the inclusion desk."""

from django.urls import path

from web.inclusion.case import Approve, Case, Evidence, Hold, Refuse, Report
from web.inclusion.desk import Desk

app_name = "inclusion"
urlpatterns = [
    path("", Desk.as_view(), name="desk"),
    path("<uuid:id>/", Case.as_view(), name="case"),
    path("<uuid:id>/evidence/", Hold.as_view(), name="hold"),
    path("<uuid:id>/approval/", Approve.as_view(), name="approve"),
    path("<uuid:id>/refusal/", Refuse.as_view(), name="refuse"),
    path("<uuid:id>/report/", Report.as_view(), name="report"),
    path("evidence/<uuid:id>/file", Evidence.as_view(), name="evidence"),
]
