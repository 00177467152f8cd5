"""Make the bundled ``bao-cao.docx`` (``python -m tools.regenerate``).

The file is an ordinary Word document; an office copies it into ``mau-word/`` and edits it there. Only a change of the
bundled one is made here, so that format and template cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document as DocumentType
from docx.table import Table

from dvk_reports.papers.report.over_time import COLUMNS
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece

TARGET_KEYS = ("ma", "chi_tieu", "ket_qua", "muc_phai_dat", "thap_nhat_cao_nhat", "don_vi", "ket_luan")


def make_template(folder: Path) -> Path:
    """Write ``bao-cao.docx`` into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    day = plan.first_quarter.first_day
    spec = plan.document(plan.documents_with(DocumentRole.REPORT)[0], day)
    layout = plan.documents.layout(spec.the_thuc, day)
    document = lay.blank_document(layout)
    lay.page_number(document.sections[0])
    _letterhead(document, layout)
    _leadership(document)
    _results(document)
    _assessment(document)
    _ahead(document)
    piece.foot(document, layout)
    _annex(document, layout)
    return lay.save(document, folder / spec.mau, "Mẫu báo cáo Phong trào “Dân vận khéo”", spec.tu_ngay)


def _letterhead(document: DocumentType, layout: Layout) -> None:
    piece.party_head(document, layout, dated=True)
    lay.say(document, "DVK Tên loại", "BÁO CÁO")
    lay.say(document, "DVK Trích yếu", "{{ trich_yeu }}")
    lay.say(document, "DVK Gạch dưới trích yếu", "-----")
    lay.say(
        document,
        "DVK Nội dung",
        "Thực hiện {{ can_cu_viet }}; {{ ten_co_quan }} báo cáo kết quả thực hiện Phong trào “Dân vận khéo” "
        "{{ ky_bao_cao }} như sau:",
    )
    lay.say(document, "DVK Nội dung", "{{ nguon_so_lieu }}")
    _restated(document)


def _restated(document: DocumentType) -> None:
    """In a later edition of a closed quarter: what it restates and why."""
    lay.say(document, "DVK Nội dung", "{%p if loi_dieu_chinh %}")
    lay.say(document, "DVK Nội dung", "{{ loi_dieu_chinh }}")
    lay.say(document, "DVK Nội dung", "{%p endif %}")
    _each(document, "ly_do_dieu_chinh", text="{{ cau }}")
    lay.say(document, "DVK Tên bảng", "{%p if dieu_chinh %}")
    lay.say(document, "DVK Tên bảng", "Bảng điều chỉnh. Số liệu khác bản trước")
    table = lay.ruled_table(
        document,
        (15, 62, 26, 18, 26, 18),
        ("Mã", "Chỉ tiêu", "Bản trước", "n/N bản trước", "Bản này", "n/N bản này"),
    )
    marks = [f"{{{{ dong.{key} }}}}" for key in ("ma", "chi_tieu", "truoc", "don_vi_truoc", "nay", "don_vi")]
    _rows(table, "dieu_chinh", marks, texts=(1,))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")


def _each(document: DocumentType, name: str, style: str = "DVK Nội dung", text: str = "- {{ cau }}") -> None:
    """A loop of paragraphs: one for each text of the list ``name``, none where it is empty."""
    lay.say(document, style, f"{{%p for cau in {name} %}}")
    lay.say(document, style, text)
    lay.say(document, style, "{%p endfor %}")


def _words(document: DocumentType, name: str) -> None:
    _each(document, name, "DVK Ý kiến đơn vị", "{{ cau }}")


def _part(document: DocumentType, number: str, name: str) -> None:
    """The head of a Phần, in sơ kết and tổng kết only."""
    lay.say(document, "DVK Phần", "{%p if bai_hoc %}")
    lay.say(document, "DVK Phần", number)
    lay.say(document, "DVK Tên phần", name)
    lay.say(document, "DVK Phần", "{%p endif %}")


