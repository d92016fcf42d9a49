"""Django's admin would be a third way to rows: docs/adr/0007-no-admin.md."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.contracts.test_access import PARTS
from tests.sign_in import sign_in


def test_no_admin_is_installed():
    assert not [app for app in settings.INSTALLED_APPS if "admin" in app]


def test_no_admin_is_routed(world):
    assert "admin" not in get_resolver().namespace_dict
    assert not [name for name in PARTS if "admin" in name.split(":")]
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    operator = world.user("stranger2@example.org")
    operator.is_operator = operator.is_superuser = True
    operator.save()
    client = sign_in(Client(), operator)
    for address in ("/admin/", "/admin/login/", "/django-admin/"):
        assert client.get(address).status_code == 404


def test_no_account_is_staff_by_itself(world):
    """What admins of other apps ask for does not exist here."""
    assert not hasattr(world.user("stranger2@example.org"), "is_staff")
