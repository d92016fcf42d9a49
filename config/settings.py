"""Settings, from the environment only. What each name means is in docs/settings.md."""

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env, logs
from config.accounts import *  # noqa: F403  # signing in has a file of its own
from config.accounts import OIDC_CLIENT_ID, OIDC_ISSUER, TRUSTED_PROXY_COUNT
from config.sealing_keys import keyring

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
BUILDING = len(sys.argv) > 1 and sys.argv[1] in {"collectstatic", "compilemessages", "makemessages"}

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
PRODUCTION = env.text("ITINERA_ENV", "production") == "production" and not (DEMO or DEBUG)
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# What is kept apart is sealed with the first of these and opened with any (consortium/sealing.py).
SEALING_KEYS = keyring(
    env.words("SEALING_KEYS"), derive_from="" if PRODUCTION or BUILDING else SECRET_KEY
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "consortium",
    "partners",
    "mobility_tracks",
    "admissions",
    "web",
    "api",
    *(["demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "consortium.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "consortium.idle.NoIdleLook",
    "web.account.session_limits.SessionLimits",
    "web.account.known_browser.KnownBrowser",
    "consortium.middleware.TenantAndActor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The login role owns nothing; only `migrate` uses the owner. docs/architecture.md, "Two walls".
TIMEOUTS = {
    "statement_timeout": env.text("STATEMENT_TIMEOUT", "15s"),
    "lock_timeout": env.text("LOCK_TIMEOUT", "5s"),
    "idle_in_transaction_session_timeout": "60s",
}
DATABASE_URL = env.text("DATABASE_URL")
OWNER_URL = env.text("DATABASE_OWNER_URL", DATABASE_URL)
if not DATABASE_URL and not BUILDING:
    DATABASE_URL = OWNER_URL = "postgresql:///itinera"
DATABASES = {
    "default": env.database(DATABASE_URL or "postgresql:///itinera", **TIMEOUTS),
    "owner": env.database(OWNER_URL or "postgresql:///itinera", lock_timeout="5s"),
}
DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASE_ROUTERS = ["config.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "consortium.User"
ANONYMOUS_USER_NAME = None  # guardian: no stand-in account for people who are not signed in
# Grants are read in one place, consortium/domain/actors.py; `has_perm` is not a second door.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
# Outside production, files come straight from the apps.
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION or BUILDING else None
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    # Uploads never have a public address: every download goes through an act of reading.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_MAX_AGE = 31536000 if PRODUCTION else 60
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DOCUMENT_MAX_BYTES = 10 * 1024 * 1024

EMAIL_BACKEND = (
    "demo.mail.MailboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "Itinera <no-reply@localhost>")

CLOCK = "demo.clock.now" if DEMO else "django.utils.timezone.now"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.ClosedByDefault"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Page",
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.errors.problem",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Itinera",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "consortium.roles.Role.choices",
        "BasisEnum": "partners.models.transfer.BasisKind.choices",
    },
}

LOGGING = logs.configure(env.text("LOG_LEVEL", "INFO"))

if PRODUCTION and not BUILDING:
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure"):
        raise ImproperlyConfigured("SECRET_KEY must be set to at least 50 random characters.")
    if not SEALING_KEYS:
        raise ImproperlyConfigured(
            "SEALING_KEYS must hold the key of the vault: python -m config.sealing_keys NAME."
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' is refused.")
    if not SECURE:
        raise ImproperlyConfigured("PUBLIC_URL must start with https:// in production.")
    if not env.text("TRUSTED_PROXY_COUNT"):
        raise ImproperlyConfigured(
            "TRUSTED_PROXY_COUNT must say how many proxies stand in front; 0 is an answer too."
        )
    if OIDC_CLIENT_ID and not OIDC_ISSUER.startswith("https://"):
        raise ImproperlyConfigured("OIDC_ISSUER must start with https:// in production.")
if env.text("ITINERA_ENV") == "production" and (DEBUG or DEMO):
    raise ImproperlyConfigured("ITINERA_ENV=production refuses DEBUG=1 and DEMO=1.")
