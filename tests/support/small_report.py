"""A small quarter of four units, of which two have reported, and its report read back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.papers.report.report import write_report
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.plans import load_plan

PLAN = load_plan()
AT = Cell("tan-tien.xlsx", "B11", 5, 3)
D = Decimal


def unit(code: str, name: str, kind: str, group: str) -> Unit:
    return Unit(code, name, kind, group, False, None, None, (), "", "", "", 0, AT)


REGISTER = Register(
    units=(
        unit("DB-1", "Đảng bộ xã Tân Tiến", "DB_XA", "I"),
        unit("DB-2", "Đảng bộ xã Nghĩa Đô", "DB_XA", "I"),
        unit("DB-3", "Đảng bộ xã Bảo Hà", "DB_XA", "I"),
        unit("CQ-1", "Chi bộ Phòng Nội vụ & <Thanh tra>", "CB_CQ", "II"),
    )
)
OFFICE = Office(PLAN, REGISTER, date(2023, 10, 12))
STATES = (UnitState.ACCEPTED, UnitState.ACCEPTED, UnitState.REFUSED, UnitState.MISSING)
SUBMISSIONS = tuple(Submission(u.code, u.name, u.kind, state) for u, state in zip(REGISTER.units, STATES, strict=True))


def figure(code: str, group: str = "", **fields: object) -> Figure:
    spec = PLAN.figure_specs[code]
    return Figure(code, group, spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", **fields)  # type: ignore[arg-type]


def ratio(code: str, above: int, below: int, n: int, owed: int, **fields: object) -> Figure:
    value = D(above) / D(below) if below else None
    return figure(
        code, numerator=D(above), denominator=D(below), value=value, reported=n, owed=owed, target=D(1), **fields
    )


def words(code: str, **texts: str) -> UsedReturn:
    row = Row("B11", 0, {key: Value(text, text, AT) for key, text in texts.items()})
    plan = {"so_ke_hoach": Value("07-KH/ĐU", "07-KH/ĐU", AT), "ngay_ke_hoach": Value("", date(2023, 7, 5), AT)}
    return UsedReturn(code, "2023-Q3", f"{code}.xlsx", "DB_XA", {"B1": (Row("B1", 0, plan),), "B11": (row,)})


FIGURES = (
    ratio("MT1.1", 2, 2, 2, 4, verdict=UNDECIDED, low=D("0.5"), high=D(1)),
    ratio("MT1.2", 1, 2, 2, 4, verdict=UNDECIDED, low=D("0.25"), high=D("0.75"), note="chưa hết năm"),
    ratio("MT2.1", 9996, 10000, 2, 3, verdict=NOT_MET, low=D("0.5"), high=D("0.9997")),
    ratio("MT2.2", 0, 0, 0, 3, verdict=UNDECIDED),
    ratio("MT2.3", 3, 3, 3, 3, verdict=MET, low=D(1), high=D(1)),
    ratio("MT4.2", 0, 0, 4, 4, verdict=UNDECIDED, note="chưa hết năm; 01 mô hình chưa xếp loại"),
    figure("MT5.8", note="chưa công bố"),
    figure("NV1.1", value=D(5), reported=2, owed=4),
    figure("NV1.1", "Độc lập", value=D(5), reported=2, owed=4),
    figure("NV1.1", "Lồng ghép", value=D(0), reported=2, owed=4),
    figure("NV1.2", value=D(1320), reported=4, owed=4),
    figure("NV2.3", value=D(0), reported=2, owed=4),
    figure("NV3.1", value=D(1), reported=4, owed=4),
    figure("NV3.2", reported=0, owed=4),
    figure("NV3.3", value=D(12), reported=2, owed=4),
    figure("NV3.3", "Kinh tế", value=D(8), reported=2, owed=4),
    figure("NV3.3", "Văn hóa - xã hội", value=D(4), reported=2, owed=4),
    figure("NV5.1", owed=0, reported=0),
    figure("KP.1", value=D("412.5"), reported=3, owed=4),
    figure("KP.1", "NSNN cấp xã", value=D("412.5"), reported=3, owed=4),
    figure("KP.1", "Dự toán", value=D(600), reported=2, owed=4),
    figure("KP.2", value=D("1234.5"), reported=4, owed=4),
    figure("KQ.1", value=D(5), reported=3, owed=4),
)
USED = (
    words(
        "DB-1",
        uu_diem="Mô hình của xã Tân Tiến đi vào nền nếp.\n\nCòn dấu.",
        kien_nghi="Đề nghị Ban Dân vận Huyện ủy mở lớp bồi dưỡng.",
        ton_tai="Một số mô hình A & B <c> còn chậm; hồ sơ thiếu.",
    ),
    words("DB-2", kien_nghi="Đề nghị huyện bố trí kinh phí.", uu_diem=" "),
)
DATA = Consolidation(parse_period("2023-Q3"), date(2023, 10, 12), (), SUBMISSIONS, (), FIGURES, USED)


def written(data: Consolidation = DATA, register: Register = REGISTER, template: Path | None = None) -> bytes:
    out = io.BytesIO()
    write_report(out, Office(PLAN, register, data.as_of), data, template)
    return out.getvalue()


def opened(paper: bytes) -> DocumentType:
    return Document(io.BytesIO(paper))


def texts(document: DocumentType) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def under(document: DocumentType, heading: str) -> list[str]:
    """Paragraphs between a heading and the next one."""
    lines = document.paragraphs
    first = next(n for n, line in enumerate(lines) if line.text == heading)
    rest = lines[first + 1 :]
    last = next(
        (n for n, line in enumerate(rest) if line.style.name.startswith(("Heading", "DVK Ngắt", "DVK Nội dung cuối"))),
        len(rest),
    )
    return [line.text for line in rest[:last]]


def cells(document: DocumentType, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def of_period(key: str, **fields: object) -> Consolidation:
    return replace(DATA, period=parse_period(key), **fields)
