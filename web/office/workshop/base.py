"""What the pages about one programme version share."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from consortium.errors import NotFound
from mobility_tracks.domain import workshop
from mobility_tracks.domain.workshop import Bench
from mobility_tracks.models import ProgrammeVersion
from partners.models import Partnership
from web.office.desk import Desk
from web.office.workshop.bench import Shown
from web.office.workshop.places import address_of, holder_of


class VersionDesk(Desk):
    """The version of the address, and its document on the bench."""

    stop = "programmes"

    def reach(self) -> None:
        assert self.version

    def home(self) -> str:
        return self.url("workshop", code=self.kwargs["code"])

    @cached_property
    def version(self) -> ProgrammeVersion:
        return ProgrammeVersion.objects.reach(self.actor, "view", code=self.kwargs["code"])

    @cached_property
    def bench(self) -> Bench | None:
        """None for a version that was loaded before documents were kept."""
        try:
            return workshop.bench_of(self.version)
        except NotFound:
            return None

    @cached_property
    def partners(self) -> dict[str, Partnership]:
        rows = Partnership.objects.for_actor(self.actor, "view").for_listing()
        return {row.institution.key: row for row in rows.select_related("institution")}

    @property
    def may_edit(self) -> bool:
        return self.version.state == "draft" and self.actor.may("manage_programmes")

    def require_bench(self) -> Bench:
        if self.bench is None:
            raise NotFound
        return self.bench

    def shown(self, bench: Bench | None = None) -> Shown:
        return Shown(bench or self.require_bench(), self.partners)

    def crumbs(self, *more: str) -> list[dict[str, str]]:
        trail = [
            {"label": _("Programme"), "url": self.url("programmes")},
            {"label": self.version.title, "url": self.home()},
            *({"label": label} for label in more),
        ]
        return trail if more else [trail[0], {"label": self.version.title}]

    def answer(self, bench: Bench) -> dict[str, Any]:
        """What the checker says, for its panel."""
        code, slug = self.version.code, self.consortium.slug
        report = bench.report
        return {
            "bench": bench,
            "report": report,
            "problems": [
                {
                    "said": problem.said,
                    "place": ".".join(holder_of(bench.body, problem.key_path, code))
                    or _("the version"),
                    "url": address_of(
                        holder_of(bench.body, problem.key_path, code), slug=slug, code=code
                    ),
                }
                for problem in bench.problems
            ],
            "is_partial": report is not None and report.tried < report.ways,
        }
