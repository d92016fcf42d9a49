"""Placement rounds: frozen problem in, one proven plan out, with reasons. No Django here."""

from mobility_tracks.placement.explain import Reason, Refusal, explain, explain_option
from mobility_tracks.placement.plan import Conflict, Infeasible, Plan, SolverFailure, Stage
from mobility_tracks.placement.problem import (
    PROPERTIES,
    Group,
    Option,
    Policy,
    PolicyKind,
    Problem,
    ProblemInvalid,
    Rule,
    Seats,
    Stay,
    Student,
)
from mobility_tracks.placement.record import canonical, fingerprint, load
from mobility_tracks.placement.rules import Verdict, verdicts
from mobility_tracks.placement.solve import solve
from mobility_tracks.placement.verify import Report, verify

__all__ = [
    "PROPERTIES",
    "Conflict",
    "Group",
    "Infeasible",
    "Option",
    "Plan",
    "Policy",
    "PolicyKind",
    "Problem",
    "ProblemInvalid",
    "Reason",
    "Refusal",
    "Report",
    "Rule",
    "Seats",
    "SolverFailure",
    "Stage",
    "Stay",
    "Student",
    "Verdict",
    "canonical",
    "explain",
    "explain_option",
    "fingerprint",
    "load",
    "solve",
    "verdicts",
    "verify",
]
