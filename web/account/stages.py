"""The stage of signing in that asks for a second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from consortium import sign_in


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth has no types
    """Not asked of somebody whose university has just asked for one and says so in what it signed."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user is not None and sign_in.university_asked(request, user):
            return False
        return bool(super()._should_handle(request))
