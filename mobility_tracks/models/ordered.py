"""JSON in the order in which it was written: in a programme file order is the order of study."""

from json import loads
from typing import Any

from django.db import models
from psycopg.types.json import Json


class OrderedJSONField(models.JSONField):
    """PostgreSQL's `json`, which keeps the order of keys; `jsonb` sorts them. Not for queries."""

    def db_type(self, connection: Any) -> str:
        return "json"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        return value if value is None or isinstance(value, Json) else Json(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return loads(value) if isinstance(value, str) else value
