"""Institutions (global) and partnerships (one consortium's view of them)."""

from partners.models.institution import Institution
from partners.models.partnership import Partnership

__all__ = ["Institution", "Partnership"]
