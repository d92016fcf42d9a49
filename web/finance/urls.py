"""Addresses of the finance officer's desk."""

from django.urls import path

from web.finance.funding import Export, Funding

app_name = "finance"
urlpatterns = [
    path("", Funding.as_view(), name="funding"),
    path("export.csv", Export.as_view(), name="export"),
]
