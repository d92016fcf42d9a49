"""Placement rounds: frozen problem in, one proven plan out, with reasons. No Django here."""

from mobility_tracks.placement.certify import certify
from mobility_tracks.placement.changes import (
    Arrived,
    ByHand,
    Change,
    GroupOff,
    HostOff,
    NewGroup,
    NewPolicy,
    NewRule,
    NewSeats,
    OverflowOff,
    RuleOff,
    Withdrawn,
)
from mobility_tracks.placement.explain import Reason, explain, explain_option
from mobility_tracks.placement.impossible import certify_none, none_file
from mobility_tracks.placement.plan import Conflict, Demand, Infeasible, Plan, SolverFailure, Stage
from mobility_tracks.placement.problem import (
    PROPERTIES,
    Group,
    Keep,
    Option,
    Overflow,
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
from mobility_tracks.placement.proof.impossible import Impossible, NoneReport, verify_none
from mobility_tracks.placement.proof.verify import Report, verify
from mobility_tracks.placement.record import canonical, fingerprint, load
from mobility_tracks.placement.refusals import Refusal
from mobility_tracks.placement.rules import Verdict, verdicts
from mobility_tracks.placement.solve import solve
from mobility_tracks.placement.whatif import Difference, Figures, Move, WhatIf, figures, what_if

__all__ = [
    "PROPERTIES",
    "Arrived",
    "ByHand",
    "Certificate",
    "Change",
    "Conflict",
    "Demand",
    "Difference",
    "Figures",
    "Group",
    "GroupOff",
    "HostOff",
    "Impossible",
    "Infeasible",
    "Keep",
    "Move",
    "NewGroup",
    "NewPolicy",
    "NewRule",
    "NewSeats",
    "NoneReport",
    "Option",
    "Overflow",
    "OverflowOff",
    "Plan",
    "Policy",
    "PolicyKind",
    "Problem",
    "ProblemInvalid",
    "Reason",
    "Refusal",
    "Report",
    "Rule",
    "RuleOff",
    "Seats",
    "SolverFailure",
    "Stage",
    "Stay",
    "Student",
    "Verdict",
    "WhatIf",
    "Withdrawn",
    "canonical",
    "certify",
    "certify_none",
    "explain",
    "explain_option",
    "figures",
    "fingerprint",
    "load",
    "none_file",
    "solve",
    "verdicts",
    "verify",
    "verify_none",
    "what_if",
]
