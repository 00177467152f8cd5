"""The Word papers of the bundled plan by their names, as its tests speak of them."""

from __future__ import annotations

from dvk_reports.plan.book.rulebook import Plan

REQUEST, PRAISE, NOTICE, INVITATION = "to_trinh_dang", "quyet_dinh_bieu_duong", "thong_bao", "giay_moi"
STATE_REQUEST, CERTIFICATE, MINUTES = "to_trinh_nha_nuoc", "quyet_dinh_giay_khen", "bien_ban"
PARTY_MINUTES, PROGRAMME, FUNDS = "bien_ban_dang", "chuong_trinh_hoi_nghi", "to_trinh_kinh_phi"
CONFERENCE = (INVITATION, PROGRAMME, FUNDS)
ROUND_PAPERS = (REQUEST, PRAISE, NOTICE, *CONFERENCE, STATE_REQUEST, CERTIFICATE, MINUTES, PARTY_MINUTES)
"""What is made around an award round, in the order of ``documents.yaml``."""


def granted_on(plan: Plan) -> Plan:
    """The plan as if its forms of award were granted for good; who issues the papers ends as before."""
    granted = [entry.model_copy(update={"den_ngay": None}) for entry in plan.awards.tham_quyen]
    return plan.model_copy(update={"awards": plan.awards.model_copy(update={"tham_quyen": granted})})


def going_on(plan: Plan) -> Plan:
    """The plan as if its offices had not ended: forms of award, issuers and names go on for good."""
    documents = plan.documents
    ended = {name: [e.model_copy(update={"den_ngay": None}) for e in getattr(documents, name)] for name in _DATED}
    return granted_on(plan).model_copy(update={"documents": documents.model_copy(update=ended)})


_DATED = ("ten_goi", "co_quan_ban_hanh")
