"""One dossier: while it is a draft the list of what to do, afterwards where it stands."""

from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.domain.dossier_facts import facts_of
from admissions.gaps import Facts
from admissions.models import EligibilityCheck, EligibilityRule, NeedsCase, Offer, Passport
from admissions.sections import SECTIONS, Status, problems, status
from admissions.vault_policies import TAKEN
from web.applicant.base import DossierPage
from web.applicant.stages import CAN_BE_WITHDRAWN, STAGES
from web.moments import moment

_TONES = {
    Status.COMPLETED: "done",
    Status.IN_PROGRESS: "doing",
    Status.NOT_YET_STARTED: "todo",
    Status.CANNOT_START_YET: "blocked",
}


class Tasks(DossierPage):
    template_name = "applicant/dossier.html"

    def context(self) -> dict[str, Any]:
        dossier = self.dossier
        shared = {
            "stage": STAGES[dossier.state],
            "can_withdraw": dossier.state in CAN_BE_WITHDRAWN,
            "withdraw_url": self.at_url("withdraw"),
            "check_url": self.at_url("check"),
            "access_url": self.at_url("access"),
        }
        if self.is_open:
            return {**shared, **self._draft()}
        return {**shared, **self._after()}

    def _draft(self) -> dict[str, Any]:
        facts = facts_of(self.dossier, actor=self.actor)
        tasks = [self._task(code, facts) for code in SECTIONS]
        done = sum(task["tone"] == "done" for task in tasks)
        return {
            "page_title": _("Your dossier"),
            "tasks": [*tasks[:-1], self._needs(), tasks[-1]],
            "done": done,
            "total": len(tasks),
            "says": _("%(done)d of %(total)d sections completed")
            % {"done": done, "total": len(tasks)},
            "complete": not problems(facts),
        }

    def _task(self, code: str, facts: Facts) -> dict[str, Any]:
        found = status(facts, code)
        blocked = found is Status.CANNOT_START_YET
        return {
            "title": SECTIONS[code].title,
            "url": "" if blocked else self.at_url("section", section=code),
            "status": found.label,
            "tone": _TONES[found],
            "hint": _("When everything else is complete") if blocked else _hint(code, facts),
        }

    def _needs(self) -> dict[str, Any]:
        """Not one of the sections: nobody has to answer, and it is kept apart."""
        mine = NeedsCase.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)
        is_answered = mine.exists()
        return {
            "title": _("Individual needs"),
            "url": self.at_url("needs"),
            "status": _("Answered") if is_answered else _("Optional"),
            "tone": "done" if is_answered else "todo",
            "hint": _("Kept apart; no reviewer reads it"),
        }

    def _after(self) -> dict[str, Any]:
        offers = Offer.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)
        has_letter = self.dossier.submitted_at is not None
        is_taking = self.dossier.call.is_taking_dossiers(self.at)
        return {
            "page_title": _("Your dossier"),
            "events": self._events(),
            "findings": self._findings(),
            "offer_url": self.at_url("offer") if offers.exists() else "",
            "receipt_url": self.at_url("receipt") if has_letter else "",
            "reopen_url": self.at_url("reopen")
            if self.dossier.state == "submitted" and is_taking
            else "",
            "referees_url": self.at_url("referees"),
            "check_url": self.at_url("check"),
            "needs_url": self.at_url("needs"),
            **self._passport(),
        }

    def _passport(self) -> dict[str, Any]:
        """Asked for once the place was taken; then until it is given."""
        if self.dossier.state not in TAKEN:
            return {}
        mine = Passport.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)
        return {"passport_url": self.at_url("passport"), "passport_given": mine.exists()}

    def _events(self) -> list[dict[str, Any]]:
        """What happened, where it is now, what comes: for timeline.html."""
        dossier, stage = self.dossier, STAGES[self.dossier.state]
        past = [(_("Started"), dossier.started_at), (_("Submitted"), dossier.submitted_at)]
        events = [
            {"what": what, "when": moment(when, now=self.at).utc, "state": "done"}
            for what, when in past
            if when and not (what == _("Submitted") and dossier.state == "submitted")
        ]
        now = {"what": stage.word, "when": "", "text": stage.then, "state": "here"}
        if dossier.state == "submitted" and dossier.submitted_at:
            now["when"] = moment(dossier.submitted_at, now=self.at).utc
        return [*events, now]

    def _findings(self) -> list[dict[str, Any]]:
        """Rule by rule, only where one of them was not met."""
        if self.dossier.state != "ineligible":
            return []
        checks = EligibilityCheck.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)
        last = checks.first()
        if last is None:
            return []
        asked = EligibilityRule.objects.for_actor(self.actor, "view").filter(call=self.dossier.call)
        rules = cast("list[EligibilityRule]", list(asked))
        return [
            {"rule": rule.sentence, "remark": last.findings[rule.code].get("remark", "")}
            for rule in rules
            if rule.code in last.findings and not last.findings[rule.code].get("met")
        ]


def _hint(code: str, facts: Facts) -> str:
    if code == "documents":
        there = len(facts.documents & set(facts.requirements))
        return _("%(there)d of %(needed)d attached") % {
            "there": there,
            "needed": len(facts.requirements),
        }
    if code == "referees" and facts.referees:
        text = ngettext(
            "%(n)d of %(needed)d letter received",
            "%(n)d of %(needed)d letters received",
            facts.referees_needed,
        )
        return text % {"n": facts.letters, "needed": facts.referees_needed}
    return ""
