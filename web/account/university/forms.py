"""The one question to somebody whose university did not give an address."""

from allauth.socialaccount.forms import SignupForm

from web.account.forms import Reworded


class AddressForm(Reworded, SignupForm):  # type: ignore[misc]  # allauth has no types
    pass
