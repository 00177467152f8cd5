"""The annex on the scope of the data: which figures lack which units, who is late or silent, what is being verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import Submission, UnitState, is_late
from dvk_reports.papers.docx.rows import listed
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.naming import together
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import lower_first, upper_first


def narrow_rows(basis: Basis) -> list[dict[str, object]]:
    """The figures of the report that lack units, those that lack the same ones in one row."""
    silent = {item.unit for item in basis.data.submissions if item.state is not UnitState.ACCEPTED}
    groups: dict[tuple[int, int, tuple[str, ...]], list[str]] = {}
    for figure in _figures(basis):
        if figure.partial:
            key = (figure.reported or 0, figure.owed or 0, figure.missing)
            groups.setdefault(key, []).append(figure.name)
    ordered = sorted(groups, key=lambda key: key[0] / key[1])
    return [
        {
            "tt": str(number),
            "so_lieu": "; ".join(
                upper_first(name) if not place else lower_first(name) for place, name in enumerate(groups[key])
            ),
            "don_vi": f"{key[0]}/{key[1]}",
            "con_thieu": together(basis, [code for code in key[2] if code not in silent]) or "–",
        }
        for number, key in enumerate(ordered, start=1)
    ]


def _figures(basis: Basis) -> Iterable[Figure]:
    """The figures that the report gives a number of, each once."""
    for spec in basis.specs.values():
        figure = basis.data.figure(spec.ma)
        if figure is not None and spec.noi and not spec.ve_viec_nop:
            yield figure


_WORDS = {
    UnitState.MISSING: "chưa gửi báo cáo",
    UnitState.REFUSED: "báo cáo bị trả lại",
    UnitState.CONFLICT: "báo cáo đang xác minh",
    UnitState.UNREADABLE: "tệp báo cáo không đọc được",
}


def late_and_missing(basis: Basis) -> list[dict[str, object]]:
    """Under the groups of the plan the units that have not reported, are being asked, or were late."""
    several = len(basis.period.quarters) > 1
    told: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for item in basis.data.every_submission:
        word = _word(item)
        if word:
            told.setdefault(item.unit, []).append(f"{_quarter(item)}: {word}" if several else word)
            names[item.unit] = item.name
    groups: dict[str, list[str]] = {}
    for unit in told:
        known = basis.register.by_code.get(unit)
        groups.setdefault(known.group if known else "", []).append(unit)

    def rows(units: Sequence[str]) -> Iterator[dict[str, str]]:
        for number, unit in enumerate(units, start=1):
            yield {"tt": str(number), "ten": names[unit], "tinh_trang": upper_first("; ".join(told[unit]))}

    titles = {group.ma: f"{group.ma}. {group.ten}" for group in basis.plan.info.nhom_don_vi}
    ordered = [*titles, *(code for code in groups if code not in titles)]
    return [
        {"ten": titles.get(code, "Đơn vị khác"), "don_vi": listed(rows(groups[code]))}
        for code in ordered
        if code in groups
    ]


def _quarter(item: Submission) -> str:
    return parse_period(item.period).title if item.period else ""


def _word(item: Submission) -> str:
    if item.state in _WORDS:
        return _WORDS[item.state]
    if not is_late(item.punctual):
        return ""
    day = f" (nhận ngày {show_date_prose(item.received)})" if item.received is not None else ""
    return f"gửi muộn{day}"


def under_review(basis: Basis) -> Sequence[dict[str, object]]:
    """The numbers that are left out of the sentences until the unit has explained them, and those that are held out."""
    return listed({"tt": str(number), **row} for number, row in enumerate(_under_review(basis), start=1))


def _under_review(basis: Basis) -> Iterator[dict[str, object]]:
    """Each cell once, as it is met first."""
    met: set[tuple[str, str, str]] = set()
    for figure in basis.data.figures:
        for source in basis.doubted(figure):
            unit = figure.unit_of_measure if not figure.ratio else ""
            name = f"{figure.name} ({lower_first(figure.group)})" if figure.group else figure.name
            if (cell := (source.file, source.sheet, source.cell)) not in met:
                met.add(cell)
                yield {
                    "ten": basis.name_of(source.unit),
                    "so_lieu": name,
                    "gia_tri": f"{show_number(source.amount)} {unit}".strip(),
                }
    for finding in basis.data.findings:
        if finding.held_out and (cell := (finding.file, finding.sheet, finding.cell)) not in met:
            met.add(cell)
            captions = basis.plan.on(basis.period.last_day).sheets
            sheet = captions.get(finding.sheet)
            field = sheet.fields.get(finding.key) if sheet is not None else None
            name = f"{field.ten if field is not None else finding.cell} (biểu {finding.sheet}, ô {finding.cell})"
            yield {
                "ten": basis.name_of(finding.unit),
                "so_lieu": f"{name}. Không tính: {finding.why_held_out}",
                "gia_tri": finding.raw,
            }


def remark_rows(basis: Basis) -> list[dict[str, object]]:
    """What the office and the levels below say of the numbers, with who says it."""
    several = len(basis.period.quarters) > 1
    found: list[dict[str, object]] = []
    for number, remark in enumerate(basis.data.remarks, start=1):
        spec = basis.specs.get(remark.figure)
        about = [
            parse_period(remark.period).title if several else "",
            basis.name_of(remark.unit) if remark.unit else "",
            (lower_first(spec.ten) if remark.unit else spec.ten) if spec is not None else remark.figure,
            f"biểu {remark.sheet}" if remark.sheet else "",
        ]
        day = f", ngày {show_date_prose(remark.day)}" if remark.day is not None else ""
        row: dict[str, object] = {
            "tt": str(number),
            "ve": upper_first("; ".join(part for part in about if part)) or "Chung",
            "noi_dung": remark.text,
            "nguoi": f"{remark.by}{day}",
        }
        found.append(row)
    return found
