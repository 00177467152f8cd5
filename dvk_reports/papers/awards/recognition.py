"""A unit's own decision that recognises models and names in the “Dân vận khéo” movement, from its sheet B9a.

Made on request for one unit and one award year. Issuer, symbol and signer follow the kind of the unit (đảng ủy, chi
bộ); number, day and signature stay blank. No original of such a decision was at hand: its words are for the unit to
check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from dvk_reports.errors import PlanError
from dvk_reports.model.records import Row
from dvk_reports.papers.awards.lists import lower_first
from dvk_reports.papers.awards.skeleton_list import roman
from dvk_reports.papers.awards.skeletons import bases, head_fields
from dvk_reports.papers.docx.drafts import render
from dvk_reports.papers.docx.metrics import text_width, wrapped
from dvk_reports.papers.docx.tone import names_of, toned
from dvk_reports.papers.report.wording import wanted
from dvk_reports.plan.book.rulebook import DocumentSpec, Layout, Plan
from dvk_reports.plan.lookups import code_key, review_rank
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, tidy
from dvk_reports.vietnamese.words import listed, tones

RECOGNITION: Final = ("quyet_dinh_cong_nhan_dang_uy", "quyet_dinh_cong_nhan_chi_bo")


def recognition_decision(
    plan: Plan,
    register: Register,
    unit: Unit,
    year: int,
    recognised: Sequence[Row],
    models: Sequence[Row],
    reviews: Sequence[Row],
    day: date,
    template: Path | None = None,
) -> bytes:
    """The draft decision of ``unit`` for the award year, as a .docx. Same arguments, same bytes.

    ``recognised``: rows of B9a, of which those of ``year`` are taken; ``models``, ``reviews``: rows of B2 and B3, of
    which the last row of a model counts. PlanError where the unit issues no such decision, does not exist on ``day``,
    or has nothing of that year.
    """
    spec, _ = _issuer(plan, unit, day)
    fields = recognition_fields(plan, register, unit, year, recognised, models, reviews, day)
    # The unit's name as the register has it, also where it stands without its first words, or in capitals.
    name = _rest(spec, unit) or unit.name
    names = names_of(register) | {name, name.upper(), spec.dia_danh}
    return render(
        spec.mau,
        toned(fields, plan.documents.dau_thanh, names, ("danh_sach", "ho_ten")),
        title=tones(f"Quyết định {fields['trich_yeu']}", plan.documents.dau_thanh, names),
        day=day,
        template=template,
        tone=plan.documents.dau_thanh,
    )


def recognition_fields(
    plan: Plan,
    register: Register,
    unit: Unit,
    year: int,
    recognised: Sequence[Row],
    models: Sequence[Row],
    reviews: Sequence[Row],
    day: date,
) -> dict[str, object]:
    """Every field of ``quyet-dinh-cong-nhan.docx``."""
    spec, layout = _issuer(plan, unit, day)
    rows = _once(row for row in recognised if row.number_of("nam_xet") == year)
    if not rows:
        raise PlanError(f"{unit.name}: biểu B9a không có dòng nào của năm xét {year}; không lập quyết định công nhận.")
    groups = _groups(plan, register, unit, rows, models, reviews, day)
    results = listed([str(group["loai"]) for group in groups])
    commas = ", ".join(str(group["loai"]) for group in groups)
    return {
        # The signers of the register are those of the district; a unit signs for itself.
        **head_fields(spec, layout, Register(), day),
        "gach_trich_yeu": "-----" if spec.gach_trich_yeu else "",
        "trich_yeu": spec.trich_yeu.format(ket_qua=commas, nam=year),
        "can_cu": bases(spec, layout, day),
        "so_luong": listed([f"{show_count(len(group['dong']))} {group['loai']}" for group in groups]),
        "ket_qua": results,
        "ket_qua_in_hoa": commas.upper(),
        "nam_xet": str(year),
        "thi_hanh": spec.thi_hanh,
        "danh_sach": groups,
    }


# --- who issues it


def _issuer(plan: Plan, unit: Unit, day: date) -> tuple[DocumentSpec, Layout]:
    """The entry of documents.yaml for the unit, its issuer lines filled with the unit's name."""
    if not unit.valid(day):
        raise PlanError(f"{unit.name} không có trong danh mục vào ngày {show_date_prose(day)}; không lập quyết định.")
    able = [spec for spec in (plan.document(kind, day) for kind in RECOGNITION) if unit.kind in spec.loai_don_vi]
    if not able:
        raise PlanError(f"{unit.name} ({unit.kind}) không phải là chi, đảng bộ ra quyết định công nhận mô hình.")
    spec = next((spec for spec in able if _rest(spec, unit) is not None), able[0])
    if spec.den_ngay is not None and day > spec.den_ngay:
        raise PlanError(
            f"Chưa có mẫu {spec.ten} cho ngày {show_date_prose(day)}: mẫu đang có dùng đến ngày "
            f"{show_date_prose(spec.den_ngay)}."
        )
    name = _rest(spec, unit) or unit.name
    layout = plan.documents.layout(spec.the_thuc, day)
    put = {"ten": name, "TEN": name.upper()}
    told = {key: str(getattr(spec, key)).format(**put) for key in ("ten_co_quan", "tham_quyen", "thi_hanh")}
    organ = _in_lines(spec.co_quan, name.upper(), layout)
    texts = [text.model_copy(update={"noi_dung": text.noi_dung.format(**put)}) for text in spec.can_cu_van_ban]
    more = {"co_quan": organ, "dia_danh": _place(plan, spec, unit, name), "can_cu_van_ban": texts}
    return spec.model_copy(update={**told, **more}), layout


