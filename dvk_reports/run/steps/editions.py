"""Editions of a closed quarter: whether this run is a new one, which figures it restates, and why.

A run on what was sealed is that edition again. A run that comes to something else (another file, figure, finding or
day of receipt, another template or signer) is “bổ sung lần n”, and each figure that moved names what moved it: the
units whose cells behind it are others now, or the office's own data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dvk_reports._version import __version__
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.intake.back.printed import RawTable, raw_tables
from dvk_reports.intake.form.values import number_in, shown
from dvk_reports.intake.readers.raw import RawValue
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure, Restated
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.reader import register_of
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.run.steps.inputs import Inputs
from dvk_reports.run.steps.seal import Seal
from dvk_reports.sheets.totals.restated import NAME as RESTATED
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import lower_first
from dvk_reports.vietnamese.words import YES
from dvk_reports.workspace.folder import Workspace

_FIGURES = ("Chỉ tiêu", "Nhiệm vụ")
_SOURCES = "Nguồn số liệu"
_NUMBERS = (
    "ma",
    "nhom",
    "tu_so",
    "mau_so",
    "gia_tri",
    "thap_nhat",
    "cao_nhat",
    "muc_tieu",
    "ket_luan",
    "n_bao_cao",
    "n_phai_bao_cao",
    "ky_truoc",
    "cung_ky",
    "so_cung_ky",
    "luy_ke",
)
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "Chỉ tiêu": _NUMBERS,
    "Nhiệm vụ": _NUMBERS,
    "Tình hình nộp": ("ma_don_vi", "trang_thai", "ngay_nhan", "dung_han", "tep", "phien_ban"),
    "Tệp": ("tep", "sha256", "trang_thai"),
    "Lỗi": ("muc", "ma_loi", "ma_don_vi", "tep", "sheet", "o", "gia_tri", "giai_trinh"),
}
"""What makes an edition another one. The level of a reminder and the words of a note follow the day of the run."""
SIGNED = ("bao_cao_quy", "don_doc")
"""The papers of the run that carry a signer."""


@dataclass(frozen=True)
class CurrentRun:
    """What the present run reads and finds."""

    space: Workspace
    office: Office
    quarter: Quarter
    history: Sequence[PastQuarter]
    inputs: Inputs
    data: Consolidation


def as_edition(run: CurrentRun, last: Seal | None, draft: bytes) -> tuple[Consolidation, Seal | None]:
    """The data as the edition that they are, and the sealed edition that it follows.

    ``draft`` is its workbook drawn as a first edition. Without a sealed edition, and on the content of the first one,
    this is the first edition.
    """
    if last is None:
        return run.data, None
    tables = raw_tables(draft, (*_COMPARED, _SOURCES))
    base: Seal | None = last
    if _same(run, last, tables):
        base = last.previous()
    if base is None:
        return run.data, None
    sealed = raw_tables(base.totals, (*_COMPARED, _SOURCES, RESTATED))
    causes = _causes(run, base, sealed)
    data = replace(
        run.data,
        edition=base.edition + 1,
        edition_reasons=causes.all(),
        restated=(
            *_restated(base.edition + 1, run.data.figures, sealed, tables, causes),
            *(_earlier(row) for row in sealed.get(RESTATED, ())),
        ),
    )
    return data, base


def _same(run: CurrentRun, seal: Seal, tables: Mapping[str, RawTable]) -> bool:
    if run.inputs.places["mau_word"] != seal.inputs.places["mau_word"]:
        return False
    sealed = raw_tables(seal.totals, tuple(_COMPARED))
    if any(_content(sealed, name) != _content(tables, name) for name in _COMPARED):
        return False
    if run.inputs.places["danh_muc"] == seal.inputs.places["danh_muc"]:
        return True
    then, day = _register(run.space, seal), date.fromisoformat(str(seal.record["ngay_lap"]))
    return all(then.signer(paper, day) == run.office.register.signer(paper, day) for paper in SIGNED)


def _content(tables: Mapping[str, RawTable], name: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(_said(row.get(key)) for key in _COMPARED[name]) for row in tables.get(name, ()))


def _said(value: RawValue) -> str:
    return "" if value is None else shown(value)


def _register(space: Workspace, seal: Seal) -> Register:
    return register_of(seal.register, space.plan, space.sheets_of)


# --- why ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Causes:
    by_unit: Mapping[str, str]
    """Unit -> what came from it, or of it, since the seal."""
    office: tuple[str, ...]
    """What the office has changed: register, rules, templates, an earlier quarter."""
    other: tuple[str, ...]
    """Files that count for no unit; told where nothing else explains the edition."""

    def all(self) -> tuple[str, ...]:
        return (*self.by_unit.values(), *self.office, *self.other)


def _causes(run: CurrentRun, base: Seal, sealed: Mapping[str, RawTable]) -> _Causes:
    by_unit = dict(_of_units(run, sealed))
    office = tuple(_of_office(run, base))
    other = tuple(_of_other_files(run, base, by_unit))
    if not (by_unit or office or other):
        other = tuple(_of_the_run(run, base))
    return _Causes(by_unit, office, other)


def _of_the_run(run: CurrentRun, base: Seal) -> Iterator[str]:
    """The reason where nothing that was read has changed: another program, or another day."""
    day, program = date.fromisoformat(str(base.record["ngay_lap"])), str(base.record["chuong_trinh"])
    if program != __version__:
        yield f"chương trình phiên bản {__version__}, lúc khóa là {program}"
    if day != run.data.as_of:
        yield f"ngày lập {show_date(run.data.as_of)}, lúc khóa là {show_date(day)}"


def _of_units(run: CurrentRun, sealed: Mapping[str, RawTable]) -> Iterator[tuple[str, str]]:
    then = {_said(row["ma_don_vi"]): row for row in sealed.get("Tình hình nộp", ())}
    used_then = {
        _said(row.get("ma_don_vi")): _said(row.get("sha256"))
        for row in sealed.get("Tệp", ())
        if _said(row.get("trang_thai")) == FileState.USED.value
    }
    used_now = {record.unit: record.sha256 for record in run.data.files if record.state is FileState.USED}
    for item in run.data.submissions:
        before, after = used_then.get(item.unit), used_now.get(item.unit)
        line, state = then.get(item.unit), lower_first(item.state.value)
        if before is None and after is not None:
            yield item.unit, f"{item.name}: báo cáo được dùng sau khi khóa sổ (tệp {item.file})"
        elif before is not None and after is None:
            yield (
                item.unit,
                f"{item.name}: báo cáo dùng khi khóa sổ nay không được dùng ({state})",
            )
        elif before != after:
            yield item.unit, f"{item.name}: báo cáo được thay sau khi khóa sổ (tệp {item.file})"
        elif line is None:
            yield item.unit, f"{item.name}: được thêm vào danh sách đơn vị phải báo cáo"
        elif _said(line.get("trang_thai")) != item.state.value:
            yield item.unit, f"{item.name}: nhận thêm tệp sau khi khóa sổ ({state})"
        elif _said(line.get("ngay_nhan")) != _said(item.received):
            yield item.unit, f"{item.name}: ngày nhận thay đổi"
    known = {item.unit for item in run.data.submissions}
    for unit, row in then.items():
        if unit not in known:
            yield unit, f"{_said(row.get('ten_don_vi')) or unit}: không còn trong danh sách đơn vị phải báo cáo"


def _of_office(run: CurrentRun, base: Seal) -> Iterator[str]:
    before, after = base.inputs.places, run.inputs.places
    if before["danh_muc"] != after["danh_muc"]:
        moved = _sheets_moved(base.register, run.space.register_path.read_bytes())
        if moved:
            yield f"danh mục thay đổi: {'; '.join(moved)}"
    names = _moved(before["quy_dinh"], after["quy_dinh"])
    if names:
        yield f"quy định thay đổi: {', '.join(names)}"
    names = _moved(before["mau_word"], after["mau_word"])
    if names:
        yield f"mẫu Word thay đổi: {', '.join(names)}"
    past = {item.quarter.key: item for item in run.history}
    for key in _moved(before["lich_su"], after["lich_su"]):
        edition = past[key].edition if key in past else 0
        yield f"số liệu {Quarter.parse(key).title} thay đổi" + (f" (bổ sung lần {edition})" if edition else "")


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _sheets_moved(before: bytes, after: bytes) -> list[str]:
    """ "Miễn trừ (thêm 1 dòng)" for every sheet of the register whose lines are others now."""
    then, now = raw_tables(before, tuple(SHEETS)), raw_tables(after, tuple(SHEETS))
    found = []
    for name in SHEETS:
        old, new = _lines(then.get(name, ())), _lines(now.get(name, ()))
        gone, come = sum((old - new).values()), sum((new - old).values())
        both = min(gone, come)
        counts = ((both, "sửa"), (come - both, "thêm"), (gone - both, "bớt"))
        said = ", ".join(f"{what} {count} dòng" for count, what in counts if count)
        if said:
            found.append(f"trang {name} ({said})")
    return found


def _lines(table: Iterable[Mapping[str, RawValue]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(f"{key}={_said(value)}" for key, value in sorted(row.items()) if value) for row in table)


def _of_other_files(run: CurrentRun, base: Seal, by_unit: Mapping[str, str]) -> Iterator[str]:
    if by_unit:
        return
    before, after = base.inputs.places["tep_nhan_ve"], run.inputs.places["tep_nhan_ve"]
    for name in sorted({*before, *after}):
        if before.get(name, "")[:64] != after.get(name, "")[:64]:
            word = "nhận thêm" if name not in before else "không còn" if name not in after else "đã đổi"
            yield f"tệp {name} {word} sau khi khóa sổ"


# --- which figures --------------------------------------------------------------------------------------------------

_Key = tuple[str, str]
_Sources = Mapping[_Key, Mapping[str, Counter[tuple[str, ...]]]]


def _earlier(row: Mapping[str, RawValue]) -> Restated:
    """A line that the edition before already has on its sheet ``Điều chỉnh``."""
    return Restated(
        code=_said(row.get("ma")),
        group=_said(row.get("nhom")),
        name=_said(row.get("ten")),
        unit_of_measure=_said(row.get("don_vi_tinh")),
        ratio=_said(row.get("ty_so")) == YES,
        value_before=number_in(row.get("gia_tri_truoc")),
        reported_before=_whole(row.get("n_truoc")),
        owed_before=_whole(row.get("N_truoc")),
        value=number_in(row.get("gia_tri")),
        reported=_whole(row.get("n")),
        owed=_whole(row.get("N")),
        reason=_said(row.get("ly_do")),
        edition=_whole(row.get("lan")) or 0,
    )


def _restated(
    edition: int,
    figures: Sequence[Figure],
    sealed: Mapping[str, RawTable],
    tables: Mapping[str, RawTable],
    causes: _Causes,
) -> Iterator[Restated]:
    """Every line whose value, n or N is another one, in the order of the figures; lines that are gone come last."""
    then, now = _figures(sealed), _figures(tables)
    cells_then, cells_now = _cells(sealed), _cells(tables)
    by_key = {(figure.code, figure.group): figure for figure in figures}
    for key in (*now, *(key for key in then if key not in now)):
        before, after = then.get(key, {}), now.get(key, {})
        figure = by_key.get(key)
        if all(number_in(before.get(name)) == number_in(after.get(name)) for name in _MEASURED):
            continue
        units = _units(cells_then.get(key, {}), cells_now.get(key, {})) | (_absent(before) ^ _absent(after))
        row = after or before
        yield Restated(
            code=key[0],
            group=key[1],
            name=_said(row.get("ten")),
            unit_of_measure=_said(row.get("don_vi_tinh")),
            ratio=figure.ratio if figure else row.get("mau_so") is not None,
            value_before=number_in(before.get("gia_tri")),
            reported_before=_whole(before.get("n_bao_cao")),
            owed_before=_whole(before.get("n_phai_bao_cao")),
            value=number_in(after.get("gia_tri")),
            reported=_whole(after.get("n_bao_cao")),
            owed=_whole(after.get("n_phai_bao_cao")),
            reason="; ".join(_reasons(units, causes)),
            edition=edition,
        )


_MEASURED = ("gia_tri", "n_bao_cao", "n_phai_bao_cao")


def _reasons(units: set[str], causes: _Causes) -> Iterable[str]:
    """Why the units behind a figure have changed; every known reason where the cells do not tell which unit it was."""
    own = [reason for unit, reason in causes.by_unit.items() if unit in units]
    if own and all(unit in causes.by_unit for unit in units):
        return own
    return [*own, *causes.office] or causes.all() if units else causes.all()


def _figures(tables: Mapping[str, RawTable]) -> dict[_Key, Mapping[str, RawValue]]:
    return {(_said(row.get("ma")), _said(row.get("nhom"))): row for name in _FIGURES for row in tables.get(name, ())}


def _cells(tables: Mapping[str, RawTable]) -> _Sources:
    found: dict[_Key, dict[str, Counter[tuple[str, ...]]]] = {}
    for row in tables.get(_SOURCES, ()):
        line = found.setdefault((_said(row.get("ma")), _said(row.get("nhom"))), {})
        what = tuple(_said(row.get(key)) for key in ("vao", "sheet", "o", "gia_tri"))
        line.setdefault(_said(row.get("ma_don_vi")), Counter())[what] += 1
    return found


def _units(then: Mapping[str, Counter[tuple[str, ...]]], now: Mapping[str, Counter[tuple[str, ...]]]) -> set[str]:
    return {unit for unit in {*then, *now} if then.get(unit) != now.get(unit)}


def _absent(row: Mapping[str, RawValue]) -> set[str]:
    return {unit for unit in _said(row.get("chua_co")).split("; ") if unit}


def _whole(value: RawValue) -> int | None:
    number = number_in(value)
    return None if number is None else int(number)
