"""Second factors as django-allauth keeps them: secrets encrypted, one name for every authenticator."""

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAME = "Itinera"


class FactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of apps and seeds of recovery codes lie encrypted under a key made from SECRET_KEY.

    A new SECRET_KEY reads them as long as the old one stands in SECRET_KEY_FALLBACKS.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already."),
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  # allauth's
        count = user.authenticator_set.filter(type=type).count()
        return gettext("Passkey %(n)d") % {"n": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}


def _keys() -> MultiFernet:
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    salted_hmac("itinera.factors", NAME, secret=secret, algorithm="sha256").digest()
                )
            )
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )
