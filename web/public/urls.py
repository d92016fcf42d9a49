"""Addresses of the public pages of one consortium."""

from django.urls import path

from web.public.call import CallPage
from web.public.programme import Programme
from web.public.statements import Accessibility, Privacy

app_name = "public"
urlpatterns = [
    path("", Programme.as_view(), name="programme"),
    path("calls/<slug:slug>/", CallPage.as_view(), name="call"),
    path("privacy/", Privacy.as_view(), name="privacy"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
]
