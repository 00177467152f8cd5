"""The sentence that each task figure is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """How one task figure is told. ``{so}`` is the amount with its unit."""

    some: str
    none: str
    """Where it is 0 for every unit heard; "" leaves the sentence out."""
    unit: str | None = None
    """Another word for the unit of measure inside this sentence."""


SAYINGS: Mapping[str, Saying] = {
    "NV1.1": Saying("Đã mở {so} bồi dưỡng, tập huấn", "Trong kỳ không mở lớp bồi dưỡng, tập huấn nào"),
    "NV1.2": Saying("Các lớp có {so} tham dự", ""),
    "NV2.1": Saying(
        "Đã đăng, phát {so} về “Dân vận khéo” (không kể loa truyền thanh cơ sở)",
        "Trong kỳ chưa có tin, bài về “Dân vận khéo” (không kể loa truyền thanh cơ sở)",
    ),
    "NV2.2": Saying("Tính theo kênh, kể cả loa truyền thanh cơ sở, có {so}", ""),
    "NV2.3": Saying("Có {so} được tuyên truyền", "Trong kỳ chưa có mô hình nào được tuyên truyền"),
    "NV2.4": Saying(
        "Đang duy trì {so}", "Chưa có chuyên trang, chuyên mục nào được duy trì", "chuyên trang, chuyên mục"
    ),
    "NV3.1": Saying("Đăng ký mới {so}", "Trong kỳ không có mô hình đăng ký mới"),
    "NV3.2": Saying("Đến cuối kỳ, có {so} đang thực hiện", "Đến cuối kỳ, chưa có mô hình nào đang thực hiện"),
    "NV3.5": Saying("Trong số đang thực hiện, có {so}", "Chưa có mô hình điểm đang thực hiện", "mô hình điểm"),
    "NV3.6": Saying("Đã nhân rộng {so}", "Trong kỳ chưa có lượt nhân rộng mô hình nào", "lượt mô hình"),
    "NV3.7": Saying("Dừng, sáp nhập {so}", "Trong kỳ không có mô hình dừng, sáp nhập"),
    "NV3.8": Saying("Danh sách cuối kỳ có {so}", "Danh sách cuối kỳ chưa có mô hình nào"),
    "MT4.3": Saying("Từ đầu năm đã rà soát, đánh giá {so}", "Từ đầu năm chưa rà soát, đánh giá mô hình nào"),
    "NV4.1": Saying(
        "Tổ chức {so} kiểm tra, giám sát, khảo sát", "Trong kỳ không có cuộc kiểm tra, giám sát, khảo sát nào"
    ),
    "NV4.2": Saying("Có {so} được kiểm tra, giám sát, khảo sát", ""),
    "NV4.3": Saying("Qua kiểm tra, giám sát đã nêu {so}", "Không nêu kiến nghị nào qua kiểm tra, giám sát"),
    "KP.1": Saying("Ngân sách nhà nước đã chi {so}", "Trong kỳ không chi từ ngân sách nhà nước"),
    "KP.2": Saying("Kinh phí xã hội hóa đã chi {so}", "Trong kỳ không chi từ nguồn xã hội hóa"),
    "KP.3": Saying("Nguồn khác đã chi {so}", "Trong kỳ không chi từ nguồn khác"),
    "KQ.1": Saying("Nhân dân hiến {so} đất", "Trong kỳ không có đất Nhân dân hiến"),
    "KQ.2": Saying("Nhân dân đóng góp {so}", "Trong kỳ không có ngày công Nhân dân đóng góp", "ngày công"),
    "KQ.3": Saying(
        "Tiền Nhân dân đóng góp cho mô hình là {so}", "Trong kỳ không có tiền Nhân dân đóng góp cho mô hình"
    ),
    "KQ.4": Saying(
        "Làm mới, nâng cấp {so} đường (bê tông, hoa, điện)",
        "Trong kỳ không có đường làm mới, nâng cấp (bê tông, hoa, điện)",
    ),
    "NV5.1": Saying(
        "Đã công nhận {so} cấp cơ sở trong năm xét", "Trong năm xét chưa có mô hình được công nhận cấp cơ sở"
    ),
    "NV5.2": Saying(
        "Đã ghi danh {so} tập thể, cá nhân điển hình", "Trong năm xét chưa có tập thể, cá nhân điển hình được ghi danh"
    ),
    "NV5.3": Saying(
        "Có {so} duy trì liên tục từ 02 năm trở lên", "Chưa có tập thể, cá nhân duy trì liên tục từ 02 năm trở lên"
    ),
    "NV5.4": Saying("Có {so} biểu dương, khen thưởng", "Chưa có đề nghị biểu dương, khen thưởng"),
}

NEVER_ADDED = (
    "Kinh phí xã hội hóa (chi cho hoạt động của Phong trào) và tiền Nhân dân đóng góp cho mô hình là hai số liệu "
    "khác nhau, không cộng với nhau."
)
