"""Addresses of the platform's operator."""

from django.urls import path

from web.operator.home import Home

app_name = "operator"
urlpatterns = [path("", Home.as_view(), name="home")]
