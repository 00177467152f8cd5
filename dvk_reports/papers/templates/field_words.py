"""What each field of a Word template stands for, in the words of a clerk."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.plan.book.rulebook import Plan

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
    "loi_dieu_chinh": "Câu nêu bản bổ sung lần mấy và số chỉ tiêu điều chỉnh; trống ở bản đầu",
    "ly_do_dieu_chinh": "Lý do lập bản bổ sung, mỗi lý do một dòng; trống ở bản đầu",
    "dieu_chinh": "Bảng điều chỉnh: các chỉ tiêu khác bản trước; trống ở bản đầu",
    "dieu_chinh.ma": "Mã chỉ tiêu",
    "dieu_chinh.chi_tieu": "Tên chỉ tiêu",
    "dieu_chinh.truoc": "Số liệu ở bản trước",
    "dieu_chinh.don_vi_truoc": "n/N đơn vị ở bản trước",
    "dieu_chinh.nay": "Số liệu ở bản này",
    "dieu_chinh.don_vi": "n/N đơn vị ở bản này",
    "ke_hoach_trong_ky": "Kế hoạch các đơn vị ban hành trong kỳ; trống khi không có",
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
    "linh_vuc": "Bảng 2: mô hình theo lĩnh vực",
    "linh_vuc.tt": "Số thứ tự",
    "linh_vuc.linh_vuc": "Lĩnh vực",
    "linh_vuc.so_mo_hinh": "Số mô hình",
    "linh_vuc.ty_trong": "Tỷ trọng",
    "linh_vuc.don_vi": "n/N đơn vị",
    "tong_so_mo_hinh": "Bảng 2: tổng số mô hình",
    "tong_so_mo_hinh_don_vi": "Bảng 2: n/N đơn vị của tổng",
    "so_muc_dien_bien": "Số của mục số liệu qua các quý, các năm",
    "ten_dien_bien": "“qua các quý” hoặc “qua các năm”; trống ở báo cáo quý",
    **{f"dien_bien_{count}": f"Bảng 3 khi có {count} quý hoặc năm; trống khi không" for count in (2, 3, 4)},
    **{
        f"dien_bien_{count}.{key}": words
        for count in (2, 3, 4)
        for key, words in {
            "ten": "Tên chỉ tiêu",
            "don_vi_tinh": "Đơn vị tính",
            **{f"cot_{n}": f"Số của quý hoặc năm thứ {n}, kèm (n/N) khi chưa đủ đơn vị" for n in range(1, count + 1)},
            "ca_ky": "Số của cả kỳ báo cáo",
        }.items()
    },
    **{f"dau_cot_{n}": f"Tên quý hoặc năm thứ {n}; trống khi không có" for n in (1, 2, 3, 4)},
    "dau_ca_ky": "Tên cột của cả kỳ báo cáo",
    "ghi_chu_dien_bien": "Ghi chú dưới Bảng 3",
    "bieu_do_xu_huong": "Chỗ đặt Biểu đồ 3; trống khi không có biểu đồ",
    "so_bang_don_vi": "Số của bảng đơn vị chưa có báo cáo: 3, hoặc 4 khi có Bảng 3 số liệu qua các quý",
    "so_sanh": "Phụ lục II: so sánh với cùng kỳ năm trước; trống ở báo cáo quý, sơ kết, tổng kết",
    "so_sanh.ma": "Mã chỉ tiêu",
    "so_sanh.ten": "Tên chỉ tiêu",
    "so_sanh.don_vi_tinh": "Đơn vị tính",
    "so_sanh.ky_nay": "Số kỳ này, kèm (n/N) khi chưa đủ đơn vị",
    "so_sanh.cung_ky": "Số cùng kỳ năm trước; trống khi không cùng phạm vi đơn vị",
    "so_sanh.phan_tram": "Kỳ này bằng mấy phần trăm cùng kỳ; “–” kèm chênh lệch khi cùng kỳ bằng 0",
    "ghi_chu_so_sanh": "Ghi chú dưới bảng so sánh",
    "ten_phu_luc_nhiem_vu": "Tên phụ lục tiến độ nhiệm vụ, viết hoa",
    "ten_phu_luc_so_sanh": "Tên phụ lục so sánh với cùng kỳ, viết hoa",
    "so_phu_luc": "“ I” khi có hai phụ lục; trống khi có một",
    "cac_phu_luc": "Các phụ lục kèm theo, có tên",
    "y_kien_uu_diem": "Ưu điểm, nguyên văn của đơn vị",
    "y_kien_ton_tai": "Tồn tại, hạn chế, nguyên văn của đơn vị",
    "y_kien_nguyen_nhan": "Nguyên nhân, nguyên văn của đơn vị",
    "y_kien_phuong_huong": "Phương hướng, nguyên văn của đơn vị",
    "y_kien_kien_nghi": "Kiến nghị, đề xuất, nguyên văn của đơn vị",
    "nhiem_vu_trong_tam": "Phần IV: nhiệm vụ trọng tâm của kỳ sau",
    "nhom_chua_bao_cao": "Bảng đơn vị chưa có báo cáo: nhóm đơn vị chưa có báo cáo",
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
_AWARD: Mapping[str, str] = {
    "dot": "Đợt xét biểu dương, khen thưởng",
    "tham_quyen": "Dòng thẩm quyền ban hành của quyết định",
    "ket_thuc": "Dấu kết thúc văn bản",
    "chu_kinh_gui": "Chữ “Kính gửi” hoặc “Kính trình”, theo thể thức của ngày ban hành",
    "gach_trich_yeu": "Năm gạch nối dưới trích yếu; trống khi không dùng",
    "danh_sach_bang": "Có chữ khi danh sách là bảng kẻ; trống khi là dòng đánh số",
    "danh_sach": "Danh sách, theo nhóm",
    "danh_sach.tt": "Số thứ tự nhóm, chữ số La Mã",
    "danh_sach.ten": "Tên nhóm",
    "danh_sach.ten_in_hoa": "Tên nhóm, viết hoa",
    "danh_sach.loai": "Tên nhóm, viết trong câu",
    "danh_sach.dong": "Các tập thể, cá nhân của nhóm",
    "danh_sach.dong.tt": "Số thứ tự trong nhóm",
    "danh_sach.dong.ten": "Tên tập thể, cá nhân",
    "danh_sach.dong.chuc_vu_don_vi": "Chức vụ, đơn vị",
    "danh_sach.dong.thanh_tich": "Mô hình, thành tích",
    "danh_sach.dong.hinh_thuc": "Hình thức đề nghị",
    "danh_sach.dong.dong_day_du": "Tên, chức vụ, đơn vị trên một dòng",
    "danh_sach.dong.dong_ho_so": "Tên, chức vụ, đơn vị, thành tích, hình thức trên một dòng",
    "danh_sach.dong.dau": "Dấu cuối dòng",
    "danh_sach.dong.dong_y": "Số phiếu đồng ý; để trống",
    "danh_sach.dong.khong_dong_y": "Số phiếu không đồng ý; để trống",
    "danh_sach.dong.ty_le": "Tỷ lệ phiếu; để trống",
    "danh_sach.dong.ket_luan": "Kết luận; để trống",
    "so_luong": "Số lượng từng nhóm, đếm từ danh sách",
    "doi_tuong": "Các nhóm có trong danh sách, viết trong câu",
    "doi_tuong_in_hoa": "Các nhóm có trong danh sách, viết hoa",
    "cac_doi_tuong": "Các nhóm có trong danh sách, sau chữ “các”; chỉ một đối tượng thì không có chữ “các”",
    "tien_dieu_1": "Câu về tiền ở cuối Điều 1; trống khi tiền là một Điều riêng",
    "tien_thuong": "Tiền thưởng bằng số và bằng chữ; trống khi không có",
    "nguon_tien": "Nguồn chi tiền thưởng",
    "dieu_cuoi": "Số của Điều cuối",
    "ngay_hop": "Ngày họp xét",
    "ket_qua_xet": "Các đoạn nêu kết quả xét; trống khi không có",
    "thoi_gian": "Thời gian họp",
    "dia_diem": "Địa điểm họp",
    "noi_dung": "Nội dung hội nghị",
    "moi": "Thành phần mời, mỗi dòng một thành phần",
    "thanh_phan": "Thành phần dự họp, mỗi dòng một người",
    "vang": "Thành viên vắng mặt; trống khi không có",
    "chu_toa": "Chủ tọa",
    "thu_ky": "Thư ký",
    "so_thanh_vien": "Số thành viên dự họp trên tổng số",
    "cach_bieu_quyet": "Cách biểu quyết",
    "noi_dung_thong_bao": "Các đoạn thêm của thông báo",
}
_AROUND_AWARD: Mapping[str, str] = {
    "mo_dau": "Đoạn mở đầu",
    "chua_chon": "Các trường hợp chưa được chọn, mỗi trường hợp một dòng với lý do",
    "don_vi": "Đơn vị đề nghị",
    "ket_luan": "Câu nêu số hồ sơ đủ, còn thiếu, đề nghị bổ sung",
    "danh_sach.dong.hs_to_trinh": "Tờ trình: Có, Thiếu hoặc Chưa rõ",
    "danh_sach.dong.hs_bao_cao": "Báo cáo thành tích: Có, Thiếu hoặc Chưa rõ",
    "danh_sach.dong.hs_bien_ban": "Biên bản xét: Có, Thiếu hoặc Chưa rõ",
    "danh_sach.dong.hs_xac_nhan": "Xác nhận của đơn vị: Có, Thiếu hoặc Chưa rõ",
    "danh_sach.dong.con_thieu": "Giấy tờ còn thiếu",
    "ket_qua": "Kết quả công nhận có trong danh sách: mô hình, điển hình",
    "ket_qua_in_hoa": "Kết quả công nhận có trong danh sách, viết hoa",
    "nam_xet": "Năm xét",
    "thi_hanh": "Nơi chịu trách nhiệm thi hành",
    "danh_sach.dong.ten_mo_hinh": "Tên mô hình",
    "danh_sach.dong.thuc_hien": "Tập thể, cá nhân thực hiện",
    "danh_sach.dong.thon": "Thôn, chi bộ",
    "danh_sach.dong.linh_vuc": "Lĩnh vực",
    "danh_sach.dong.nam_dang_ky": "Năm đăng ký",
    "danh_sach.dong.xep_loai": "Xếp loại",
}
_HEADING = "muc_"
_MEANINGS = {**_HEAD, **_REPORT, **_LETTER, **_AWARD, **_AROUND_AWARD}


def meaning(plan: Plan, name: str) -> str:
    """The words for a field: a part of the report and a figure by its code are explained by the plan; else ""."""
    if name in _MEANINGS:
        return _MEANINGS[name]
    part = plan.documents.bao_cao.part(name.removeprefix(_HEADING))
    if part is not None and name.startswith(_HEADING):
        return f"Đề mục có số “{part.de_muc}”; trống khi mục không có nội dung"
    if part is not None:
        return part.ten
    code = name.removesuffix("_ket_luan").replace("_", ".")
    spec = plan.figure_specs.get(code)
    if spec is None:
        return ""
    return f"Kết luận của chỉ tiêu {code}" if name.endswith("_ket_luan") else spec.ten
