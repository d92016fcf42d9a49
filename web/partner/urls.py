"""Addresses of partners."""

from django.urls import path

from web.partner.pages import Arrival, Home, Students
from web.partner.seats import Seats

app_name = "partner"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("students/", Students.as_view(), name="students"),
    path("students/<uuid:placement>/arrival/", Arrival.as_view(), name="arrival"),
    path("seats/", Seats.as_view(), name="seats"),
]
