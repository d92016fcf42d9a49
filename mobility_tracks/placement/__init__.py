"""Placement rounds: frozen problem in, one proven plan out, with reasons. No Django here."""

from mobility_tracks.placement.certify import certify
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
from mobility_tracks.placement.proof.certificate import Certificate
from mobility_tracks.placement.proof.verify import Report, verify
from mobility_tracks.placement.record import canonical, fingerprint, load
from mobility_tracks.placement.rules import Verdict, verdicts
from mobility_tracks.placement.solve import solve

__all__ = [
    "PROPERTIES",
    "Certificate",
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
    "certify",
    "explain",
    "explain_option",
    "fingerprint",
    "load",
    "solve",
    "verdicts",
    "verify",
]
