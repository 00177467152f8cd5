"""A small quarter that never was: what the fields of the templates look like, for lists of fields and for checks.

Units and numbers are illustrative and named so; nothing of a real workspace is in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import MET, NOT_MET, NUMERATOR, UNDECIDED, BoardLine, Figure, Restated, Source
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.proposals import Award, Subject
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.model.running import Review, RunningModel
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.papers.docx.marks import DOUBTING
from dvk_reports.plan.book.breakdown import splits_of
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.register.register import Deadline, Register, Unit

_OWED = 4
_NAMES = ("A", "B", "C", "D")
_AT = Cell("vi-du.xlsx", "", 1, 3)
_WORDS = {
    "uu_diem": "Cấp ủy quan tâm chỉ đạo, Nhân dân đồng tình.",
    "ton_tai": "Một số mô hình chậm được đánh giá.",
    "nguyen_nhan": "Cán bộ phụ trách còn kiêm nhiệm.",
    "phuong_huong": "Tiếp tục duy trì các mô hình đã đăng ký.",
    "kien_nghi": "Tổ chức thêm lớp tập huấn.",
}


def example_register(plan: Plan) -> Register:
    """Units A – D of a kind that owes forms, with a deadline ten days after the quarter."""
    quarter = _quarter(plan)
    kind = next(iter(plan.kinds))
    group = plan.info.nhom_don_vi[0].ma
    units = tuple(
        Unit(f"VD-{name}", f"Đơn vị {name} (ví dụ)", kind, group, False, None, None, (), "", "", "", place, _AT)
        for place, name in enumerate(_NAMES)
    )
    due = quarter.last_day + timedelta(days=10)
    return Register(units=units, deadlines={quarter: Deadline(quarter, due, None, quarter.first_day, quarter.last_day)})


def example_quarter(plan: Plan) -> Consolidation:
    """Three units have reported and one has not; every figure has a value, two are partial."""
    quarter = _quarter(plan)
    register = example_register(plan)
    codes = [unit.code for unit in units_due(plan, register, quarter)]
    submissions = tuple(
        Submission(
            code,
            register.by_code[code].name,
            register.by_code[code].kind,
            UnitState.MISSING if code == codes[-1] else UnitState.ACCEPTED,
        )
        for code in codes
    )
    figures = [figure for spec in plan.figures.chi_tieu for figure in _figures(plan, spec)]
    return Consolidation(
        Period.of(quarter),
        quarter.last_day + timedelta(days=30),
        (),
        submissions,
        (),
        tuple(figures),
        _used(plan, codes[:1], quarter),
    )


def example_edition(plan: Plan) -> Consolidation:
    """The same quarter as a later edition has it."""
    data = example_quarter(plan)
    first = example_register(plan).units[0]
    reason = f"{first.name}: báo cáo được dùng sau khi khóa sổ (tệp vi-du.xlsx)"
    return replace(data, edition=1, edition_reasons=(reason,), restated=(_restated(data.figures[0], reason),))


def _restated(figure: Figure, reason: str) -> Restated:
    """One figure as a later edition has it."""
    return Restated(
        figure.code,
        figure.group,
        figure.name,
        figure.unit_of_measure,
        figure.ratio,
        Decimal("0.85"),
        2,
        _OWED,
        figure.value,
        figure.reported,
        figure.owed,
        reason,
        1,
    )


def example_stage(plan: Plan) -> Consolidation:
    """A stage with everything that an annex may hold: models, who has not met a target, awards, a doubted number."""
    data, last = example_quarter(plan), _quarter(plan)
    quarters = (last.previous, last)
    silent = replace(data.submissions[-1], period=last.key)
    spec = next(spec for spec in plan.figures.chi_tieu if spec.loai == "tong" and spec.noi)
    sheet = spec.sheets[0]
    source = Source(NUMERATOR, _code("A"), "vi-du.xlsx", sheet, "C3", Decimal(3))
    figures = tuple(replace(item, sources=(source,)) if item.code == spec.ma else item for item in data.figures)
    doubt = Finding(Level.WARNING, DOUBTING[0], _code("A"), "vi-du.xlsx", sheet, "C3", "3", "", "")
    form = next(iter(plan.labels("hinh_thuc_khen")), "")
    award = Award(next((entry.ma for entry in plan.awards.dot), ""), Subject(_code("A"), form, "", "Tập thể A (ví dụ)"))
    return replace(
        data,
        period=Period(f"{quarters[0]}..{quarters[1]}", quarters),
        submissions=(*data.submissions[:-1], silent),
        figures=figures,
        findings=(doubt,),
        board=tuple(
            BoardLine(item.code, _code("A"), "", NOT_MET, Decimal(0), Decimal(1)) for item in figures if item.ratio
        ),
        models=(_model(plan),),
        awards=(award,) if plan.awards.dot else (),
    )


def _code(name: str) -> str:
    return f"VD-{name}"


def _model(plan: Plan) -> RunningModel:
    review = Review(
        date(plan.first_quarter.year + 1, 8, 1), True, 0, plan.label(LabelRole.HIGH), True, False, "Kết quả (ví dụ)"
    )
    field = next(iter(plan.labels("linh_vuc")), "")
    return RunningModel(_code("A"), "MH-VD-A-001", "Mô hình A (ví dụ)", field, carried_by="Chi bộ A", review=review)


def _quarter(plan: Plan) -> Quarter:
    """A third quarter: the year is under way and not over."""
    return Quarter(plan.first_quarter.year + 1, 3)


def _figures(plan: Plan, spec: FigureSpec) -> list[Figure]:
    whole = Figure(spec.ma, "", spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", reported=3, owed=_OWED)
    if spec.loai == "ty_so":
        target = Decimal(spec.muc_tieu[-1].gia_tri) if spec.muc_tieu else None
        above, below = Decimal(18), Decimal(20)
        return [
            replace(
                whole,
                numerator=above,
                denominator=below,
                value=above / below,
                low=Decimal("0.8"),
                high=Decimal("0.95"),
                target=target,
                verdict="" if target is None else MET if target <= Decimal("0.8") else UNDECIDED,
            )
        ]
    labels = [label for split in splits_of(plan, spec) if split.column for label in split.labels]
    lines = [
        replace(whole, group=label, value=Decimal(12 - 4 * place) if place < 3 else Decimal(0))
        for place, label in enumerate(labels)
    ]
    return [replace(whole, value=Decimal(24)), *lines]


def _used(plan: Plan, codes: list[str], quarter: Quarter) -> tuple[UsedReturn, ...]:
    """One return: what the unit says of its work, and its own plan."""
    general, assessment = plan.sheet(SheetRole.GENERAL), plan.sheet(SheetRole.ASSESSMENT)
    issued = quarter.first_day + timedelta(days=4)
    rows = {
        general: {"so_ke_hoach": Value("07-KH/ĐU", "07-KH/ĐU", _AT), "ngay_ke_hoach": Value("", issued, _AT)},
        assessment: {key: Value(text, text, _AT) for key, text in _WORDS.items()},
    }
    sheets = {sheet: (Row(sheet, 0, values),) for sheet, values in rows.items() if sheet}
    return tuple(UsedReturn(code, quarter.key, "vi-du.xlsx", "", sheets) for code in codes)
