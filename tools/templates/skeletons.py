"""Make the bundled templates of the award papers (``python -m tools.regenerate``).

As with ``bao-cao.docx``, an office edits its own copies in ``mau-word/``; only the bundled ones are changed
here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document as DocumentType

from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece
from tools.templates.state_layout import skeleton_styles, state_styles


def make_skeletons(folder: Path) -> list[Path]:
    """Write every template into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    day = plan.first_quarter.first_day
    written = []
    for name, draw in DRAWN.items():
        spec = next(spec for spec in plan.documents.van_ban if spec.mau == name)
        layout = plan.documents.layout(spec.the_thuc, day)
        party = layout.phan_ke is None
        document = lay.blank_document(layout, skeleton_styles(layout) if party else state_styles(layout))
        lay.page_number(document.sections[0])
        head = piece.party_head if party else piece.state_head
        head(document, layout, dated=spec.vai is not DocumentRole.MINUTES)
        piece.title(document, layout, spec.ten_loai)
        draw(document, layout)
        written.append(lay.save(document, folder / name, f"Mẫu {spec.ten}", spec.tu_ngay))
    return written


def _request(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Kính gửi", "{{ chu_kinh_gui }}: {{ kinh_gui }}")
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(
        document,
        "DVK Nội dung",
        "{{ ten_co_quan }} đã tổng hợp, thẩm tra hồ sơ đề nghị biểu dương của {{ noi_de_nghi }}. Qua xem xét, "
        "{{ ten_co_quan }} đề nghị {{ kinh_gui }} biểu dương {{ so_luong }} có thành tích trong Phong trào “Dân vận "
        "khéo” (có danh sách kèm theo).",
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
        "Căn cứ thành tích của {{ cac_doi_tuong }} đã được {{ noi_xet }} xét tại cuộc họp ngày {{ ngay_hop }}, "
        "{{ ten_co_quan }} đề nghị {{ kinh_gui }} tặng Giấy khen cho {{ so_luong }} đã có thành tích trong Phong trào "
        "“Dân vận khéo” (có danh sách và hồ sơ kèm theo).",
    )
    piece.each(document, "ket_qua_xet", "DVK Nội dung")
    lay.say(
        document,
        "DVK Nội dung cuối",
        "{{ ten_co_quan }} kính trình {{ kinh_gui }} xem xét, quyết định{{ ket_thuc }}",
    )
    piece.foot(document, layout)
    _wide_list(document, layout, "ĐỀ NGHỊ TẶNG {{ ten_hinh_thuc_in_hoa }}", "Tờ trình")


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
        "{{ thi_hanh }} và {{ cac_doi_tuong }} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
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
        "Tặng {{ ten_hinh_thuc }} cho {{ so_luong }} đã có thành tích trong Phong trào “Dân vận khéo” ({{ dot }}) ",
        note="(có Danh sách kèm theo).",
        more="{{ tien_dieu_1 }}",
    )
    piece.optional_article(
        document, "tien_thuong", "Điều 2.", "Mức tiền thưởng kèm theo: {{ tien_thuong }}, {{ nguon_tien }}."
    )
    piece.article(
        document,
        "Điều {{ dieu_cuoi }}.",
        "{{ thi_hanh }} và {{ cac_doi_tuong }} có tên tại Điều 1 căn cứ Quyết định thi hành{{ ket_thuc }}",
        last=True,
    )
    piece.foot(document, layout)
    _table_list(document, layout, "{{ doi_tuong_in_hoa }} ĐƯỢC TẶNG {{ ten_hinh_thuc_in_hoa }}", "Quyết định")


def _minutes(document: DocumentType, layout: Layout) -> None:
    _meeting(document, "Cuộc họp", "Chủ trì (chủ tọa)", "Chủ tọa", "tặng {{ ten_hinh_thuc }}")
    piece.minutes_foot(document, layout, "THƯ KÝ")


def _party_minutes(document: DocumentType, layout: Layout) -> None:
    _meeting(document, "Hội nghị", "Chủ trì hội nghị", "Chủ trì hội nghị", "biểu dương")
    piece.minutes_foot(document, layout, "NGƯỜI GHI BIÊN BẢN")


