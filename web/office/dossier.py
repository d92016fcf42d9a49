"""One dossier, everything on one page: what was said, what was sent, who judged, what comes next."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from admissions.domain import looks
from admissions.domain.assignments import reviewers
from admissions.domain.eligibility import RULED
from admissions.domain.workload import REVIEWABLE
from admissions.models import (
    Assignment,
    Criterion,
    Dossier,
    EligibilityCheck,
    EligibilityRule,
    Offer,
    Review,
    Score,
    TrackPreference,
)
from admissions.reference_number import canonical, spell
from consortium.models import Membership
from web.office import papers
from web.office.desk import Desk
from web.office.dossier_forms import EligibilityForm, OfferForm, ReviewersForm
from web.office.forms import Confirmation
from web.office.passport import kept_apart
from web.office.sheet import blocks


class DossierDesk(Desk):
    """A fixed number of queries however much is in it. Forms of the page are parts of their own."""

    right = "view_dossiers"
    leaves_trace = True
    of_one_call = True
    stop = "dossiers"
    template_name = "office/dossier.html"

    @cached_property
    def dossier(self) -> Dossier:
        """By its number, in whatever way it was typed."""
        number = canonical(self.kwargs["ref"])
        reference = spell(number) if number else self.kwargs["ref"]
        rows = Dossier.objects.all().select_related("call__intake")
        return rows.reach(self.actor, "view", reference=reference)

    def reach(self) -> None:
        assert self.dossier

    def home(self) -> str:
        return self.url("dossier", ref=self.kwargs["ref"])

    def context(self) -> dict[str, Any]:
        dossier = self.dossier
        looks.at_dossier(dossier, actor=self.actor, at=self.at)
        return {
            "page_title": f"{dossier.reference} {dossier.name}",
            "dossier": dossier,
            "call": dossier.call,
            "crumbs": [
                {"label": _("Dossiers"), "url": self.url("dossiers")},
                {"label": dossier.reference},
            ],
            "blocks": blocks(dossier, self._of(TrackPreference).select_related("track")),
            "files": papers.files(dossier, self.actor),
            "letters": papers.letters(dossier, self.actor),
            "timeline": papers.timeline(dossier, self.actor),
            "journal_url": f"{self.url('journal')}?case_id={dossier.pk}&looks=with"
            if self.actor.may("view_journal")
            else "",
            **self.eligibility(),
            **self.review(),
            **self.offer(),
            "apart": kept_apart(dossier, self),
        }

    def _of(self, model: Any) -> Any:
        return model.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)

    def _of_call(self, model: Any) -> list[Any]:
        return list(model.objects.for_actor(self.actor, "view").filter(call=self.dossier.call))

    def eligibility(self) -> dict[str, Any]:
        checks = list(self._of(EligibilityCheck).order_by("-ruled_at")[:5])
        latest = checks[0] if checks else None
        return {
            "rules": self.rules,
            "checks": checks,
            "findings": [
                {"rule": rule, **(latest.findings.get(rule.code, {}) if latest else {})}
                for rule in self.rules
            ],
            "may_rule": self.actor.may("rule_eligibility") and self.dossier.state in RULED,
            "eligibility_form": EligibilityForm(self.rules, initial=_typed(latest)),
        }

    @cached_property
    def rules(self) -> list[EligibilityRule]:
        return self._of_call(EligibilityRule)

    def review(self) -> dict[str, Any]:
        """Assignments for those who assign; submitted reviews for everyone who sees the dossier."""
        assignments = list(self._of(Assignment).select_related("party").order_by("assigned_at"))
        names = {row.pk: row for row in assignments}
        seen = Review.objects.for_actor(self.actor, "view")
        reviews = list(seen.filter(assignment__dossier=self.dossier).order_by("submitted_at"))
        marks: dict[object, dict[object, int]] = {}
        scores = Score.objects.for_actor(self.actor, "view").filter(review__in=reviews)
        for review, criterion, points in scores.values_list("review_id", "criterion_id", "points"):
            marks.setdefault(review, {})[criterion] = points
        may_assign = self.actor.may("assign_reviewers") and self.dossier.state in REVIEWABLE
        return {
            "assignments": assignments,
            "reviews": [
                {"review": review, "assignment": names.get(review.assignment_id)}
                for review in reviews
            ],
            "marks": [
                {
                    "criterion": criterion,
                    "marks": [marks.get(r.pk, {}).get(criterion.pk, "–") for r in reviews],
                }
                for criterion in self._of_call(Criterion)
            ],
            "may_assign": may_assign,
            "reviewers_form": ReviewersForm(self.free(assignments) if may_assign else []),
        }

    def free(self, assignments: list[Assignment]) -> list[Membership]:
        """Reviewers who do not have the dossier yet."""
        had = {row.reviewer_id for row in assignments}
        return [m for m in reviewers(actor=self.actor, at=self.at) if m.user_id not in had]

    def offer(self) -> dict[str, Any]:
        offers = list(self._of(Offer).select_related("track").order_by("-prepared_at"))
        may = self.actor.may("make_offers") and self.dossier.state == "selected"
        live = any(each.state in {"prepared", "sent", "accepted"} for each in offers)
        return {
            "offers": offers,
            "may_offer": may and not live,
            "may_send": self.actor.may("make_offers"),
            "offer_form": OfferForm.of(self.actor, self.dossier.call),
            "button": Confirmation(),
        }


def _typed(latest: EligibilityCheck | None) -> dict[str, str]:
    """The last ruling as initial values of the form."""
    typed: dict[str, str] = {}
    for code, finding in (latest.findings if latest else {}).items():
        typed[code] = "yes" if finding["met"] else "no"
        typed[f"{code}-remark"] = finding["remark"]
    return typed
