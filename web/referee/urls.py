"""Addresses of referees. Only the first one carries the token, and only until it is opened."""

from django.urls import path

from web.referee.landing import Landing
from web.referee.letter import Decline, File, Letter, Receipt

app_name = "referee"
urlpatterns = [
    path("", Letter.as_view(), name="letter"),
    path("refusal/", Decline.as_view(), name="decline"),
    path("receipt/", Receipt.as_view(), name="receipt"),
    path("file", File.as_view(), name="file"),
    path("<str:token>/", Landing.as_view(), name="landing"),
]
