"""What each field of a Word template stands for, in the words of a clerk."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.plan.rulebook import Plan

_HEAD: Mapping[str, str] = {
    "co_quan_cap_tren": "Cơ quan cấp trên, dòng 1 ở góc trái",
    "co_quan": "Cơ quan ban hành, dòng 2 ở góc trái",
    "ten_co_quan": "Tên cơ quan ban hành, viết trong câu",
    "ky_hieu": "Ký hiệu văn bản, sau số",
    "dia_danh": "Địa danh",
    "nam": "Năm ban hành",
    "trich_yeu": "Trích yếu nội dung",
    "can_cu_viet": "Căn cứ nêu ở đầu văn bản",
    "can_cu": "Các căn cứ, mỗi căn cứ một dòng",
    "kinh_gui": "Nơi kính gửi",
    "quyen_han": "Quyền hạn của người ký; trống khi ký trực tiếp",
    "chuc_vu": "Chức vụ người ký",
    "ho_ten": "Họ tên người ký; trống để điền tay",
    "noi_nhan": "Nơi nhận, mỗi nơi một dòng, đã có dấu cuối dòng",
}
_REPORT: Mapping[str, str] = {
    "ky_bao_cao": "Kỳ báo cáo",
    "ky_sau": "Kỳ sau, của phần phương hướng",
    "ky_bao_cao_in_hoa": "Kỳ báo cáo, viết hoa",
    "ky_sau_in_hoa": "Kỳ sau, viết hoa",
    "so_don_vi_da_bao_cao": "Số đơn vị đã có báo cáo được tổng hợp",
    "so_don_vi_phai_bao_cao": "Số đơn vị phải báo cáo",
    "nguon_so_lieu": "Câu nêu nguồn số liệu và cách ghi n/N",
    "ke_hoach_trong_ky": "Kế hoạch các đơn vị ban hành trong kỳ; trống khi không có",
    "trien_khai": "Phần I: các câu về chỉ tiêu lãnh đạo, chỉ đạo",
    "tom_tat_muc_tieu": "Câu tóm tắt kết quả các chỉ tiêu",
    "muc_tieu": "Bảng 1: các chỉ tiêu, mỗi chỉ tiêu một dòng",
    "muc_tieu.ma": "Mã chỉ tiêu",
    "muc_tieu.chi_tieu": "Tên chỉ tiêu",
    "muc_tieu.ket_qua": "Kết quả",
    "muc_tieu.muc_phai_dat": "Mức phải đạt",
    "muc_tieu.thap_nhat_cao_nhat": "Mức thấp nhất và cao nhất có thể",
    "muc_tieu.don_vi": "n/N đơn vị",
    "muc_tieu.ket_luan": "Kết luận",
    "bieu_do_muc_tieu": "Chỗ đặt Biểu đồ 1; trống khi không có biểu đồ",
    "bieu_do_linh_vuc": "Chỗ đặt Biểu đồ 2; trống khi không có biểu đồ",
    "ghi_chu_muc_tieu": "Ghi chú dưới Bảng 1",
    "ket_qua_muc_tieu": "Phần II.1: các câu về kết quả chỉ tiêu",
    "tuyen_truyen_tap_huan": "Phần II.2: tuyên truyền, bồi dưỡng, tập huấn",
    "xay_dung_mo_hinh": "Phần II.3: đăng ký, xây dựng mô hình",
    "linh_vuc": "Bảng 2: mô hình theo lĩnh vực",
    "linh_vuc.tt": "Số thứ tự",
    "linh_vuc.linh_vuc": "Lĩnh vực",
    "linh_vuc.so_mo_hinh": "Số mô hình",
    "linh_vuc.ty_trong": "Tỷ trọng",
    "linh_vuc.don_vi": "n/N đơn vị",
    "tong_so_mo_hinh": "Bảng 2: tổng số mô hình",
    "tong_so_mo_hinh_don_vi": "Bảng 2: n/N đơn vị của tổng",
    "nong_thon_moi": "Câu về mô hình xây dựng nông thôn mới",
    "ra_soat_nhan_rong": "Phần II.4: rà soát, đánh giá, nhân rộng",
    "kiem_tra_giam_sat": "Phần II.5: kiểm tra, giám sát",
    "kinh_phi": "Phần II.6: kinh phí",
    "ket_qua_van_dong": "Phần II.7: kết quả vận động Nhân dân",
    "cong_nhan": "Phần II.8: công nhận, ghi danh, biểu dương; trống khi kỳ này không phải báo cáo",
    "danh_gia_uu_diem": "Phần III.1: câu nêu số chỉ tiêu đạt",
    "danh_gia_ton_tai": "Phần III.2: câu nêu số chỉ tiêu không đạt, tình hình nộp báo cáo",
    "y_kien_uu_diem": "Ưu điểm, nguyên văn của đơn vị",
    "y_kien_ton_tai": "Tồn tại, hạn chế, nguyên văn của đơn vị",
    "y_kien_nguyen_nhan": "Nguyên nhân, nguyên văn của đơn vị",
    "y_kien_phuong_huong": "Phương hướng, nguyên văn của đơn vị",
    "y_kien_kien_nghi": "Kiến nghị, đề xuất, nguyên văn của đơn vị",
    "nhiem_vu_trong_tam": "Phần IV: nhiệm vụ trọng tâm của kỳ sau",
    "nhom_chua_bao_cao": "Bảng 3: nhóm đơn vị chưa có báo cáo",
    "nhom_chua_bao_cao.ten": "Tên nhóm",
    "nhom_chua_bao_cao.don_vi": "Các đơn vị của nhóm",
    "nhom_chua_bao_cao.don_vi.tt": "Số thứ tự",
    "nhom_chua_bao_cao.don_vi.ten": "Tên đơn vị",
    "nhom_chua_bao_cao.don_vi.tinh_trang": "Tình trạng",
    "nhiem_vu": "Phụ lục: tiến độ nhiệm vụ",
    "nhiem_vu.tt": "Số thứ tự",
    "nhiem_vu.ten": "Nhiệm vụ",
    "nhiem_vu.chu_tri": "Cơ quan chủ trì",
    "nhiem_vu.thoi_gian": "Thời gian",
    "nhiem_vu.so_lieu": "Số liệu của kỳ",
}
_LETTER: Mapping[str, str] = {
    "ten_don_vi": "Đơn vị phải báo cáo",
    "muc_nhac": "Mức nhắc, 1 đến 3",
    "han_nop": "Hạn nộp đã giao",
    "han_moi": "Hạn mới",
    "so_ngay_cham": "Số ngày làm việc đã chậm",
    "thanh_tich": "Câu về các quý trước; trống khi chưa có",
    "nhac_lai": "Đoạn nhắc lại văn bản giao và hạn nộp",
    "tinh_hinh": "Đoạn nêu tình hình báo cáo",
    "con_thieu": "Những gì còn thiếu, mỗi việc một dòng",
    "de_nghi": "Đoạn đề nghị, hạn mới",
    "cach_gui": "Đoạn hướng dẫn cách gửi",
    "loi_ket": "Lời kết",
}
_SAID = {**_HEAD, **_REPORT, **_LETTER}


def meaning(plan: Plan, name: str) -> str:
    """The words for a field; a figure by its code is told by its name in the rule book; "" where there are none."""
    if name in _SAID:
        return _SAID[name]
    code = name.removesuffix("_ket_luan").replace("_", ".")
    spec = plan.figure_specs.get(code)
    if spec is None:
        return ""
    return f"Kết luận của chỉ tiêu {code}" if name.endswith("_ket_luan") else spec.ten
