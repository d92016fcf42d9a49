"""ECTS credits: half-steps exist (a block of 2.5), so they are decimals that read like numbers."""

from decimal import Decimal
from typing import Any

from django.db import models

_FIXED = frozenset({"max_digits", "decimal_places"})


class CreditsField(models.DecimalField):  # type: ignore[type-arg]  # generic only in stubs
    """Credits to one decimal place. From the database 30.0 comes back as 30, 2.5 as 2.5."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_digits=5, decimal_places=1)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The constructor sets the digits itself, so a migration leaves them out."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {k: v for k, v in kwargs.items() if k not in _FIXED}

    def from_db_value(self, value: Decimal | None, *_: Any) -> Decimal | None:
        return value.quantize(Decimal(1)) if value is not None and value % 1 == 0 else value
