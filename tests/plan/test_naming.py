"""Who is meant by a name, however it is written: one resolver for units and thôn."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from dvk_reports.model.values import Cell
from dvk_reports.plan.register import register
from dvk_reports.plan.register.register import Hamlet, Register, Unit
from tests.support.build import PLAN

DAY, LATER = date(2023, 9, 30), date(2025, 9, 30)
AT = Cell("danh-muc.xlsx", "Đơn vị", 5, 1)


def unit(code: str, name: str, *aliases: str, since: date | None = None, until: date | None = None) -> Unit:
    return Unit(code, name, "DB_XA", "I", False, since, until, aliases, "", "", "", 0, AT)


UNITS = (
    unit("DB-TT-02947", "Đảng bộ thị trấn Phố Ràng", "thị trấn Phố Ràng", until=date(2025, 6, 30)),
    unit("DB-XA-02992", "Đảng bộ xã Lương Sơn", "xã Lương Sơn", "Lương Sơn"),
    unit("DB-XA-02989", "Đảng bộ xã Bảo Hà", "xã Bảo Hà", until=date(2025, 6, 30)),
    unit("DB-XA-02989-2025", "Đảng bộ xã Bảo Hà", "xã Bảo Hà", since=date(2025, 7, 1)),
    unit("DB-XA-1", "Đảng bộ xã Bảo Hạ", "xã Bảo Hạ"),
    unit("CB-CQ-GD", "Chi bộ Phòng Giáo dục và Đào tạo", "Phòng Giáo dục và Đào tạo"),
    unit("CB-SN-CT", "Chi bộ TT Chính trị huyện", "TT Chính trị"),
    unit("CB-SN-VH", "Chi bộ Trung tâm Văn hóa, Thể thao - Truyền thông"),
)
HAMLETS = tuple(
    Hamlet(f"T-{number}", name, kind, "DB-XA-02992", None, None, AT)
    for number, (name, kind) in enumerate(
        [
            ("Bản Rịa", "Thôn"),
            ("Tổ dân phố số 3", "Tổ dân phố"),
            ("Thôn 1, 2", "Thôn"),
            ("Thôn 1", "Thôn"),
            ("Bản Ría", "Thôn"),
        ],
        1,
    )
)
REGISTER = Register(units=UNITS, hamlets=HAMLETS, spellings=PLAN.info.spellings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("db-tt-02947", "DB-TT-02947"),
        ("Thị trấn Phố Ràng", "DB-TT-02947"),
        ("TT. Phố Ràng", "DB-TT-02947"),
        ("T.T Phố Ràng", "DB-TT-02947"),
        ("T.T.Phố Ràng", "DB-TT-02947"),
        ("TT Pho Rang", "DB-TT-02947"),
        ("ĐB TT. Phố Ràng", "DB-TT-02947"),
        ("X. Lương Sơn", "DB-XA-02992"),
        ("X.LƯƠNG SƠN", "DB-XA-02992"),
        ("Đảng  bộ xã Lương Sơn.", "DB-XA-02992"),
        ("xã Bảo Hà", "DB-XA-02989"),
        ("x. Bảo Hạ", "DB-XA-1"),
        ("xa bao ha", None),  # two communes, were the tones left out
        ("P. GD&ĐT", "CB-CQ-GD"),
        ("Phòng GD - ĐT", "CB-CQ-GD"),
        ("PGD&ĐT", "CB-CQ-GD"),
        ("phòng Giáo dục & Đào tạo", "CB-CQ-GD"),
        ("Trung tâm Chính trị", "CB-SN-CT"),
        ("Chi bộ TT VH, TT - TT", "CB-SN-VH"),
        ("DB-XA-02992 - Đảng bộ xã Lương Sơn", "DB-XA-02992"),
        ("X. Lương Sơn (DB-XA-02992)", "DB-XA-02992"),
        ("DB-XA-1: xa bao ha", "DB-XA-1"),
        ("DB-XA-02992 - TT. Phố Ràng", None),
        ("xã Lương Sơn; TT. Phố Ràng", None),
        ("xã Lương Sơn (thôn 1)", None),
        ("Phòng Nội vụ", None),
        ("…", None),
        ("", None),
    ],
)
def test_a_unit_is_known_however_its_name_is_written(text: str, code: str | None) -> None:
    found = REGISTER.resolve_unit(text, DAY)
    assert (found.code if found is not None else None) == code


def test_a_name_means_the_unit_of_its_day() -> None:
    assert [REGISTER.units_meant("X. Bảo Hà", day)[0].code for day in (DAY, LATER)] == [
        "DB-XA-02989",
        "DB-XA-02989-2025",
    ]
    assert REGISTER.resolve_unit("TT. Phố Ràng", LATER) is None


def test_a_name_that_is_in_doubt_means_several() -> None:
    assert {unit.code for unit in REGISTER.units_meant("xa bao ha", DAY)} == {"DB-XA-02989", "DB-XA-1"}


def test_two_writings_of_a_body_outside_the_register_are_one() -> None:
    keys = {REGISTER.name_key(text, DAY) for text in ("TT. Khánh Yên", "Thị trấn Khánh Yên", "T.T KHÁNH YÊN")}
    assert keys == {"=thi tran khanh yen"}
    assert REGISTER.name_key("Trung tâm Khánh Yên", DAY) not in keys


@pytest.mark.parametrize(
    ("text", "name"),
    [("xã Lương Son", "Đảng bộ xã Lương Sơn"), ("TT. Phố Ràngg", "Đảng bộ thị trấn Phố Ràng"), ("Quỳnh Lưu", "")],
)
def test_the_nearest_unit(text: str, name: str) -> None:
    assert REGISTER.nearest_unit(text, DAY) == name


@pytest.mark.parametrize(
    ("text", "codes", "bad"),
    [
        ("Thôn Bản Rịa", ["T-1"], []),
        ("t-2; số 3", ["T-2"], []),
        ("TDP số 3, ban ria", ["T-2"], ["ban ria"]),
        ("Thôn 1, 2", ["T-3"], []),
        ("thon 1, Bản Ría", ["T-4", "T-5"], []),
        ("Thôn 9", [], ["Thôn 9"]),
    ],
)
def test_thon_are_known_however_their_names_are_written(text: str, codes: list[str], bad: list[str]) -> None:
    found, left = REGISTER.resolve_hamlets("DB-XA-02992", text, DAY)
    assert ([hamlet.code for hamlet in found], list(left)) == (codes, bad)


def test_what_thon_are_called_stands_ready_of_some_units_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "_NAMED", 2)
    codes = [item.code for item in UNITS]
    own = tuple(Hamlet(f"T-{code}", f"Bản {code}", "Thôn", code, None, None, AT) for code in codes)
    many = Register(units=UNITS, hamlets=own)
    for _ in range(2):
        for code in codes:
            assert many.hamlets_meant(code, f"thôn bản {code}") == (many.hamlets_of(code, DAY)[0],)
            assert many.hamlets_meant(code, "Bản khác") == ()
            assert len(many._hamlets_named) <= 2


def test_a_register_that_was_asked_can_still_be_handed_to_another_process() -> None:
    REGISTER.resolve_unit("TT. Phố Ràng", DAY)
    again = pickle.loads(pickle.dumps(REGISTER))
    assert again.resolve_unit("X. Lương Sơn", DAY) == UNITS[1]


def test_a_body_of_a_thon_is_seen() -> None:
    assert REGISTER.speaks_of_hamlet("DB-XA-02992", "Chi bộ thôn Bản Rịa", DAY)
    assert REGISTER.speaks_of_hamlet("DB-XA-02992", "CB TDP số 3", DAY)
    assert not REGISTER.speaks_of_hamlet("DB-XA-02992", "Chi bộ thôn Nà Phung", DAY)
    assert not REGISTER.speaks_of_hamlet("DB-XA-02992", "Huyện ủy khóa 11", DAY)
    assert not REGISTER.speaks_of_hamlet("DB-TT-02947", "Chi bộ thôn Bản Rịa", DAY)
