"""Equal to one of many, sent as one array."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.models import Membership, Party


@pytest.mark.parametrize("model", [Party, Membership])
def test_the_same_rows_as_in(world, model):
    with acting(world.system()):
        some = list(model.objects.order_by("pk").values_list("pk", flat=True))[:2]
        for ids in ([], some[:1], some):
            assert set(model.objects.filter(pk__any_of=ids)) == set(
                model.objects.filter(pk__in=ids)
            )
        assert set(model.objects.exclude(pk__any_of=some)) == set(
            model.objects.exclude(pk__in=some)
        )


def test_however_many_they_are_one_value(world):
    ids = [uuid4() for _ in range(3)]
    with acting(world.system()), CaptureQueriesContext(connection) as asked:
        assert list(Membership.objects.filter(pk__any_of=ids)) == []
    assert asked[0]["sql"].count("::uuid") == 1