def _leadership(document: DocumentType) -> None:
    _part(document, "Phần thứ nhất", "TÌNH HÌNH, KẾT QUẢ THỰC HIỆN")
    lay.say(document, "Heading 1", "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI")
    _each(document, "trien_khai")
    lay.say(document, "DVK Nội dung", "{%p if ke_hoach_trong_ky %}")
    lay.say(document, "DVK Nội dung", "- Kế hoạch các đơn vị ban hành trong kỳ: {{ ke_hoach_trong_ky }}.")
    lay.say(document, "DVK Nội dung", "{%p endif %}")


def _heading(document: DocumentType, field: str) -> None:
    """A numbered heading of part II; none where nothing stands below it."""
    lay.say(document, "Heading 2", f"{{%p if {field} %}}")
    lay.say(document, "Heading 2", f"{{{{ {field} }}}}")
    lay.say(document, "Heading 2", "{%p endif %}")


def _results(document: DocumentType) -> None:
    lay.say(document, "Heading 1", "II. KẾT QUẢ THỰC HIỆN")
    _heading(document, "muc_tom_tat_muc_tieu")
    lay.say(document, "DVK Nội dung", "{{ tom_tat_muc_tieu }}")
    _targets_table(document)
    _each(document, "ghi_chu_muc_tieu", "DVK Ghi chú bảng", "{{ cau }}")
    _chart(document, "muc_tieu", "Biểu đồ 1. Kết quả các chỉ tiêu so với mức phải đạt (mã chỉ tiêu như ở Bảng 1)")
    _each(document, "ket_qua_muc_tieu")
    _item(document, "tuyen_truyen_tap_huan")
    _item(document, "xay_dung_mo_hinh")
    _fields_table(document)
    _chart(document, "linh_vuc", "Biểu đồ 2. Mô hình đang thực hiện theo lĩnh vực")
    _each(document, "nong_thon_moi")
    for name in ("ra_soat_nhan_rong", "kiem_tra_giam_sat", "kinh_phi", "ket_qua_van_dong", "cong_nhan"):
        _item(document, name)
    _over_time(document)


def _item(document: DocumentType, name: str) -> None:
    """A heading and the sentences of its part."""
    _heading(document, f"muc_{name}")
    _each(document, name)


def _over_time(document: DocumentType) -> None:
    """Quarters or years side by side, in the report of a longer period only."""
    lay.say(document, "Heading 2", "{%p if ten_dien_bien %}")
    lay.say(document, "Heading 2", "{{ so_muc_dien_bien }}. Số liệu chính {{ ten_dien_bien }}")
    lay.say(document, "DVK Tên bảng", "Bảng 3. Số liệu chính {{ ten_dien_bien }}")
    lay.say(document, "Heading 2", "{%p endif %}")
    for count in COLUMNS:
        _time_table(document, count)
    _each(document, "ghi_chu_dien_bien", "DVK Ghi chú bảng", "{{ cau }}")
    _chart(document, "xu_huong", "Biểu đồ 3. Mô hình đang thực hiện và mô hình đăng ký mới qua các quý")


def _time_table(document: DocumentType, count: int) -> None:
    """The table with so many columns of time; a template has one for each number that may be."""
    name = f"dien_bien_{count}"
    lay.say(document, "DVK Tên bảng", f"{{%p if {name} %}}")
    each = {2: 28.0, 3: 24.0, 4: 20.0}[count]
    table = lay.ruled_table(
        document,
        (165 - 18 - each * (count + 1), 18, *([each] * (count + 1))),
        ("Chỉ tiêu", "Đơn vị tính", *(f"{{{{ dau_cot_{n} }}}}" for n in range(1, count + 1)), "{{ dau_ca_ky }}"),
    )
    marks = [
        f"{{{{ dong.{key} }}}}" for key in ("ten", "don_vi_tinh", *(f"cot_{n + 1}" for n in range(count)), "ca_ky")
    ]
    _rows(table, name, marks, texts=(0,))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")


