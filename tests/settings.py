"""Overrides for tests only. Importing this starts the throw-away server, unless one is named."""

import os

from tests.server import urls

os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"] = urls("itinera")
os.environ.setdefault("ITINERA_ENV", "test")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings import *  # noqa: E402, F403  # the environment had to be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Every new client loads the middleware anew: static files are looked up when asked for, not listed.
WHITENOISE_AUTOREFRESH = True