def _meeting(document: DocumentType, meeting: str, chair: str, speaker: str, work: str) -> None:
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
        f"Nội dung: Xét {{{{ so_luong }}}} được đề nghị {work} ({{{{ dot }}}}). {speaker} nêu tiêu chuẩn, tóm tắt "
        "thành tích; các thành viên thảo luận và biểu quyết ({{ cach_bieu_quyet }}). Kết quả như sau:",
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
        (11, 62, 26, 17, 17, 14, 18),
        ("TT", "Tập thể, cá nhân", "Xếp hạng", "Số phiếu đồng ý", "Không đồng ý", "Tỷ lệ %", "Kết luận"),
    )
    keys = ("tt", "dong_day_du", "xep_hang", "dong_y", "khong_dong_y", "ty_le", "ket_luan")
    piece.grouped_rows(table, keys, texts=(1,))


def _invitation(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Nội dung", "{{ ten_co_quan }} trân trọng kính mời:")
    piece.each(document, "moi", "DVK Dòng thông tin", "- {{ cau }}")
    lay.say(document, "DVK Dòng thông tin", "Đến dự: {{ hoi_nghi }}.")
    lay.say(document, "DVK Dòng thông tin", "Nội dung: {{ noi_dung }}.")
    lay.say(document, "DVK Dòng thông tin", "Thời gian: {{ thoi_gian }}.")
    lay.say(document, "DVK Dòng thông tin", "Địa điểm: {{ dia_diem }}.")
    lay.say(document, "DVK Nội dung cuối", "Đề nghị các đồng chí đến dự đầy đủ, đúng thành phần.")
    piece.foot(document, layout)


def _programme(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Dòng thông tin", "Thời gian: {{ thoi_gian }}.")
    lay.say(document, "DVK Dòng thông tin", "Địa điểm: {{ dia_diem }}.")
    lay.say(document, "DVK Dòng trước bảng", "Nội dung:")
    heads = ("TT", "Thời gian", "Nội dung", "Người thực hiện")
    table = lay.ruled_table(document, (12, 28, 85, 40), heads)
    styles = ["DVK Số trong bảng", "DVK Số trong bảng", "DVK Chữ trong bảng", "DVK Chữ trong bảng"]
    for number, (what, who) in enumerate(_ITEMS, start=1):
        lay.data_row(table, styles, [str(number), "", what, who])
        if what == _AWARDING:
            lay.loop_row(table, "{%tr for cau in cong_bo %}")
            lay.data_row(table, styles, ["", "", "- {{ cau }}", ""])
            lay.loop_row(table, "{%tr endfor %}")
    lay.say(document, "DVK Nội dung cuối", "Chương trình có thể được điều chỉnh theo thực tế của hội nghị.")
    piece.foot(document, layout)


_AWARDING = "Công bố, trao các quyết định biểu dương, khen thưởng:"
_ITEMS = (
    ("Đón tiếp đại biểu, ổn định tổ chức", "Ban Tổ chức hội nghị"),
    ("Tuyên bố lý do, giới thiệu đại biểu", "Ban Tổ chức hội nghị"),
    ("Phát biểu khai mạc", ""),
    ("Báo cáo kết quả thực hiện Phong trào “Dân vận khéo”", ""),
    ("Tham luận của tập thể, cá nhân điển hình", ""),
    ("Thảo luận", "Chủ trì hội nghị"),
    (_AWARDING, ""),
    ("Phát biểu chỉ đạo", ""),
    ("Kết luận, bế mạc hội nghị", "Chủ trì hội nghị"),
)
"""What stands in the programme of a conference, and who does it; the hours and the speakers are for a person."""


def _funds(document: DocumentType, layout: Layout) -> None:
    lay.say(document, "DVK Kính gửi", "{{ chu_kinh_gui }}: {{ kinh_gui }}")
    piece.each(document, "can_cu", "DVK Căn cứ")
    lay.say(
        document,
        "DVK Dòng trước bảng",
        "{{ ten_co_quan }} đề nghị {{ kinh_gui }} xem xét, cho chủ trương bố trí kinh phí tổ chức {{ hoi_nghi }}, biểu "
        "dương, khen thưởng tập thể, cá nhân ({{ dot }}), dự toán như sau:",
    )
    heads = ("TT", "Nội dung chi", "Số lượng", "Mức chi (đồng)", "Thành tiền (đồng)")
    table = lay.ruled_table(document, (12, 70, 20, 28, 35), heads)
    number, words = "DVK Số trong bảng", "DVK Chữ trong bảng"
    lay.merged_row(table, "DVK Nhóm trong bảng", "I. Tiền thưởng")
    lay.loop_row(table, "{%tr for khoan in khoan_thuong %}")
    lay.data_row(
        table,
        [number, words, number, number, number],
        ["{{ loop.index }}", *(f"{{{{ khoan.{key} }}}}" for key in ("ten", "so_luong", "muc", "thanh_tien"))],
    )
    lay.loop_row(table, "{%tr endfor %}")
    lay.merged_row(table, "DVK Nhóm trong bảng", "II. Tổ chức hội nghị")
    for place, what in enumerate(_COSTS, start=1):
        lay.data_row(table, [number, words, number, number, number], [str(place), what, "", "", ""])
    lay.data_row(table, [number, words, number, number, number], ["", "Tổng cộng", "", "", "{{ tong_du_toan }}"])
    lay.say(document, "DVK Nội dung", "Nguồn kinh phí: {{ nguon_tien }}.")
    lay.say(document, "DVK Nội dung cuối", "{{ ten_co_quan }} kính trình {{ kinh_gui }} xem xét, quyết định.")
    piece.foot(document, layout)


_COSTS = (
    "Khung, bản in quyết định, giấy khen",
    "Hội trường, trang trí, âm thanh",
    "In tài liệu",
    "Nước uống, chi đại biểu",
    "Chi khác",
)


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
        "{{ thi_hanh }} thông báo đến {{ cac_doi_tuong }} có tên trong danh sách và tiếp tục duy trì, nhân rộng các mô "
        "hình.",
    )
    piece.foot(document, layout)
    _table_list(document, layout, "{{ doi_tuong_in_hoa }} ĐƯỢC BIỂU DƯƠNG TRONG PHONG TRÀO “DÂN VẬN KHÉO”", "Thông báo")


def _wide_list(document: DocumentType, layout: Layout, title: str, paper: str) -> None:
    piece.annex(document, layout, f"DANH SÁCH {title}", paper, wide=True)
    heads = {
        "tt": (12, "TT"),
        "ten": (65, "Tập thể, cá nhân"),
        "chuc_vu_don_vi": (65, "Chức vụ, đơn vị"),
        "thanh_tich": (115, "Mô hình, thành tích"),
    }
    piece.listed(document, heads, texts=(1, 2, 3), line="dong_ho_so")


def _table_list(document: DocumentType, layout: Layout, title: str, paper: str) -> None:
    piece.annex(document, layout, f"DANH SÁCH {title}", paper, wide=False)
    heads = {"tt": (12, "TT"), "ten": (78, "Tập thể, cá nhân"), "chuc_vu_don_vi": (75, "Chức vụ, đơn vị")}
    piece.listed(document, heads, texts=(1, 2), line="dong_day_du")


DRAWN: Mapping[str, Callable[[DocumentType, Layout], None]] = {
    "to-trinh-dang.docx": _request,
    "quyet-dinh-bieu-duong.docx": _praise,
    "thong-bao.docx": _notice,
    "giay-moi.docx": _invitation,
    "chuong-trinh-hoi-nghi.docx": _programme,
    "to-trinh-kinh-phi.docx": _funds,
    "to-trinh-nha-nuoc.docx": _state_request,
    "quyet-dinh-giay-khen.docx": _certificate,
    "bien-ban.docx": _minutes,
    "bien-ban-dang.docx": _party_minutes,
}
