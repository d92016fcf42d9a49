"""A form field that carries and does not judge."""

from typing import Any

from django import forms


class Typed(forms.CharField):
    """What was typed, as it was typed. `required` only keeps “(optional)” off the label."""

    def validate(self, value: Any) -> None:
        """The act decides what is missing: a draft may be incomplete."""
