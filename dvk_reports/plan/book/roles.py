"""Roles (``vai``): what code may ask of a plan without knowing its words.

A plan says which of its sheets, labels, unit kinds and figures plays which part; code asks for the part. A plan that
has no sheet, label, kind or figure for a role simply has none of it, and what rests on it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class SheetRole(StrEnum):
    """Which sheet of the form holds what."""

    COVER = "bia"
    GENERAL = "so_lieu_chung"
    MODELS = "mo_hinh"
    REVIEWS = "danh_gia"
    REPLICATIONS = "nhan_rong"
    HAMLETS = "thon"
    HAMLET_CHANGES = "thay_doi_thon"
    TRAINING = "tap_huan"
    PUBLICITY = "tuyen_truyen"
    INSPECTIONS = "kiem_tra"
    SURVEYS = "khao_sat"
    RECOGNITIONS = "cong_nhan"
    PROPOSALS = "de_nghi_khen"
    MONEY = "kinh_phi"
    ASSESSMENT = "danh_gia_chung"


class LabelRole(StrEnum):
    """What a label of a drop-down means."""

    # kind of return
    REGULAR = "chinh_thuc"
    NIL = "khong_phat_sinh"
    # state of a model
    REGISTERED = "moi_dang_ky"
    ACTIVE = "dang_hoat_dong"
    MAINTAINED = "duy_tri"
    PAUSED = "tam_dung"
    ENDED = "ket_thuc"
    MERGED = "sap_nhap"
    # class of a review, and what it recommends
    HIGH = "hieu_qua_cao"
    INEFFECTIVE = "chua_hieu_qua"
    REPLICATE = "nhan_rong"
    GO_ON = "tiep_tuc"
    # change of a thôn
    FOUNDED = "thanh_lap"
    JOINED = "nhap_thon"
    DIVIDED = "chia_tach"
    RENAMED = "doi_ten"
    DISSOLVED = "giai_the"
    # classes, channels, inspections, surveys
    CLASS_OF_UNIT = "lop_cua_don_vi"
    CLASS_OF_UPPER_LEVEL = "lop_cua_cap_tren"
    LOUDSPEAKER = "loa_truyen_thanh"
    CHAIRED_BY_BOARD = "ban_chu_tri"
    CHAIRED_BY_COMMUNE = "co_so_chu_tri"
    CHAIRED_BY_OTHERS = "noi_khac_chu_tri"
    CITIZENS = "nguoi_dan"
    ORGANISATIONS = "to_chuc"
    # recognition and awards
    MODEL_RECOGNISED = "cong_nhan_mo_hinh"
    SUBJECT_RECOGNISED = "cong_nhan_dien_hinh"
    COLLECTIVE = "tap_the"
    INDIVIDUAL = "ca_nhan"
    HOUSEHOLD = "ho_gia_dinh"
    LEADER = "lanh_dao"
    WORKER = "truc_tiep"
    FARMER = "nong_dan"
    OTHER_SUBJECT = "doi_tuong_khac"
    MALE = "nam"
    FEMALE = "nu"
    MISTER = "ong"
    MADAM = "ba"


class KindRole(StrEnum):
    """What kind of unit it is."""

    COMMUNE = "co_thon"
    """Has thôn of its own in the register, and is the level that the grassroots are told of."""
    BOARD = "ban_chu_tri"
    """The board that keeps the plan: what it chairs counts in its own return."""


class DocumentRole(StrEnum):
    """What a Word paper is for. Several papers may play one role: a request for each form of award."""

    REPORT = "bao_cao"
    REMINDER = "don_doc"
    REQUEST = "to_trinh"
    DECISION = "quyet_dinh"
    NOTICE = "thong_bao"
    MINUTES = "bien_ban"
    INVITATION = "giay_moi"
    PROGRAMME = "chuong_trinh_hoi_nghi"
    FUNDS = "to_trinh_kinh_phi"
    DOSSIER = "phieu_ho_so"
    REPLY = "tra_loi"
    RECOGNITION = "cong_nhan"


class FigureRole(StrEnum):
    """Figures that a picture or a table of its own is drawn from."""

    MODELS = "so_mo_hinh"
    MODELS_BY_FIELD = "mo_hinh_theo_linh_vuc"
    MODELS_BY_LEVEL = "mo_hinh_theo_cap"
    NEW_MODELS = "mo_hinh_moi"
    COVERAGE = "do_phu_bao_cao"
    PUNCTUALITY = "thoi_gian_nop"


PLAYED_BY_MANY = frozenset({LabelRole.ACTIVE, LabelRole.ENDED, LabelRole.GO_ON})
"""Roles of labels that several labels may play on one day; of every other one code asks for the label."""

ROLE_COLUMNS: Mapping[SheetRole, tuple[str, ...]] = {
    SheetRole.COVER: ("ma_don_vi", "ky", "phien_ban", "loai_bao_cao", "ma_mau"),
    SheetRole.MODELS: ("ma_mo_hinh", "ten", "trang_thai", "ngay_dk"),
    SheetRole.REVIEWS: ("ma_mo_hinh", "ngay_danh_gia", "hinh_thuc", "xep_loai"),
    SheetRole.REPLICATIONS: ("ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong"),
    SheetRole.HAMLETS: ("ma_thon",),
    SheetRole.RECOGNITIONS: ("ket_qua", "ten"),
    SheetRole.PROPOSALS: ("ten",),
}
"""Columns that the sheet of a role must have: code reads them by key."""
