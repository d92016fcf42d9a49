"""Institutions (global); partnerships, agreements and bases for transfers of one consortium."""

from partners.models.institution import Institution
from partners.models.partnership import Partnership
from partners.models.sharing import SharingAgreement
from partners.models.transfer import BasisKind, TransferBasis

__all__ = ["BasisKind", "Institution", "Partnership", "SharingAgreement", "TransferBasis"]
