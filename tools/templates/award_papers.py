"""Make the bundled templates that go with an award round (``python -m tools.regenerate``).

Answer to a unit, check sheet of its dossiers, and a unit's own decision of recognition. As with ``bao-cao.docx``, an
office edits its own copies in ``mau-word/``; only the bundled ones are changed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document as DocumentType

from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece
from tools.templates.state_layout import skeleton_styles


def make_award_papers(folder: Path) -> list[Path]:
    """Write every template into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    day = plan.first_quarter.first_day
    written = []
    for name, draw in DRAWN.items():
        spec = next(spec for spec in plan.documents.van_ban if spec.mau == name)
        layout = plan.documents.layout(spec.the_thuc, day)
        document = lay.blank_document(layout, {**lay.letter_styles(layout), **skeleton_styles(layout)})
        lay.page_number(document.sections[0])
        piece.party_head(document, layout, dated=True)
        if spec.ten_loai:
            piece.title(document, layout, spec.ten_loai)
        draw(document, layout)
        written.append(lay.save(document, folder / name, f"Mẫu {spec.ten}", spec.tu_ngay))
    return written


def _reply(document: DocumentType, layout: Layout) -> None:
    lay.say(document.tables[0].rows[1].cells[0], "DVK Trích yếu công văn", "{{ trich_yeu }}")
    lay.say(document, "DVK Kính gửi", "Kính gửi: {{ kinh_gui }}")
    lay.say(document, "DVK Nội dung", "{{ mo_dau }}")
    lay.say(document, "DVK Nội dung", "{{ tinh_hinh }}")
    piece.each(document, "chua_chon", "DVK Nội dung")
    lay.say(document, "DVK Nội dung", "{{ de_nghi }}")
    lay.say(document, "DVK Nội dung cuối", "{{ loi_ket }}")
    piece.foot(document, layout)


def _dossier(document: DocumentType, layout: Layout) -> None:
    heads = {
        "tt": (10, "TT"),
        "ten": (45, "Tập thể, cá nhân"),
        "hinh_thuc": (28, "Hình thức đề nghị"),
        "hs_to_trinh": (15, "Tờ trình"),
        "hs_bao_cao": (17, "Báo cáo thành tích"),
        "hs_bien_ban": (15, "Biên bản xét"),
        "hs_xac_nhan": (15, "Xác nhận"),
        "con_thieu": (20, "Còn thiếu"),
    }
    table = lay.ruled_table(document, [width for width, _ in heads.values()], [head for _, head in heads.values()])
    piece.grouped_rows(table, tuple(heads), texts=(1, 2, 7))
    lay.say(document, "DVK Nội dung cuối", "{{ ket_luan }}")
    piece.foot(document, layout)


def _recognition(document: DocumentType, layout: Layout) -> None:
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(document, "DVK Thẩm quyền ban hành", "{{ tham_quyen }}")
    piece.article(
        document,
        "Điều 1.",
        "Công nhận {{ so_luong }} “Dân vận khéo” năm {{ nam_xet }} (có danh sách kèm theo).",
    )
    piece.article(
        document,
        "Điều 2.",
        "Các tập thể, cá nhân có tên trong danh sách được ghi danh, có trách nhiệm duy trì, nâng cao chất lượng, nhân "
        "rộng mô hình, điển hình “Dân vận khéo”.",
    )
    piece.article(
        document,
        "Điều 3.",
        "{{ thi_hanh }} và các tập thể, cá nhân có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.",
        last=True,
    )
    piece.foot(document, layout)
    piece.annex(document, layout, "DANH SÁCH {{ ket_qua_in_hoa }} “DÂN VẬN KHÉO” NĂM {{ nam_xet }}", "Quyết định", True)
    heads = {
        "tt": (12, "TT"),
        "ten_mo_hinh": (65, "Tên mô hình"),
        "thuc_hien": (58, "Tập thể, cá nhân thực hiện"),
        "thon": (36, "Thôn, chi bộ"),
        "linh_vuc": (34, "Lĩnh vực"),
        "nam_dang_ky": (22, "Năm đăng ký"),
        "xep_loai": (30, "Xếp loại"),
    }
    table = lay.ruled_table(document, [width for width, _ in heads.values()], [head for _, head in heads.values()])
    piece.grouped_rows(table, tuple(heads), texts=(1, 2, 3, 4))


DRAWN: Mapping[str, Callable[[DocumentType, Layout], None]] = {
    "tra-loi-de-nghi.docx": _reply,
    "phieu-ho-so.docx": _dossier,
    "quyet-dinh-cong-nhan.docx": _recognition,
}
