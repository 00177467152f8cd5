"""The head and the foot that every paper has: issuer, symbol, place, signer and receivers."""

from __future__ import annotations

from dvk_reports.plan.book.documents import Layout
from dvk_reports.plan.book.issued import IssuedPaper
from dvk_reports.plan.office import Office


def head_fields(office: Office, paper: IssuedPaper) -> dict[str, object]:
    """The fields of head and foot. A paper without an issuer has no signer either, whatever the register says."""
    signer = office.register.signer(paper.ma, office.day) if paper.has_issuer else None
    layout = office.plan.documents.layout(paper.the_thuc, office.day)
    return {
        "co_quan_cap_tren": paper.co_quan_cap_tren,
        "co_quan": paper.co_quan,
        "ten_co_quan": paper.ten_co_quan,
        "ky_hieu": paper.ky_hieu,
        "dia_danh": paper.dia_danh,
        "nam": str(office.day.year),
        "quyen_han": signer.authority if signer else paper.quyen_han,
        "chuc_vu": signer.post if signer else paper.chuc_vu,
        "ho_ten": signer.name if signer else "",
        "noi_nhan": receivers(paper.noi_nhan, layout),
    }


def receivers(lines: list[str], layout: Layout) -> list[str]:
    """Each line of Nơi nhận with its mark: that of the format between the lines, a full stop after the last."""
    last = len(lines) - 1
    return [f"{line}{'.' if place == last else layout.dau_noi_nhan}" for place, line in enumerate(lines)]
