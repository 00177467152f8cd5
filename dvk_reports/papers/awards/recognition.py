"""A unit's own decision that recognises models and names in the “Dân vận khéo” movement.

Made on request for one unit and one award year: from what its sheet of recognitions has recorded, else, for a unit
that has not decided yet, from its reviews of the year that propose that a model goes on. Issuer, symbol and signer
follow the kind of the unit (đảng ủy, chi bộ); number, day and signature stay blank. No original of such a decision was
at hand: its words are for the unit to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dvk_reports.errors import PlanError
from dvk_reports.messages.marks import wanted
from dvk_reports.model.values import Row
from dvk_reports.papers.awards.skeletons import award_head, bases
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.metrics import text_width, wrapped
from dvk_reports.papers.docx.tone import toned
from dvk_reports.plan.book.roles import DocumentRole, LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Layout, Plan
from dvk_reports.plan.lookups import code_key, review_rank
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import ALL_HAMLETS, Register, Unit
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import roman, show_count
from dvk_reports.vietnamese.spaces import soft_fields
from dvk_reports.vietnamese.text import fold, lower_first, tidy
from dvk_reports.vietnamese.words import listed, tones

_RESULTS = "ket_qua_cong_nhan"
"""The list of the results of a recognition."""


@dataclass(frozen=True)
class Recognised:
    """What a unit recognises in one award year, by its returns.

    ``rows``: of the sheet of recognitions, of which those of ``year`` are taken; ``models``, ``reviews``: of the sheets
    of models and of reviews, of which the last row of a model counts.
    """

    unit: Unit
    year: int
    rows: Sequence[Row]
    models: Sequence[Row] = ()
    reviews: Sequence[Row] = ()


def recognition_decision(office: Office, given: Recognised, template: Path | None = None) -> bytes:
    """The draft decision of a unit for the award year, as a .docx. Same arguments, same bytes.

    PlanError where the unit issues no such decision, does not exist on the day, or has neither recorded a recognition
    of that year nor reviewed a model in it.
    """
    plan = office.plan
    paper, _ = issued_by(plan, given.unit, office.day)
    fields = recognition_fields(office, given)
    # The unit's name as the register has it, also where it stands without its first words, or in capitals.
    name = _rest(paper, given.unit) or given.unit.name
    tone, names = plan.documents.dau_thanh, names_of(office.register) | {name, name.upper(), paper.dia_danh}
    return render(
        Template(paper.mau, template, tone),
        toned(soft_fields(fields), tone, names, ("danh_sach", "ho_ten")),
        title=tones(f"Quyết định {fields['trich_yeu']}", tone, names),
        day=office.day,
    )


def recognition_fields(office: Office, given: Recognised) -> dict[str, object]:
    """Every field of ``quyet-dinh-cong-nhan.docx``."""
    plan, day = office.plan, office.day
    paper, layout = issued_by(plan, given.unit, day)
    recorded = recorded_in(given)
    groups = _groups(office, given, recorded) if recorded else _proposed(office, given)
    if not groups:
        raise PlanError(_nothing(plan, given))
    results = listed([str(group["loai"]) for group in groups])
    commas = ", ".join(str(group["loai"]) for group in groups)
    return {
        # The signers of the register are those of the office; a unit signs for itself.
        **award_head(replace(office, register=Register()), paper),
        "gach_trich_yeu": "-----" if paper.gach_trich_yeu else "",
        "trich_yeu": paper.trich_yeu.format(ket_qua=commas, nam=given.year),
        "can_cu": bases(paper, layout, day),
        "so_luong": listed([f"{show_count(len(group['dong']))} {group['loai']}" for group in groups]),
        "ket_qua": results,
        "ket_qua_in_hoa": commas.upper(),
        "nam_xet": str(given.year),
        "thi_hanh": paper.thi_hanh,
        "danh_sach": groups,
    }


def recorded_in(given: Recognised) -> list[Row]:
    """The recognitions of the year that the unit has recorded; none where it has not decided yet."""
    return _once(row for row in given.rows if row.number_of("nam_xet") == given.year)


def _nothing(plan: Plan, given: Recognised) -> str:
    recognitions, reviews = plan.sheet(SheetRole.RECOGNITIONS), plan.sheet(SheetRole.REVIEWS)
    go_on = " hoặc ".join(plan.labels_with(LabelRole.GO_ON))
    return (
        f"{given.unit.name}: biểu {recognitions} không có dòng nào của năm xét {given.year}; biểu {reviews} không có "
        f"mô hình nào mà lần đánh giá gần nhất là của năm {given.year} và kiến nghị {go_on}. Không lập quyết định công "
        "nhận."
    )


# --- who issues it


def issued_by(plan: Plan, unit: Unit, day: date) -> tuple[IssuedPaper, Layout]:
    """The decision that the kind of the unit issues, its issuer lines filled with the unit's name."""
    if not unit.valid(day):
        raise PlanError(f"{unit.name} không có trong danh mục vào ngày {show_date_prose(day)}; không lập quyết định.")
    papers = [plan.document(name, day) for name in plan.documents_with(DocumentRole.RECOGNITION)]
    able = [paper for paper in papers if unit.kind in paper.loai_don_vi]
    if not able:
        raise PlanError(f"{unit.name} ({unit.kind}) không phải là chi, đảng bộ ra quyết định công nhận mô hình.")
    paper = next((paper for paper in able if _rest(paper, unit) is not None), able[0])
    name = _rest(paper, unit) or unit.name
    layout = plan.documents.layout(paper.the_thuc, day)
    put = {"ten": name, "TEN": name.upper()}
    told = {key: str(getattr(paper, key)).format(**put) for key in ("ten_co_quan", "tham_quyen", "thi_hanh")}
    organ = _in_lines(paper.co_quan, name.upper(), layout)
    texts = [text.model_copy(update={"noi_dung": text.noi_dung.format(**put)}) for text in paper.can_cu_van_ban]
    more = {"co_quan": organ, "dia_danh": _place(plan, paper, unit, name), "can_cu_van_ban": texts}
    return paper.model_copy(update={**told, **more}), layout


