"""A column that holds sealed texts and nothing else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from consortium.sealing import PATTERN, TenantRow, is_sealed, place_of, seal, unseal


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # generic only in stubs
    """Empty, or sealed for its own row (consortium/sealing.py); a text in clear is never stored.

    A model with such fields puts `sealed_only` among its constraints, so that the database refuses
    one too, and reads and writes them by `put` and `opened`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"blank": True, "default": "", "editable": False}
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        """Raises ValidationError, without telling the value, for a text in clear."""
        if value and not (isinstance(value, str) and is_sealed(value)):
            raise ValidationError(f"{self.name} is kept sealed; this value is not.")
        return super().get_prep_value(value)


def sealed_only(name: str, *fields: str) -> models.CheckConstraint:
    """A constraint under which `fields` are empty or of the sealed form."""
    sound = models.Q()
    for field in fields:
        sound &= models.Q(**{field: ""}) | models.Q(**{f"{field}__regex": PATTERN})
    return models.CheckConstraint(condition=sound, name=name)


def sealed_fields(model: type[models.Model]) -> list[str]:
    """Names of the model's sealed columns."""
    return [each.name for each in model._meta.local_fields if isinstance(each, SealedTextField)]


def put(row: TenantRow, **texts: str) -> None:
    """Seal each text into the field of its name; the row is not saved."""
    for name, text in texts.items():
        setattr(row, name, seal(text, place_of(row, name)))


def opened(row: TenantRow, name: str) -> str:
    """What was put into the field. Raises SealBroken for a value from anywhere else."""
    return unseal(getattr(row, name), place_of(row, name))
