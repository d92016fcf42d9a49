"""Letters that tell somebody what was changed on their account, so that a stranger's act is noticed."""

from typing import Any

from allauth.account.adapter import get_adapter


def tell_owner(template: str, user: Any, context: dict[str, Any]) -> None:
    """As allauth's own notices: time, network address and browser, to the address that is confirmed."""
    get_adapter().send_notification_mail(template, user, context)
