"""Who can see a dossier, as JSON: audiences, institutions and kinds of data, never a person."""

from typing import Any

from rest_framework import serializers

from admissions.domain.own_reader import Reader
from admissions.domain.own_readers import Access
from admissions.matrix import Change
from consortium.visibility import Group


class ReaderOut(serializers.Serializer[Any]):
    role = serializers.CharField(source="wall")
    institutions = serializers.ListField(child=serializers.CharField())
    asked = serializers.IntegerField()
    groups = serializers.SerializerMethodField()
    giver = serializers.CharField(help_text="Whose agreement opens the items to the institution.")
    items = serializers.ListField(child=serializers.CharField())

    def get_groups(self, reader: Reader) -> list[str]:
        return _keys(reader.groups)


class ChangeOut(serializers.Serializer[Any]):
    role = serializers.CharField(source="wall")
    opens = serializers.BooleanField(help_text="False: what is named closes.")
    groups = serializers.SerializerMethodField()
    condition = serializers.CharField(source="sight.condition")

    def get_groups(self, change: Change) -> list[str]:
        return _keys(change.groups)


class NextOut(serializers.Serializer[Any]):
    stage = serializers.CharField()
    changes = ChangeOut(many=True)


class AccessOut(serializers.Serializer[Any]):
    stage = serializers.CharField(source="stage.key")
    readers = ReaderOut(many=True)
    kept = serializers.SerializerMethodField()
    next = serializers.SerializerMethodField()

    def get_kept(self, access: Access) -> list[str]:
        """Kinds of data that the applicant does not read here."""
        return _keys(access.never)

    def get_next(self, access: Access) -> list[dict[str, Any]]:
        rows = [{"stage": stage.key, "changes": changes} for stage, changes in access.next]
        return list(NextOut(rows, many=True).data)


def _keys(groups: tuple[Group, ...]) -> list[str]:
    return [group.key for group in groups]
