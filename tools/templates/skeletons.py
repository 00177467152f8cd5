"""Make the bundled templates of the award papers (``python -m tools.regenerate``).

As with ``bao-cao.docx``, an office edits its own copies in ``mau-word/``; only the bundled ones are changed
here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from docx.document import Document as DocumentType

from dvk_reports.papers.awards.skeletons import (
    CERTIFICATE,
    INVITATION,
    MINUTES,
    NOTICE,
    PARTY_MINUTES,
    PRAISE,
    REQUEST,
    STATE_REQUEST,
)
from dvk_reports.papers.docx.drafts import steady_zip
from dvk_reports.plan.book.rulebook import DocumentSpec, Layout
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece
from tools.templates.state_layout import skeleton_styles, state_styles


def make_skeletons(folder: Path) -> list[Path]:
    """Write every template into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    day = plan.first_quarter.first_day
    written = []
    for kind, draw in DRAWN.items():
        spec = plan.document(kind, day)
        layout = plan.documents.layout(spec.the_thuc, day)
        written.append(_make(folder, spec, layout, draw))
    return written


def _make(folder: Path, spec: DocumentSpec, layout: Layout, draw: Callable[[DocumentType, Layout], None]) -> Path:
    styles = skeleton_styles(layout) if layout.phan_ke is None else state_styles(layout)
    document = lay.blank_document(layout, styles)
    lay.page_number(document.sections[0])
    (piece.party_head if layout.phan_ke is None else piece.state_head)(
        document, layout, dated=spec.ma not in (MINUTES, PARTY_MINUTES)
    )
    piece.title(document, layout, spec.ten_loai)
    draw(document, layout)
    core = document.core_properties
    core.title, core.language = f"Mẫu {spec.ten}", "vi-VN"
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.created = core.modified = datetime(spec.tu_ngay.year, spec.tu_ngay.month, spec.tu_ngay.day)
    core.revision = 1
    out = io.BytesIO()
    document.save(out)
    path = folder / spec.mau
    path.write_bytes(steady_zip(out.getvalue()))
    return path


