"""Institutions (global), partnerships (one consortium's view of them), and what partners agree on."""

from partners.models.institution import Institution
from partners.models.partnership import Partnership
from partners.models.sharing import SharingAgreement

__all__ = ["Institution", "Partnership", "SharingAgreement"]