def _chart(document: DocumentType, name: str, caption: str) -> None:
    """A chart and the words under it; neither where the paper has no such chart."""
    lay.say(document, "DVK Biểu đồ", f"{{%p if bieu_do_{name} %}}")
    lay.say(document, "DVK Biểu đồ", f"{{{{ bieu_do_{name} }}}}")
    lay.say(document, "DVK Tên biểu đồ", caption)
    lay.say(document, "DVK Biểu đồ", "{%p endif %}")


def _targets_table(document: DocumentType) -> None:
    lay.say(document, "DVK Tên bảng", "Bảng 1. Kết quả thực hiện các mục tiêu của Kế hoạch")
    table = lay.ruled_table(
        document,
        (15, 47, 27, 16, 19, 14, 27),
        ("Mã", "Chỉ tiêu", "Kết quả", "Mức phải đạt", "Thấp nhất - cao nhất", "n/N đơn vị", "Kết luận"),
    )
    _rows(
        table,
        "muc_tieu",
        [f"{{{{ dong.{key} }}}}" for key in TARGET_KEYS],
        texts=(1,),
    )


def _fields_table(document: DocumentType) -> None:
    lay.say(document, "DVK Nội dung", "{%p if linh_vuc %}")
    lay.say(document, "DVK Nội dung", "- Số mô hình đang thực hiện ở từng lĩnh vực nêu ở Bảng 2.")
    lay.say(document, "DVK Tên bảng", "Bảng 2. Mô hình đang thực hiện theo lĩnh vực")
    table = lay.ruled_table(document, (12, 68, 35, 25, 25), ("TT", "Lĩnh vực", "Số mô hình", "Tỷ trọng", "n/N đơn vị"))
    marks = (
        "{{ dong.tt }}",
        "{{ dong.linh_vuc }}",
        "{{ dong.so_mo_hinh }}",
        "{{ dong.ty_trong }}",
        "{{ dong.don_vi }}",
    )
    _rows(table, "linh_vuc", marks, texts=(1,))
    styles = ("DVK Đầu bảng",) * 5
    lay.data_row(
        table,
        styles,
        ("", "Cộng{{ tong_so_mo_hinh_vi_sao }}", "{{ tong_so_mo_hinh }}", "", "{{ tong_so_mo_hinh_don_vi }}"),
    )
    lay.say(document, "DVK Nội dung", "{%p endif %}")


def _rows(table: Table, name: str, marks: Sequence[str], texts: Sequence[int]) -> None:
    """A loop of rows; the columns in ``texts`` run from the left, the others are centred."""
    lay.loop_row(table, f"{{%tr for dong in {name} %}}")
    styles = ["DVK Chữ trong bảng" if place in texts else "DVK Số trong bảng" for place in range(len(marks))]
    lay.data_row(table, styles, marks)
    lay.loop_row(table, "{%tr endfor %}")


def _assessment(document: DocumentType) -> None:
    lay.say(document, "Heading 1", "III. ĐÁNH GIÁ CHUNG")
    lay.say(document, "DVK Nội dung", "Ý kiến của các đơn vị được ghi nguyên văn, kèm tên đơn vị.")
    lay.say(document, "Heading 2", "1. Ưu điểm")
    _each(document, "danh_gia_uu_diem")
    _words(document, "y_kien_uu_diem")
    lay.say(document, "Heading 2", "2. Tồn tại, hạn chế")
    _each(document, "danh_gia_ton_tai")
    lay.say(document, "DVK Tên bảng", "{%p if nhom_chua_bao_cao %}")
    lay.say(document, "DVK Tên bảng", "Bảng {{ so_bang_don_vi }}. Đơn vị chưa có báo cáo được tổng hợp")
    table = lay.ruled_table(document, (15, 105, 45), ("TT", "Đơn vị", "Tình trạng"))
    lay.loop_row(table, "{%tr for nhom in nhom_chua_bao_cao %}")
    lay.merged_row(table, "DVK Nhóm trong bảng", "{{ nhom.ten }}")
    _rows(table, "nhom.don_vi", ("{{ dong.tt }}", "{{ dong.ten }}", "{{ dong.tinh_trang }}"), texts=(1,))
    lay.loop_row(table, "{%tr endfor %}")
    lay.say(document, "DVK Tên bảng", "{%p endif %}")
    _words(document, "y_kien_ton_tai")
    lay.say(document, "Heading 2", "3. Nguyên nhân")
    _words(document, "y_kien_nguyen_nhan")
    lay.say(document, "Heading 2", "{%p if bai_hoc %}")
    lay.say(document, "Heading 2", "4. Bài học kinh nghiệm")
    _each(document, "bai_hoc")
    lay.say(document, "Heading 2", "{%p endif %}")


