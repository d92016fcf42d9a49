"""Settings of signing in: accounts, second factors, sessions, limits, sign-in through a university.

`config/settings.py` takes all of them over. What each name of the environment means is in
docs/settings.md; why the limits are what they are, in docs/adr/0011-limits-of-signing-in.md.
"""

from typing import Any

from config import env

MINUTE, HOUR = 60, 3600
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

AUTHENTICATION_BACKENDS = ["web.account.backend.OneCheck"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "UserAttributeSimilarityValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "login": "web.account.forms.LoginForm",
    "signup": "web.account.forms.SignupForm",
    "reset_password": "web.account.forms.ResetPasswordForm",
    "reset_password_from_key": "web.account.forms.ResetPasswordKeyForm",
    "change_password": "web.account.forms.ChangePasswordForm",
    "set_password": "web.account.forms.SetPasswordForm",
    "add_email": "web.account.forms.AddEmailForm",
    "reauthenticate": "web.account.forms.ReauthenticateForm",
}

# Seconds. A session that opened a strong door is idle sooner: web/account/session_limits.py.
SESSION_IDLE_STRONG = env.number("SESSION_IDLE_MINUTES", 30) * MINUTE
SESSION_IDLE = env.number("SESSION_IDLE_APPLICANT_MINUTES", 120) * MINUTE
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12) * HOUR
RECENT_SIGN_IN = env.number("RECENT_SIGN_IN_MINUTES", 15) * MINUTE
ACCOUNT_SESSION_REMEMBER = False  # closing the browser ends it, on shared machines above all
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = RECENT_SIGN_IN

MFA_ADAPTER = "web.account.factors.FactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Itinera"
# Clocks of telephones differ, and people type slowly; web/account/forms.py keeps a code from
# being used twice for as long as it is valid.
MFA_TOTP_TOLERANCE = 1
# Every session belongs to an account with a confirmed address, so a second, unconfirmed one
# cannot shut out its owner; without this, nobody with a second factor could change addresses.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "web.account.forms.CodeForm",
    "reauthenticate": "web.account.forms.CodeAgainForm",
    "activate_totp": "web.account.forms.ActivateTotpForm",
    "add_webauthn": "web.account.forms.AddPasskeyForm",
    "edit_webauthn": "web.account.forms.RenamePasskeyForm",
}

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
# Failed passwords are counted by web/account/attempts.py; `login_failed` is what remains of it:
# wrong codes of a second factor, per account, after a right password.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/5m/key,30/6h/key",
    "signup": "120/m/ip",
    "reset_password": "120/m/ip,4/10m/key",
    "reset_password_from_key": "120/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# Name of a rate -> what it allows, in allauth's notation. `source` is a browser that the account
# knows, else the network address; `stranger` counts browsers that it does not know.
SIGN_IN_LIMITS = {
    "account_and_source": "5/5m/key",
    "account_by_strangers": "100/h/key",
    "address_of_strangers": "200/10m/key",
}
KNOWN_BROWSER_DAYS = 90
API_TOKEN_PER_MINUTE = 300

# Counters are shared by all processes; a cull would forget some, so there is room for many.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "consortium_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_NAME = env.text("OIDC_NAME", "MyAcademicID")
OIDC_ISSUER = env.text("OIDC_ISSUER").rstrip("/")
SOCIALACCOUNT_ADAPTER = "web.account.university.adapter.UniversityAdapter"
SOCIALACCOUNT_FORMS = {"signup": "web.account.university.forms.AddressForm"}
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "web.account.university.provider.University",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "university",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": env.text("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "scope": env.words(
                        "OIDC_SCOPES",
                        "openid email profile schac_home_organization schac_personal_unique_code",
                    ),
                    "acr_values": env.text("OIDC_ACR_VALUES"),
                },
            }
        ]
        if OIDC_CLIENT_ID
        else [],
    }
}
