"""Audiences and their addresses. A consortium's pages all begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path

from web import health
from web.public.home import Home
from web.public.statements import Accessibility, Privacy, ServiceStatus

urlpatterns: list[URLPattern | URLResolver] = [
    path("", Home.as_view(), name="home"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("web.account.urls")),
    path("privacy/", Privacy.as_view(), name="privacy"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
    path("status/", ServiceStatus.as_view(), name="status"),
    path("operator/", include("web.operator.urls")),
    path("<slug:consortium>/office/", include("web.office.urls")),
    path("<slug:consortium>/finance/", include("web.finance.urls")),
    path("<slug:consortium>/partner/", include("web.partner.urls")),
    path("<slug:consortium>/inclusion/", include("web.inclusion.urls")),
    path("<slug:consortium>/review/", include("web.reviewer.urls")),
    path("<slug:consortium>/reference/", include("web.referee.urls")),
    path("<slug:consortium>/", include("web.applicant.urls")),
    path("<slug:consortium>/", include("web.public.urls")),
]
