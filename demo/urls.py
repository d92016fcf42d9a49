"""Addresses of the demonstration's own pages."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("", views.Chooser.as_view(), name="chooser"),
    path("enter/<slug:key>/", views.Enter.as_view(), name="enter"),
    path("mail/", views.Mailbox.as_view(), name="mail"),
    path("mail/<int:pk>/", views.Letter.as_view(), name="letter"),
    path("clock/", views.Clock.as_view(), name="clock"),
    path("reviews/", views.FinishReviews.as_view(), name="finish-reviews"),
    path("components/", views.Components.as_view(), name="components"),
]