def _request(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Kính gửi", "{{ chu_kinh_gui }}: {{ kinh_gui }}")
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(
        document,
        "DVK Nội dung",
        "{{ ten_co_quan }} đã tổng hợp, thẩm tra hồ sơ đề nghị biểu dương của các chi, đảng bộ trực thuộc Huyện ủy. "
        "Qua xem xét, {{ ten_co_quan }} đề nghị {{ kinh_gui }} biểu dương {{ so_luong }} có thành tích trong Phong "
        "trào “Dân vận khéo” (có danh sách kèm theo).",
    )
    piece.each(document, "ket_qua_xet", "DVK Nội dung")
    lay.say(document, "DVK Nội dung cuối", "{{ ten_co_quan }} kính trình {{ kinh_gui }} xem xét, quyết định.")
    piece.foot(document, layout)
    _wide_list(document, layout, "ĐỀ NGHỊ BIỂU DƯƠNG TRONG PHONG TRÀO “DÂN VẬN KHÉO”", "Tờ trình")


def _state_request(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Kính gửi", "{{ chu_kinh_gui }}: {{ kinh_gui }}")
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(
        document,
        "DVK Nội dung",
        "Căn cứ thành tích của {{ cac_doi_tuong }} đã được Hội đồng Thi đua - Khen thưởng huyện xét tại cuộc họp ngày "
        "{{ ngay_hop }}, {{ ten_co_quan }} đề nghị {{ kinh_gui }} tặng Giấy khen cho {{ so_luong }} đã có thành tích "
        "trong Phong trào “Dân vận khéo” (có danh sách và hồ sơ kèm theo).",
    )
    piece.each(document, "ket_qua_xet", "DVK Nội dung")
    lay.say(
        document,
        "DVK Nội dung cuối",
        "{{ ten_co_quan }} kính trình {{ kinh_gui }} xem xét, quyết định{{ ket_thuc }}",
    )
    piece.foot(document, layout)
    _wide_list(document, layout, "ĐỀ NGHỊ TẶNG GIẤY KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", "Tờ trình")


def _praise(document: DocumentType, layout: Layout) -> None:
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(document, "DVK Thẩm quyền ban hành", "{{ tham_quyen }}")
    piece.article(
        document,
        "Điều 1.",
        "Biểu dương {{ so_luong }} điển hình, tiêu biểu trong Phong trào “Dân vận khéo” ({{ dot }}) "
        "(có danh sách kèm theo).{{ tien_dieu_1 }}",
    )
    piece.optional_article(
        document, "tien_thuong", "Điều 2.", "Mức tiền kèm theo: {{ tien_thuong }}, {{ nguon_tien }}."
    )
    piece.article(
        document,
        "Điều {{ dieu_cuoi }}.",
        "Văn phòng Huyện ủy, Ban Dân vận Huyện ủy, các chi, đảng bộ trực thuộc Huyện ủy và {{ cac_doi_tuong }} có tên "
        "tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        last=True,
    )
    piece.foot(document, layout)
    _table_list(
        document, layout, "{{ doi_tuong_in_hoa }} ĐƯỢC BIỂU DƯƠNG TRONG PHONG TRÀO “DÂN VẬN KHÉO”", "Quyết định"
    )


def _certificate(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Thẩm quyền ban hành", "{{ tham_quyen }}")
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(document, "DVK Chữ quyết định", "QUYẾT ĐỊNH:")
    piece.article(
        document,
        "Điều 1.",
        "Tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện cho {{ so_luong }} đã có thành tích trong Phong trào "
        "“Dân vận khéo” ({{ dot }}) ",
        note="(có Danh sách kèm theo).",
        more="{{ tien_dieu_1 }}",
    )
    piece.optional_article(
        document, "tien_thuong", "Điều 2.", "Mức tiền thưởng kèm theo: {{ tien_thuong }}, {{ nguon_tien }}."
    )
    piece.article(
        document,
        "Điều {{ dieu_cuoi }}.",
        "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Trưởng phòng Nội vụ, Trưởng phòng Tài chính - Kế "
        "hoạch và {{ cac_doi_tuong }} có tên tại Điều 1 căn cứ Quyết định thi hành{{ ket_thuc }}",
        last=True,
    )
    piece.foot(document, layout)
    _table_list(
        document, layout, "{{ doi_tuong_in_hoa }} ĐƯỢC TẶNG GIẤY KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", "Quyết định"
    )


def _minutes(document: DocumentType, layout: Layout) -> None:
    _meeting(document, "Cuộc họp", "Chủ trì (chủ tọa)", "Chủ tọa")
    piece.minutes_foot(document, layout, "THƯ KÝ")


def _party_minutes(document: DocumentType, layout: Layout) -> None:
    _meeting(document, "Hội nghị", "Chủ trì hội nghị", "Chủ trì hội nghị")
    piece.minutes_foot(document, layout, "NGƯỜI GHI BIÊN BẢN")


def _meeting(document: DocumentType, meeting: str, chair: str, speaker: str) -> None:
    for text in ("Thời gian bắt đầu: {{ thoi_gian }}.", "Địa điểm: {{ dia_diem }}.", "Thành phần tham dự:"):
        lay.say(document, "DVK Dòng thông tin", text)
    piece.each(document, "thanh_phan", "DVK Dòng thông tin", "- {{ cau }}")
    piece.optional(document, "vang", "DVK Dòng thông tin", "Vắng mặt: {{ vang }}.")
    for text in (
        f"{chair}: {{{{ chu_toa }}}}.",
        "Thư ký (người ghi biên bản): {{ thu_ky }}.",
        "Số thành viên dự họp: {{ so_thanh_vien }}.",
    ):
        lay.say(document, "DVK Dòng thông tin", text)
    lay.say(
        document,
        "DVK Dòng trước bảng",
        f"Nội dung: Xét {{{{ so_luong }}}} được đề nghị ({{{{ dot }}}}). {speaker} nêu tiêu chuẩn, tóm tắt thành tích; "
        "các thành viên thảo luận và biểu quyết ({{ cach_bieu_quyet }}). Kết quả như sau:",
    )
    _votes(document)
    lay.say(
        document,
        "DVK Nội dung cuối",
        f"{meeting} kết thúc vào{piece.GAP}giờ{piece.GAP}, ngày{piece.GAP}tháng{piece.GAP}năm{piece.GAP}"
        "{{ ket_thuc }}",
    )


def _votes(document: DocumentType) -> None:
    """The table of votes; its cells are made empty."""
    table = lay.ruled_table(
        document,
        (11, 52, 32, 19, 18, 13, 20),
        ("TT", "Tập thể, cá nhân", "Hình thức đề nghị", "Số phiếu đồng ý", "Không đồng ý", "Tỷ lệ %", "Kết luận"),
    )
    keys = ("tt", "dong_day_du", "hinh_thuc", "dong_y", "khong_dong_y", "ty_le", "ket_luan")
    piece.grouped_rows(table, keys, texts=(1, 2))


def _invitation(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Nội dung", "{{ ten_co_quan }} trân trọng kính mời:")
    piece.each(document, "moi", "DVK Dòng thông tin", "- {{ cau }}")
    lay.say(document, "DVK Dòng thông tin", "Đến dự: {{ noi_dung }}.")
    lay.say(document, "DVK Dòng thông tin", "Thời gian: {{ thoi_gian }}.")
    lay.say(document, "DVK Dòng thông tin", "Địa điểm: {{ dia_diem }}.")
    lay.say(document, "DVK Nội dung cuối", "Đề nghị các đồng chí đến dự đầy đủ, đúng thành phần.")
    piece.foot(document, layout)


def _notice(document: DocumentType, layout: Layout) -> None:
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(
        document,
        "DVK Nội dung",
        "{{ ten_co_quan }} thông báo: biểu dương {{ so_luong }} điển hình, tiêu biểu trong Phong trào “Dân vận khéo” "
        "({{ dot }}) (có danh sách kèm theo).",
    )
    piece.each(document, "noi_dung_thong_bao", "DVK Nội dung")
    lay.say(
        document,
        "DVK Nội dung cuối",
        "Ban Dân vận Huyện ủy, các chi, đảng bộ trực thuộc Huyện ủy thông báo đến {{ cac_doi_tuong }} có tên trong "
        "danh sách và tiếp tục duy trì, nhân rộng các mô hình.",
    )
    piece.foot(document, layout)
    _table_list(document, layout, "{{ doi_tuong_in_hoa }} ĐƯỢC BIỂU DƯƠNG TRONG PHONG TRÀO “DÂN VẬN KHÉO”", "Thông báo")


def _wide_list(document: DocumentType, layout: Layout, title: str, paper: str) -> None:
    piece.annex(document, layout, f"DANH SÁCH {title}", paper, wide=True)
    heads = {
        "tt": (12, "TT"),
        "ten": (62, "Tập thể, cá nhân"),
        "chuc_vu_don_vi": (58, "Chức vụ, đơn vị"),
        "thanh_tich": (85, "Mô hình, thành tích"),
        "hinh_thuc": (40, "Hình thức đề nghị"),
    }
    piece.listed(document, heads, texts=(1, 2, 3), line="dong_ho_so")


def _table_list(document: DocumentType, layout: Layout, title: str, paper: str) -> None:
    piece.annex(document, layout, f"DANH SÁCH {title}", paper, wide=False)
    heads = {"tt": (12, "TT"), "ten": (78, "Tập thể, cá nhân"), "chuc_vu_don_vi": (75, "Chức vụ, đơn vị")}
    piece.listed(document, heads, texts=(1, 2), line="dong_day_du")


DRAWN: Mapping[str, Callable[[DocumentType, Layout], None]] = {
    REQUEST: _request,
    PRAISE: _praise,
    NOTICE: _notice,
    INVITATION: _invitation,
    STATE_REQUEST: _state_request,
    CERTIFICATE: _certificate,
    MINUTES: _minutes,
    PARTY_MINUTES: _party_minutes,
}
