"""Forms read off the shapes of the programme format: what a file may say, a page may say.

Nothing is judged here. What was typed becomes plain data, and the reader of files says what is
wrong with it; so a page and a file refuse the same things in the same words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mobility_tracks.programme.shape import Choice, Field, Flag, Nominal, Record, Scalar, Several
from mobility_tracks.programme.sourced import PROVENANCE
from mobility_tracks.programme.words import Number, Text, Whole
from web.office.workshop.values import Plain, flat, gathered, names_keys, parts_of
from web.office.workshop.words import label_of, told
from web.typed import Typed

# By mapping of the format, the keys one may name with what they are called.
Choices = Mapping[str, list[tuple[str, str]]]
_LONG = 200


class EntryForm(forms.Form):
    """The values of one entry. `plain` gives them in the format's plain form."""

    def __init__(
        self, record: Record, choices: Choices, data: Any = None, *, entry: Plain, fixed: Plain
    ) -> None:
        super().__init__(data, initial=flat(record, entry))
        self.record, self.choices, self.fixed = record, choices, fixed
        self.kind = fixed.get("kind") or entry.get("kind")
        for name, field in _inputs(record, self.kind, fixed, choices):
            self.fields[name] = field
        for name, offered in _asked_by_period(choices):
            self.initial[name] = [key for key in self.initial.get("steps", ()) if key in offered]

    def plain(self) -> Plain:
        """Empty fields are left out, as in a file."""
        periods = [key for key, _title in self.choices["periods"]]
        return {**self.fixed, **gathered(self.record, self.cleaned_data, self.kind, periods)}

    def blame(self, name: str) -> str | None:
        """The field of the form that a path of the reader's belongs to."""
        parts = re.split(r"[.\[]", name)
        for length in range(len(parts), 0, -1):
            candidate = ".".join(parts[:length])
            if candidate in self.fields:
                return candidate
        return next((own for own in self.fields if own.startswith(f"{parts[0]}.")), None)

    @property
    def told(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in PROVENANCE]

    @property
    def has_provenance(self) -> bool:
        return any(self.initial.get(name) for name in PROVENANCE)

    @property
    def provenance(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in PROVENANCE]


def _inputs(
    record: Record, kind: str | None, fixed: Plain, choices: Choices
) -> Iterator[tuple[str, forms.Field]]:
    for name, field, shape in parts_of(record, kind):
        if name in fixed or (not field.required and _names_nothing(shape, choices)):
            continue
        if isinstance(shape, Several) and isinstance(shape.item, Several):
            yield from _steps(name, choices)
        else:
            yield name, _input(name, field, shape, choices)


def _asked_by_period(choices: Choices) -> Iterator[tuple[str, set[str]]]:
    """By question about a step, the offerings one may tick there."""
    for period, _title in choices["periods"]:
        yield f"steps.{period}", {key for key, _name in choices.get(f"offerings of {period}", [])}


def _names_nothing(shape: Scalar | Several, choices: Choices) -> bool:
    """A question about what the version does not have is not asked."""
    named = shape.item if isinstance(shape, Several) else shape
    refers = named.refers_to if isinstance(named, Text) else None
    return refers is not None and not choices.get(refers)


def _steps(name: str, choices: Choices) -> Iterator[tuple[str, forms.Field]]:
    """One question per period: which of its offerings a track may take there."""
    for period, title in choices["periods"]:
        offered = choices.get(f"offerings of {period}", [])
        if offered:
            yield (
                f"{name}.{period}",
                forms.MultipleChoiceField(
                    label=_("In %(period)s, one of") % {"period": title},
                    choices=offered,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                ),
            )


def _input(name: str, field: Field, shape: Scalar | Several, choices: Choices) -> forms.Field:
    common: dict[str, Any] = {"label": label_of(name), "help_text": _help(field, shape)}
    if isinstance(shape, Flag):
        return forms.BooleanField(**common, required=False)
    if isinstance(shape, Choice | Several) or (isinstance(shape, Text) and shape.refers_to):
        return _chosen(field, shape, choices, common)
    return Typed(**common, required=field.required, widget=_widget(shape))


def _chosen(
    field: Field, shape: Choice | Several | Text, choices: Choices, common: dict[str, Any]
) -> forms.Field:
    match shape:
        case Several(Text() as item) if item.refers_to:
            return forms.MultipleChoiceField(
                **common,
                choices=choices.get(item.refers_to, []),
                required=field.required,
                widget=forms.CheckboxSelectMultiple,
            )
        case Choice(words):
            blank = [] if field.required else [("", _("not said"))]
            known = [*blank, *((word, told(word)) for word in words)]
            return forms.ChoiceField(**common, choices=known, required=field.required)
        case Text():
            known = [("", _("choose")), *choices.get(shape.refers_to or "", [])]
            return forms.ChoiceField(**common, choices=known, required=field.required)
    return Typed(**common, required=False)


def _widget(shape: Scalar | Several) -> forms.Widget:
    if isinstance(shape, Text) and (shape.lines or shape.longest > _LONG):
        return forms.Textarea(attrs={"rows": 3})
    if isinstance(shape, Whole | Number):
        return forms.TextInput(attrs={"inputmode": "decimal", "class": "figure"})
    return forms.TextInput()


def _help(field: Field, shape: Scalar | Several) -> str:
    if isinstance(shape, Nominal):
        return _("From the year of the intake: Y-09-15, or Y+1-02-15 for the year after.")
    if isinstance(shape, Several) and not names_keys(shape):
        says = [field.says, shape.item.hint if isinstance(shape.item, Text) else ""]
        words = "; ".join(filter(None, says))
        told_ = f"{words[:1].upper()}{words[1:]}. " if words else ""
        return told_ + _("Several with commas between.")
    usual = field.default if isinstance(shape, Choice | Text | Whole) else None
    words = f"{field.says}." if field.says else ""
    if usual not in (None, MISSING, ()):
        words += " " + _("Where nothing is said: %(word)s.") % {"word": _as_told(shape, usual)}
    words = words.strip()
    return words[:1].upper() + words[1:]


def _as_told(shape: Scalar | Several, value: object) -> str:
    return told(str(value)).lower() if isinstance(shape, Choice) else str(value)
