"""What the parts of a file must keep between them: credits, dates, cycles, weights, roles.

Each check concerns one record and names the fields it builds on; it is left out where one of
them could not be read, so that one mistake is told once. Unknown references are told elsewhere:
checks pass over them.
"""

from typing import Any

from mobility_tracks.programme.checks.call import CALL_CHECKS
from mobility_tracks.programme.checks.consortium import CONSORTIUM_CHECKS
from mobility_tracks.programme.checks.curriculum import CURRICULUM_CHECKS
from mobility_tracks.programme.checks.paths import PATH_CHECKS
from mobility_tracks.programme.checks.rules import RULE_CHECKS
from mobility_tracks.programme.checks.site import Site
from mobility_tracks.programme.problems import Path, Report

_CHECKS = (*CURRICULUM_CHECKS, *PATH_CHECKS, *RULE_CHECKS, *CALL_CHECKS, *CONSORTIUM_CHECKS)


def check(record: Any, path: Path, report: Report) -> None:
    """Run the checks of a record; problems go to the report."""
    site = Site(report, path)
    for cls, needs, run in _CHECKS:
        if isinstance(record, cls) and site.is_sound(*needs) and not report.full:
            run(record, site)
