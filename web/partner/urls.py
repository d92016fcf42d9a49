"""Addresses of partners."""

from django.urls import path

from web.partner import people, rights
from web.partner.pages import Arrival, Home, Students
from web.partner.seats import Seats

app_name = "partner"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("students/", Students.as_view(), name="students"),
    path("students/<uuid:placement>/arrival/", Arrival.as_view(), name="arrival"),
    path("seats/", Seats.as_view(), name="seats"),
    path("people/", people.People.as_view(), name="people"),
    path("people/appointment/", people.Appoint.as_view(), name="appoint"),
    path("people/department/", people.OpenDepartment.as_view(), name="open-department"),
    path("people/<uuid:id>/dismissal/", people.Dismiss.as_view(), name="dismiss"),
    path("rights/", rights.Rights.as_view(), name="rights"),
    path("rights/handing-on/", rights.HandOn.as_view(), name="hand-on"),
    path("rights/<uuid:id>/taking-back/", rights.TakeBack.as_view(), name="take-back"),
]