def _rest(spec: DocumentSpec, unit: Unit) -> str | None:
    """The unit's name after “Đảng bộ”, “Chi bộ”; None where it begins otherwise."""
    name = tidy(unit.name)
    for word in spec.dau_ten:
        if fold(name).startswith(f"{fold(word)} "):
            return name[len(word) :].strip()
    return None


def _place(plan: Plan, spec: DocumentSpec, unit: Unit, name: str) -> str:
    """Where it is issued: the proper name of a commune, else the place in documents.yaml."""
    if not plan.has_hamlets(unit.kind):
        return spec.dia_danh
    for word in plan.documents.tu_hanh_chinh:
        if fold(name).startswith(f"{fold(word)} "):
            return name[len(word) :].strip()
    return name


def _in_lines(organ: str, name: str, layout: Layout) -> str:
    """“ĐẢNG ỦY” and the unit's name: one line where it fits in the left block, else the name below, broken evenly."""
    size, room = layout.co_noi_dung, layout.cot_trai
    whole = organ.format(TEN=name)
    if len(wrapped(whole, room, size, bold=True)) < 2:
        return whole
    lines = [organ.format(TEN="").strip(), name]
    words = name.split(" ")
    if text_width(name, size, bold=True) > room and len(words) > 1:
        cuts = [cut for cut in range(1, len(words)) if words[cut] not in ("-", "–")]
        halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in cuts]
        lines[1:] = min(halves, key=lambda pair: max(text_width(half, size, bold=True) for half in pair))
    return "\n".join(lines)


# --- whom it names


def _once(rows: Iterable[Row]) -> list[Row]:
    """A recognition that two quarters of the year tell of is one; the later row says how it is written."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        who = fold(row.text("loai")), fold(row.text("ten")), row.day("ngay_sinh")
        found[(*who, code_key(row.text("ma_mo_hinh")), fold(row.text("ket_qua")))] = row
    return list(found.values())


def _groups(
    plan: Plan,
    register: Register,
    unit: Unit,
    rows: Sequence[Row],
    models: Sequence[Row],
    reviews: Sequence[Row],
    day: date,
) -> list[dict[str, Any]]:
    """One group for each result (mô hình, điển hình); several doers of one recognised model share its line."""
    known = {key: row for row in models if (key := code_key(row.text("ma_mo_hinh")))}
    classes = _classes(plan, reviews)
    labels = plan.labels("ket_qua_cong_nhan")
    results = dict.fromkeys([*labels, *(row.text("ket_qua") for row in rows)])
    groups: list[dict[str, Any]] = []
    for result in results:
        own = [row for row in rows if row.text("ket_qua") == result]
        if not own:
            continue
        merged = _by_model(own) if result == labels[0] else [[row] for row in own]
        lines = [
            _line(register, unit, number, found, known, classes, day) for number, found in enumerate(merged, start=1)
        ]
        name = result or wanted("kết quả công nhận")
        groups.append({"tt": roman(len(groups) + 1), "ten": name, "loai": lower_first(name), "dong": lines})
    return groups


def _by_model(rows: Iterable[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = {}
    for place, row in enumerate(rows):
        found.setdefault(code_key(row.text("ma_mo_hinh")) or f"dòng {place}", []).append(row)
    return list(found.values())


def _classes(plan: Plan, reviews: Iterable[Row]) -> Mapping[str, str]:
    """Model -> class of its latest review; of two that stand equally the later row."""
    latest: dict[str, Row] = {}
    for row in reviews:
        key = code_key(row.text("ma_mo_hinh"))
        if key and (key not in latest or review_rank(plan, row)[:2] >= review_rank(plan, latest[key])[:2]):
            latest[key] = row
    return {key: row.text("xep_loai") for key, row in latest.items()}


def _line(
    register: Register,
    unit: Unit,
    number: int,
    rows: Sequence[Row],
    models: Mapping[str, Row],
    classes: Mapping[str, str],
    day: date,
) -> dict[str, str]:
    key = code_key(rows[0].text("ma_mo_hinh"))
    model = models.get(key)
    since = model.day("ngay_dk") if model else None
    bodies = "; ".join(dict.fromkeys(tidy(row.text("don_vi")) for row in rows if tidy(row.text("don_vi"))))
    hamlets = (
        _hamlets(register, unit, model.text("ma_thon"), day) if model and register.hamlets_of(unit.code, day) else ""
    )
    return {
        "tt": str(number),
        "ten_mo_hinh": (tidy(model.text("ten")) if model else "") or wanted("tên mô hình"),
        "thuc_hien": "; ".join(_doer(row) for row in rows),
        "thon": hamlets or bodies or wanted("thôn, chi bộ"),
        "linh_vuc": (model.text("linh_vuc") if model else "") or wanted("lĩnh vực"),
        "nam_dang_ky": str(since.year) if since else wanted("năm"),
        "xep_loai": classes.get(key, "") or wanted("xếp loại"),
    }


def _hamlets(register: Register, unit: Unit, text: str, day: date) -> str:
    """Names of the thôn a model covers; a part that the register does not know stays as it was written."""
    if fold(text) == fold("Tất cả"):
        return "Tất cả các thôn, tổ dân phố"
    names = []
    for part in filter(None, map(tidy, text.split(";"))):
        known, _ = register.resolve_hamlets(unit.code, part, day)
        names += [tidy(hamlet.name) for hamlet in known] or [part]
    return "; ".join(dict.fromkeys(names))


def _doer(row: Row) -> str:
    """ "Nguyễn Văn A, Trưởng thôn"."""
    return ", ".join(part for part in (tidy(row.text("ten")), tidy(row.text("chuc_vu"))) if part)
