"""Addresses of the account: ours first, then django-allauth's."""

from django.urls import URLPattern, URLResolver, include, path

from web.account import second_factor, sessions, tokens
from web.account.university import views as university
from web.account.views import AccountHome

urlpatterns: list[URLPattern | URLResolver] = [
    path("", AccountHome.as_view(), name="account"),
    path("logout/", sessions.SignOut.as_view(), name="account_logout"),
    path("second-factor/", second_factor.SecondFactor.as_view(), name="second-factor"),
    path("confirm/", second_factor.Confirm.as_view(), name="confirm"),
    path("sessions/", sessions.Sessions.as_view(), name="sessions"),
    path("sessions/end/", sessions.EndSessions.as_view(), name="end-sessions"),
    path("sessions/<int:pk>/end/", sessions.EndSession.as_view(), name="end-session"),
    path("tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("tokens/new/", tokens.NewToken.as_view(), name="new-token"),
    path("tokens/<int:pk>/revoke/", tokens.RevokeToken.as_view(), name="revoke-token"),
    path("university/enter/", university.Enter.as_view(), name="university"),
    path("university/return/", university.come_back, name="university-return"),
    path("university/connect/", university.Connect.as_view(), name="university-connect"),
    path("university/again/", university.Again.as_view(), name="university-again"),
    path("university/", include("allauth.socialaccount.urls")),
    path("factors/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