def _rest(paper: IssuedPaper, unit: Unit) -> str | None:
    """The unit's name after “Đảng bộ”, “Chi bộ”; None where it begins otherwise."""
    name = tidy(unit.name)
    for word in paper.dau_ten:
        if fold(name).startswith(f"{fold(word)} "):
            return name[len(word) :].strip()
    return None


def _place(plan: Plan, paper: IssuedPaper, unit: Unit, name: str) -> str:
    """Where it is issued: the proper name of a commune, else the place in documents.yaml."""
    if not plan.has_hamlets(unit.kind):
        return paper.dia_danh
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


def _groups(office: Office, given: Recognised, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One group for each result (mô hình, điển hình); several doers of one recognised model share its line."""
    plan = office.plan
    known = {key: row for row in given.models if (key := code_key(row.text("ma_mo_hinh")))}
    classes = _classes(plan, given.reviews)
    results = dict.fromkeys([*plan.labels(_RESULTS), *(row.text("ket_qua") for row in rows)])
    groups: list[dict[str, Any]] = []
    for result in results:
        own = [row for row in rows if row.text("ket_qua") == result]
        if not own:
            continue
        merged = _by_model(own) if result == plan.label(LabelRole.MODEL_RECOGNISED) else [[row] for row in own]
        lines = []
        for number, found in enumerate(merged, start=1):
            key = code_key(found[0].text("ma_mo_hinh"))
            place = _place_of(office, given.unit, known.get(key), found)
            lines.append({"tt": str(number), **_line(found, known.get(key), place, classes.get(key, ""))})
        name = result or wanted("kết quả công nhận")
        groups.append({"tt": roman(len(groups) + 1), "ten": name, "loai": lower_first(name), "dong": lines})
    return groups


def _proposed(office: Office, given: Recognised) -> list[dict[str, Any]]:
    """The models that the unit may recognise: the latest review is of the year and says that they go on."""
    plan = office.plan
    known = {key: row for row in given.models if (key := code_key(row.text("ma_mo_hinh")))}
    over = {*plan.labels_with(LabelRole.ENDED), plan.label(LabelRole.PAUSED)}
    lines: list[dict[str, str]] = []
    for key, review in _latest(plan, given.reviews).items():
        day, model = review.day("ngay_danh_gia"), known.get(key)
        goes_on = review.text("kien_nghi") in plan.labels_with(LabelRole.GO_ON)
        if day is None or day.year != given.year or not goes_on or (model and model.text("trang_thai") in over):
            continue
        place = _place_of(office, given.unit, model, ())
        line = _line((), model, place, review.text("xep_loai"))
        line["thuc_hien"] = (tidy(model.text("chu_the")) if model else "") or wanted("tập thể, cá nhân thực hiện")
        lines.append({"tt": str(len(lines) + 1), **line})
    name = plan.label(LabelRole.MODEL_RECOGNISED)
    return [{"tt": roman(1), "ten": name, "loai": lower_first(name), "dong": lines}] if lines else []


def _by_model(rows: Iterable[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = {}
    for place, row in enumerate(rows):
        found.setdefault(code_key(row.text("ma_mo_hinh")) or f"dòng {place}", []).append(row)
    return list(found.values())


def _classes(plan: Plan, reviews: Iterable[Row]) -> Mapping[str, str]:
    """Model -> class of its latest review."""
    return {key: row.text("xep_loai") for key, row in _latest(plan, reviews).items()}


def _latest(plan: Plan, reviews: Iterable[Row]) -> Mapping[str, Row]:
    """Model -> its latest review; of two that stand equally the later row."""
    latest: dict[str, Row] = {}
    for row in reviews:
        key = code_key(row.text("ma_mo_hinh"))
        if key and (key not in latest or review_rank(plan, row)[:2] >= review_rank(plan, latest[key])[:2]):
            latest[key] = row
    return latest


def _line(rows: Sequence[Row], model: Row | None, place: str, review: str) -> dict[str, str]:
    since = model.day("ngay_dk") if model else None
    return {
        "ten_mo_hinh": (tidy(model.text("ten")) if model else "") or wanted("tên mô hình"),
        "thuc_hien": "; ".join(_doer(row) for row in rows),
        "thon": place,
        "linh_vuc": (model.text("linh_vuc") if model else "") or wanted("lĩnh vực"),
        "nam_dang_ky": str(since.year) if since else wanted("năm"),
        "xep_loai": review or wanted("xếp loại"),
    }


def _place_of(office: Office, unit: Unit, model: Row | None, rows: Sequence[Row]) -> str:
    """The thôn that the model covers; where the unit has none, the bodies of those who do it."""
    register, day = office.register, office.day
    bodies = "; ".join(dict.fromkeys(tidy(row.text("don_vi")) for row in rows if tidy(row.text("don_vi"))))
    own = model is not None and register.hamlets_of(unit.code, day)
    hamlets = _hamlets(register, unit, model.text("ma_thon"), day) if model is not None and own else ""
    return hamlets or bodies or wanted("thôn, chi bộ")


def _hamlets(register: Register, unit: Unit, text: str, day: date) -> str:
    """Names of the thôn a model covers; a part that the register does not know stays as it was written."""
    if fold(text) == fold(ALL_HAMLETS):
        return "Tất cả các thôn, tổ dân phố"
    names = []
    for part in filter(None, map(tidy, text.split(";"))):
        known, _ = register.resolve_hamlets(unit.code, part, day)
        names += [tidy(hamlet.name) for hamlet in known] or [part]
    return "; ".join(dict.fromkeys(names))


def _doer(row: Row) -> str:
    """ "Nguyễn Văn A, Trưởng thôn"."""
    return ", ".join(part for part in (tidy(row.text("ten")), tidy(row.text("chuc_vu"))) if part)