def _ahead(document: DocumentType) -> None:
    _part(document, "Phần thứ hai", "PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ KIẾN NGHỊ")
    lay.say(document, "Heading 1", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM {{ ky_sau_in_hoa }}")
    _each(document, "nhiem_vu_trong_tam")
    lay.say(document, "DVK Nội dung", "{%p if y_kien_phuong_huong %}")
    lay.say(document, "DVK Nội dung", "Phương hướng, nhiệm vụ do các đơn vị đề ra (ghi nguyên văn):")
    lay.say(document, "DVK Nội dung", "{%p endif %}")
    _words(document, "y_kien_phuong_huong")
    lay.say(document, "Heading 1", "V. KIẾN NGHỊ, ĐỀ XUẤT")
    _words(document, "y_kien_kien_nghi")
    lay.say(
        document,
        "DVK Nội dung cuối",
        "Trên đây là báo cáo {{ trich_yeu }} của {{ ten_co_quan }} (kèm theo {{ cac_phu_luc }}).",
    )


def _annex(document: DocumentType, layout: Layout) -> None:
    lay.landscape_section(document, layout)
    lay.say(document, "DVK Phụ lục", "Phụ lục{{ so_phu_luc }}")
    lay.say(document, "DVK Tên phụ lục", "{{ ten_phu_luc_nhiem_vu }} {{ ky_bao_cao_in_hoa }}")
    lay.say(document, "DVK Kèm theo", _LINK)
    table = lay.ruled_table(
        document, (12, 56, 50, 37, 102), ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Số liệu của kỳ")
    )
    marks = ("{{ dong.tt }}", "{{ dong.ten }}", "{{ dong.chu_tri }}", "{{ dong.thoi_gian }}", "{{ dong.so_lieu }}")
    _rows(table, "nhiem_vu", marks, texts=(1, 2, 3, 4))
    _comparison(document)


_LINK = (
    f"(kèm theo Báo cáo số{piece.GAP} -{{{{ ky_hieu }}}}, ngày{piece.GAP}tháng{piece.GAP}năm {{{{ nam }}}} "
    "của {{ ten_co_quan }})"
)


def _comparison(document: DocumentType) -> None:
    """The same period last year, in the columns of the Party's statistical form; not in the report of a quarter."""
    lay.say(document, "DVK Phụ lục", "{%p if so_sanh %}")
    lay.say(document, "DVK Phụ lục", "Phụ lục II").paragraph_format.page_break_before = True
    lay.say(document, "DVK Tên phụ lục", "{{ ten_phu_luc_so_sanh }}, {{ ky_bao_cao_in_hoa }}")
    lay.say(document, "DVK Kèm theo", _LINK)
    table = lay.ruled_table(
        document,
        (18, 109, 25, 35, 35, 35),
        ("Mã", "Tiêu chí", "Đơn vị tính", "Kỳ này", "Cùng kỳ năm trước", "(%) kỳ này so với cùng kỳ năm trước"),
    )
    lay.data_row(table, ("DVK Số trong bảng",) * 6, ("1", "2", "3", "4", "5", "6 (= 4*100/5)"))
    keys = ("ma", "ten", "don_vi_tinh", "ky_nay", "cung_ky", "phan_tram")
    _rows(table, "so_sanh", [f"{{{{ dong.{key} }}}}" for key in keys], texts=(1,))
    _each(document, "ghi_chu_so_sanh", "DVK Ghi chú bảng", "{{ cau }}")
    lay.say(document, "DVK Phụ lục", "{%p endif %}")
