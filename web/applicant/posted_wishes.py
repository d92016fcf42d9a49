"""The form of wishes as it comes back: an order with equals, reasons, and the button pressed."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from mobility_tracks.domain.round_wishes import Wishes
from web.ranks import Classes, classes_of, shifted

BECAUSE = "because-"


@dataclass(frozen=True)
class Posted:
    """`reasons`: by offering code, as typed; an empty one says nothing."""

    classes: Classes = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, wishes: Wishes) -> "Posted":
        return cls([list(codes) for codes in wishes.ranks], dict(wishes.impossible))

    @classmethod
    def read(cls, data: QueryDict) -> "Posted":
        """`order` repeats, `tied` names those as good as the one above, `because-` holds reasons."""
        reasons = {
            name.removeprefix(BECAUSE): str(data[name]).strip()
            for name in data
            if name.startswith(BECAUSE)
        }
        classes = classes_of(data.getlist("order"), data.getlist("tied"))
        return cls(classes, {code: said for code, said in reasons.items() if said})

    def after(self, move: str, *, offered: Collection[str]) -> "Posted":
        """After one button: `close:lju` rules a host out, for the reason typed beside it, `open:lju`
        takes that back; the others change the order (web/ranks.py)."""
        verb, _colon, code = move.partition(":")
        if verb == "close" and code in offered:
            classes = shifted(self.classes, f"drop:{code}", offered=offered)
            return Posted(classes, {code: "", **self.reasons})
        if verb == "open":
            left = {key: said for key, said in self.reasons.items() if key != code}
            return replace(self, reasons=left)
        return replace(self, classes=shifted(self.classes, move, offered=offered))
