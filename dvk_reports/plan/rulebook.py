"""The rule book: what documents fix, as dated and cited YAML, checked once when it is loaded.

One folder of YAML is one plan. A mistake in it is a PlanError that names file, line, entry and the nearest right
spelling; all mistakes of all files are told at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dvk_reports.errors import PlanError
from dvk_reports.messages import Msg
from dvk_reports.model import Level
from dvk_reports.plan.formats import FormatsFile
from dvk_reports.plan.periods import Quarter

KINDS = ("chu", "nguyen", "so", "ngay", "chon", "co_khong")
DUE, IF_ANY = "den_han", "neu_co"


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _days(value: str) -> str:
    Quarter.parse(value)
    return value


QuarterKey = Annotated[str, AfterValidator(_days)]


class Dated(Entry):
    """A value that a document fixes from a day on."""

    tu_ngay: date
    gia_tri: str
    can_cu: str

    @property
    def number(self) -> Decimal:
        return Decimal(self.gia_tri)


class DatedBase(Entry):
    tu_ngay: date
    can_cu: str


T = TypeVar("T", bound="Dated | DatedBase")


class FormVersion(DatedBase):
    ma: str


class Choice(DatedBase):
    nhan: list[str] = Field(min_length=1)


class FieldSpec(Entry):
    """One column of a table sheet, or one line of a key/value sheet."""

    khoa: str
    ten: str
    kieu: Literal["chu", "nguyen", "so", "ngay", "chon", "co_khong"]
    huong_dan: str = Field(max_length=255)
    bat_buoc: bool = False
    danh_sach: str | None = None
    bien: Literal["S", "F"] | None = None
    rong: int = 40
    in_san: bool = False
    cho_san: bool = False
    """Pre-printed on free rows too, so it alone makes no row."""
    tu_tinh: bool = False
    """Counted by the form itself and always recomputed, so it makes no row and is never read as an answer."""

    @property
    def numeric(self) -> bool:
        return self.kieu in ("nguyen", "so")

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Caption path: ("Thái độ", "Hài lòng") or ("Ghi chú",)."""
        return tuple(part.strip() for part in self.ten.split(" / "))


class Duty(Entry):
    nghia_vu: Literal["den_han", "neu_co"]
    quy: list[Annotated[int, Field(ge=1, le=4)]]
    loai_don_vi: list[str]
    chi_nam_co_dot_khen: bool = False


class When(Entry):
    """A condition on another cell of the row, or on the kind of unit."""

    o: str | None = None
    la: list[str] | None = None
    tren: int | None = None
    da_ghi: bool = False
    trong_ky: bool = False
    loai_don_vi: list[str] | None = None


class RequiredIf(Entry):
    loai: Literal["bat_buoc_khi"]
    o: str
    khi: When


class AtMost(Entry):
    loai: Literal["khong_vuot"]
    phan: str
    toan_the: str


class AddsUp(Entry):
    loai: Literal["cong_bang"]
    phan: list[str]
    toan_the: str


class DateOrder(Entry):
    loai: Literal["thu_tu_ngay"]
    truoc: str
    sau: str
    muc: Literal["Chặn", "Cảnh báo"] = "Chặn"


class DateWithin(Entry):
    loai: Literal["ngay_trong"]
    o: str
    tu: Literal["dau_ky"] | date
    den: Literal["cuoi_ky"]


class Unique(Entry):
    loai: Literal["duy_nhat"]
    o: list[str]
    khi: When | None = None
    muc: Literal["Chặn", "Cảnh báo"]


class Longest(Entry):
    loai: Literal["toi_da_chu"]
    o: str
    so: int


class Largest(Entry):
    loai: Literal["toi_da_so"]
    o: str
    so: int
    tru_khi: When


class MoneyDoubt(Entry):
    loai: Literal["nghi_don_vi_tien"]
    o: str


class Symbol(Entry):
    loai: Literal["ky_hieu"]
    o: str
    thuoc: list[str]
    vi_du: str


class KindOnly(Entry):
    loai: Literal["chi_loai_don_vi"]
    o: str
    loai_don_vi: list[str]


Rule = Annotated[
    RequiredIf | AtMost | AddsUp | DateOrder | DateWithin | Unique | Longest | Largest | MoneyDoubt | Symbol | KindOnly,
    Field(discriminator="loai"),
]


class SheetSpec(DatedBase):
    """One sheet of the form."""

    ma: str
    ten: str
    bo_cuc: Literal["khoa_gia_tri", "bang"]
    don_vi_tinh: str = ""
    giao: list[Duty]
    truong: list[FieldSpec]
    luat: list[Rule] = []

    @property
    def table(self) -> bool:
        return self.bo_cuc == "bang"

    @cached_property
    def fields(self) -> Mapping[str, FieldSpec]:
        return {spec.khoa: spec for spec in self.truong}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.fields)

    @cached_property
    def tick(self) -> str:
        """Key of this sheet's tick on BIA (it may not exist there)."""
        return f"khong_phat_sinh_{self.ma.lower()}"


class FormsFile(Entry):
    phien_ban: list[FormVersion]
    danh_sach: dict[str, Choice]
    bieu: list[SheetSpec]


class Filter(Entry):
    """Which rows an operation takes."""

    o: str | None = None
    la: list[str] | None = None
    khong_la: list[str] | None = None
    trong_ky: bool = False
    ham: str | None = None


class Operation(Entry):
    """One of the closed list of operations, or the name of a Python function."""

    dem: str | None = None
    tong: str | None = None
    khac_nhau: str | None = None
    ty_so: str | None = None
    ham: str | None = None
    cot: str | None = None
    tu: str | None = None
    mau: str | None = None
    de_trong_la: int | None = None
    loc: list[Filter] = []
    mat: str | None = None
    ma: str | None = None
    chi_ntm: bool = False

    @property
    def sheet(self) -> str:
        return self.dem or self.tong or self.khac_nhau or self.ty_so or ""


class StopWhen(Entry):
    """A column that stops a figure only on some rows."""

    o: str
    khi: When


class OwnLine(Entry):
    """A breakdown line with its own n: another operation, or a column beside the figure."""

    nhan: str
    cot: str | None = None
    phep: Operation | None = None
    dung_boi: list[str]


class Lines(Entry):
    cot: list[str] = []
    nhan: list[str] = []


class FigureSpec(DatedBase):
    """Definition of one figure (MT…, NV…, KP…, KQ…, TL…)."""

    ma: str
    ten: str
    don_vi_tinh: str
    loai: Literal["ty_so", "dem", "tong", "danh_sach"]
    don_vi: Literal["co_quan"] | list[str]
    dung_boi: list[str | StopWhen] = []
    ky: Literal["cuoi_ky", "trong_nam", "phat_sinh", "khac_nhau"]
    thieu: Literal["m1", "m2", "khong"]
    mau_so_khong_ro: bool = False
    """The denominator of a missing unit is not known, so no bound can be told."""
    muc_tieu: list[Dated] = []
    dinh_nghia: str
    phep: Operation
    phan_to: Lines | None = None
    dong_rieng: list[OwnLine] = []

    @cached_property
    def stop_columns(self) -> tuple[tuple[str, str, When | None], ...]:
        """(sheet, key, only where) of every column that takes a unit out of n."""
        found = []
        for entry in self.dung_boi:
            name, when = (entry, None) if isinstance(entry, str) else (entry.o, entry.khi)
            sheet, _, key = name.partition(".")
            found.append((sheet, key, when))
        return tuple(found)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Every form sheet it reads, in order."""
        return tuple(dict.fromkeys(sheet for sheet, _, _ in self.stop_columns))

    @property
    def reads_review(self) -> bool:
        return "B3" in self.sheets

    @property
    def of_targets(self) -> bool:
        """Printed on ``Chỉ tiêu``; the others on ``Nhiệm vụ``."""
        return self.ma.startswith("MT")


class FiguresFile(Entry):
    chi_tieu: list[FigureSpec]


class Task(Entry):
    ma: str
    ten: str
    thoi_gian: str
    can_cu: str
    chi_tieu: list[str]
    chu_tri: list[Dated]


class Group(Entry):
    ma: str
    ten: str


class Values(Entry):
    """Single values that a document or a convention of the office fixes."""

    moc_dang_ky_de_danh_gia: list[Dated]
    ngay_dang_ky_som_nhat: list[Dated]
    nam_cong_nhan_tu: list[Dated]
    nam_cong_nhan_den: list[Dated]
    nam_tap_huan: list[Dated]
    phieu_toi_thieu: list[Dated]
    hai_long_cao_bat_thuong: list[Dated]
    tien_lon_bat_thuong: list[Dated]
    doi_bat_thuong_lan: list[Dated]
    doi_bat_thuong_it_nhat: list[Dated]
    ten_mo_hinh_giong_tu: list[Dated]
    ten_mo_hinh_ngan_duoi: list[Dated]
    ten_mo_hinh_dai_tu: list[Dated]
    noi_dung_dai_tu: list[Dated]


class PlanFile(Entry):
    ma: str
    ten: str
    dia_ban: str
    ky_dau: QuarterKey
    ky_cuoi: QuarterKey
    can_cu: str
    gia_tri: Values
    nhiem_vu: list[Task]
    nhom_don_vi: list[Group]


class Round(DatedBase):
    ma: str
    ten: str


class AwardsFile(Entry):
    dot: list[Round]


class Layout(DatedBase):
    """One official document format. Lengths in mm, font sizes and line pitch in pt."""

    ma: str
    phong_chu: str
    rong: float
    cao: float
    le_tren: float
    le_duoi: float
    le_trai: float
    le_phai: float
    so_trang_cach_mep: float
    cot_trai: float
    cot_phai: float
    thut_dong: float
    cach_doan: float
    gian_dong: float
    co_noi_dung: float
    co_tieu_de_dang: float
    co_ten_loai: float
    co_noi_nhan: float
    co_trich_yeu_cong_van: float
    co_bang: float
    dau_noi_nhan: str
    ket_thuc: str = "."
    # Of the state format only: sizes of motto, organ, number, of “Nơi nhận:”, and what is measured to a text.
    co_tieu_ngu: float | None = None
    co_co_quan: float | None = None
    co_so_ky_hieu: float | None = None
    co_chu_noi_nhan: float | None = None
    phan_ke: float | None = None
    """Length of the line under organ and summary, as a part of the printed line above it."""
    gian_dong_lan: float | None = None
    """Line pitch as a multiple of single, where the format fixes no pt."""


class DatedText(DatedBase):
    """A line of a paper that is right on some days only: the law cited, the organ addressed."""

    noi_dung: str
    den_ngay: date | None = None


class StandingTask(DatedBase):
    """A line of “Phương hướng, nhiệm vụ trọng tâm”, in the papers whose next period touches its quarters and days."""

    noi_dung: str
    quy: list[Annotated[int, Field(ge=1, le=4)]]
    den_ngay: date | None = None


class DocumentSpec(DatedBase):
    """A Word paper: its template, its format and the fixed words of its issuer."""

    ma: str
    ten: str
    mau: str
    the_thuc: str
    co_quan_cap_tren: str
    co_quan: str
    ten_co_quan: str
    ky_hieu: str
    dia_danh: str
    quyen_han: str
    chuc_vu: str
    noi_nhan: list[str]
    can_cu_viet: list[str]
    nhiem_vu_trong_tam: list[StandingTask] = []
    den_ngay: date | None = None
    """Last day on which its issuer exists."""
    ten_loai: str = ""
    trich_yeu: str = ""
    kinh_gui: str = ""
    tham_quyen: str = ""
    can_cu_van_ban: list[DatedText] = []
    """Bases of a decision or request, in order, each cited on its own days."""
    gach_trich_yeu: bool = True
    """The five hyphens under the summary of a Party paper."""
    dang_danh_sach: Literal["bang", "dong"] = "bang"
    """Shape of the list that goes with it: a ruled table, or numbered lines."""


class ReportLength(DatedBase):
    """How much the report of one kind of period tells; its five parts stand in every one."""

    ky: Literal["quy", "sau_thang", "chin_thang", "nam", "so_ket", "tong_ket"]
    tung_chi_tieu: bool
    """A sentence for every target in part II; else only for those missed or waiting for an explanation."""
    chi_tiet_mo_hinh: bool
    """Leading units and the split of models in part II."""
    danh_gia_chi_tieu: bool
    """Targets met and missed are counted in part III too."""
    cong_nhan: bool
    """The item on recognition asks for what is unknown; else it tells only what there is."""
    y_kien_toi_da: Annotated[int, Field(ge=1)] | None = None
    """How many of the units' own words are told under one heading; None: all. Proposals are always told."""


class DocumentsFile(Entry):
    dau_thanh: Literal["moi", "cu"] = "cu"
    """Tone placement of generated words: “uỷ, hoà” (moi) or “ủy, hòa” (cu)."""
    thu_tu_nhom: list[str] = []
    """Order of the groups in a list of those praised; a group not named comes last, as given."""
    do_dai: list[ReportLength]
    the_thuc: list[Layout]
    van_ban: list[DocumentSpec]

    def layout(self, name: str, day: date) -> Layout:
        return in_force(name, [entry for entry in self.the_thuc if entry.ma == name], day)

    def length(self, kind: str, day: date) -> ReportLength:
        return in_force(f"do_dai {kind}", [entry for entry in self.do_dai if entry.ky == kind], day)


class ReminderLevel(DatedBase):
    """How firmly a unit is reminded from so many working days late on."""

    muc: Annotated[int, Field(ge=1, le=3)]
    cham_tu: Annotated[int, Field(ge=1)]
    so_ngay_gia_han: Annotated[int, Field(ge=1)]
    them_noi_nhan: list[str] = []


class Holiday(Entry):
    """Days on which offices are closed, both ends in it; Saturdays and Sundays among them change nothing."""

    tu: date
    den: date
    ten: str
    can_cu: str


class WorkedDay(Entry):
    """A Saturday worked in place of another day."""

    ngay: date
    ten: str
    can_cu: str


class RemindersFile(Entry):
    muc_nhac: list[ReminderLevel]
    ngay_nghi: list[Holiday]
    ngay_lam_bu: list[WorkedDay]


ON, TRIAL, OFF = "ap_dung", "thu_nghiem", "tat"


class InForce(DatedBase):
    """From when to when a check is on, on trial (warns, stops nothing) or off."""

    che_do: Literal["ap_dung", "thu_nghiem", "tat"]
    den_ngay: date | None = None


class CheckRule(Entry):
    """What the rule book says of one sentence of the catalogue."""

    thong_bao: str
    ma: str
    muc: Literal["Chặn", "Cảnh báo", "Ghi chú"]
    pham_vi: Literal["tep", "mot_bao_cao", "ky_truoc", "toan_huyen", "danh_muc"]
    cau: str
    vi_du: str
    hieu_luc: list[InForce] = Field(min_length=1)

    def on(self, day: date) -> InForce | None:
        """The latest entry that holds on ``day``; None before the first and after the last."""
        held = [
            entry
            for entry in self.hieu_luc
            if entry.tu_ngay <= day and (entry.den_ngay is None or day <= entry.den_ngay)
        ]
        return max(held, key=lambda entry: entry.tu_ngay) if held else None


class ChecksFile(Entry):
    ten_ma: dict[str, str]
    luat: list[CheckRule]

    @cached_property
    def rules(self) -> Mapping[str, CheckRule]:
        """Name of the sentence -> its rule."""
        return {rule.thong_bao: rule for rule in self.luat}


class Plan(Entry):
    """The whole rule book of one plan."""

    info: PlanFile
    forms: FormsFile
    figures: FiguresFile
    awards: AwardsFile
    documents: DocumentsFile
    reminders: RemindersFile
    checks: ChecksFile
    formats: FormatsFile

    @cached_property
    def sheets(self) -> Mapping[str, SheetSpec]:
        return {sheet.ma: sheet for sheet in self.forms.bieu}

    @cached_property
    def figure_specs(self) -> Mapping[str, FigureSpec]:
        return {spec.ma: spec for spec in self.figures.chi_tieu}

    @cached_property
    def first_quarter(self) -> Quarter:
        return Quarter.parse(self.info.ky_dau)

    @cached_property
    def last_quarter(self) -> Quarter:
        return Quarter.parse(self.info.ky_cuoi)

    def blank_counts_as(self, sheet: str, key: str) -> int | None:
        """What a blank cell of a column adds to its figure (``de_trong_la``); None where it adds nothing."""
        for spec in self.figures.chi_tieu:
            if spec.phep.tong == sheet and spec.phep.cot == key and spec.phep.de_trong_la is not None:
                return spec.phep.de_trong_la
        return None

    def labels(self, name: str) -> list[str]:
        """Labels of a drop-down, in order."""
        return self.forms.danh_sach[name].nhan

    def form_version(self, day: date) -> FormVersion:
        return in_force("phien_ban", self.forms.phien_ban, day)

    def value(self, name: str, day: date) -> Dated:
        """A single value in force on ``day``; PlanError before the first one."""
        series: list[Dated] = getattr(self.info.gia_tri, name)
        return in_force(name, series, day)

    def month_day(self, name: str, day: date, year: int) -> date:
        """A yearly day written ``15/10``, in the given year."""
        number, month = self.value(name, day).gia_tri.split("/")
        return date(year, int(month), int(number))

    def has_round(self, year: int) -> bool:
        return any(entry.tu_ngay.year == year for entry in self.awards.dot)

    def document(self, name: str, day: date) -> DocumentSpec:
        return in_force(name, [entry for entry in self.documents.van_ban if entry.ma == name], day)


def in_force(name: str, series: Sequence[T], day: date) -> T:
    """The entry in force on ``day``; refuses to guess before the first one."""
    past = [entry for entry in series if entry.tu_ngay <= day]
    if past:
        return max(past, key=lambda entry: entry.tu_ngay)
    first = min((entry.tu_ngay for entry in series), default=None)
    since = f" Giá trị đầu tiên có từ {first:%d/%m/%Y}." if first else ""
    raise PlanError(f"Quy định “{name}” chưa có giá trị cho ngày {day:%d/%m/%Y}.{since}")


_FILES: Mapping[str, type[BaseModel]] = {
    "plan": PlanFile,
    "forms": FormsFile,
    "figures": FiguresFile,
    "awards": AwardsFile,
    "documents": DocumentsFile,
    "reminders": RemindersFile,
    "checks": ChecksFile,
    "formats": FormatsFile,
}
_FIELD = {"plan": "info"}


def load_plan(name: str = "bao_yen_2022_2025", folder: Traversable | None = None) -> Plan:
    """Read and check one plan; PlanError lists every mistake with file, line and nearest spelling."""
    folder = folder or files("dvk_reports.plans").joinpath(name)
    parts: dict[str, Any] = {}
    mistakes: list[str] = []
    for stem, model in _FILES.items():
        path = folder.joinpath(f"{stem}.yaml")
        try:
            tree = _parse(path.read_text(encoding="utf-8"), path.name)
            parts[_FIELD.get(stem, stem)] = model.model_validate(tree)
        except FileNotFoundError:
            mistakes.append(f"Thiếu tệp quy định {path.name} trong {folder}.")
        except ValidationError as error:
            mistakes += [_sentence(path.name, tree, model, item) for item in error.errors()]
        except PlanError as error:
            mistakes.append(str(error))
    if not mistakes:
        plan = Plan(**parts)
        mistakes = list(_cross_check(plan))
    if mistakes:
        raise PlanError("\n".join(mistakes))
    return plan


def _parse(text: str, name: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="rt").load(text)
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"dòng {mark.line + 1}" if mark else "một ngày hoặc giá trị viết sai"
        raise PlanError(f"{name}, {where}: không đọc được ({getattr(error, 'problem', None) or error}).") from error


_KINDS = {
    "missing": "thiếu mục này",
    "extra_forbidden": "mục này không có trong quy định",
    "string_type": "phải là chữ (đặt trong dấu ngoặc kép)",
    "int_type": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "date_type": "phải là ngày dạng 2023-10-01",
    "list_type": "phải là một danh sách",
    "literal_error": "giá trị không nằm trong các giá trị cho phép",
    "union_tag_invalid": "loại luật không có",
    "string_too_long": "quá dài (ô nhắc trong Excel chứa tối đa 255 ký tự)",
}


def _sentence(name: str, tree: Any, model: type[BaseModel], item: Any) -> str:
    """One English pydantic error as a Vietnamese sentence with its line."""
    loc = list(item["loc"])
    line, path = _locate(tree, loc)
    what = _KINDS.get(item["type"], f"không hợp lệ ({item['msg']})")
    hint = ""
    if item["type"] == "extra_forbidden":
        hint = _nearest(str(loc[-1]), _allowed(model, loc[:-1]))
    elif item["type"] == "literal_error":
        hint = _nearest(str(item["input"]), _quoted(str(item["ctx"].get("expected", ""))))
    elif item["type"] == "union_tag_invalid":
        hint = _nearest(str(item["ctx"]["tag"]), _quoted(str(item["ctx"]["expected_tags"])))
    return f"{name}, dòng {line}, mục {path}: {what}.{hint}"


def _quoted(text: str) -> list[str]:
    return [part.strip(" '") for part in text.replace(" or ", ", ").split(",")]


def _nearest(word: str, choices: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.5)
    return f" Có phải là “{close[0]}”?" if close else ""


def _allowed(model: type[BaseModel], loc: Sequence[Any]) -> set[str]:
    """Every key that may stand at ``loc``: walks the models, taking all arms of a union."""
    models: list[type[BaseModel]] = [model]
    for step in loc:
        if not isinstance(step, str):
            continue
        found = [inner for m in models if step in m.model_fields for inner in _models_in(m.model_fields[step])]
        tagged = [m for m in models if step in str(m.model_fields.get("loai", ""))]
        models = found or tagged or models
    return {key for m in models for key in m.model_fields}


def _models_in(info: Any) -> list[type[BaseModel]]:
    from typing import get_args

    found: list[type[BaseModel]] = []
    queue = [info.annotation]
    while queue:
        item = queue.pop()
        if isinstance(item, type) and issubclass(item, BaseModel):
            found.append(item)
        queue.extend(get_args(item))
    return found


def _locate(tree: Any, loc: Sequence[Any]) -> tuple[int, str]:
    """Line (from 1) and readable path of a pydantic location in a ruamel tree."""
    node, line, path = tree, 1, []
    for step in loc:
        marks = getattr(node, "lc", None)
        if isinstance(node, Mapping) and step in node:
            line = marks.key(step)[0] + 1 if marks else line
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            line = marks.item(step)[0] + 1 if marks else line
        else:
            if isinstance(step, str) and step not in _TAGS:
                path.append(step)
            continue
        node = node[step]
        path.append(_label(node) or str(step))
    return line, " → ".join(path) or "đầu tệp"


_TAGS = {
    "bat_buoc_khi",
    "khong_vuot",
    "cong_bang",
    "thu_tu_ngay",
    "ngay_trong",
    "duy_nhat",
    "toi_da_chu",
    "toi_da_so",
    "nghi_don_vi_tien",
    "ky_hieu",
    "chi_loai_don_vi",
    "StopWhen",
    "str",
}


def _label(node: Any) -> str:
    if isinstance(node, Mapping):
        return str(node.get("ma") or node.get("khoa") or node.get("loai") or "")
    return ""


def _cross_check(plan: Plan) -> Iterable[str]:
    """What one file says about another: every named key, list, sheet, unit kind and figure exists."""
    lists = plan.forms.danh_sach
    unit_kinds = set(lists["loai_don_vi"].nhan) if "loai_don_vi" in lists else set()
    for sheet in plan.forms.bieu:
        where = f"forms.yaml, biểu {sheet.ma}"
        if len(sheet.fields) != len(sheet.truong):
            yield f"{where}: có hai trường cùng khoa."
        for spec in sheet.truong:
            if spec.kieu == "chon" and spec.danh_sach not in (*lists, "don_vi", "ky"):
                yield f"{where}, trường {spec.khoa}: không có danh sách “{spec.danh_sach}”." + _nearest(
                    str(spec.danh_sach), lists
                )
        for rule in sheet.luat:
            yield from _unknown_keys(where, rule, sheet)
        for duty in sheet.giao:
            for kind in duty.loai_don_vi:
                if kind not in unit_kinds:
                    yield f"{where}, mục giao: không có loại đơn vị “{kind}”." + _nearest(kind, unit_kinds)
    for figure in plan.figures.chi_tieu:
        for name, key, _ in figure.stop_columns:
            if name not in plan.sheets or key not in plan.sheets[name].fields:
                known = [f"{s.ma}.{k}" for s in plan.forms.bieu for k in s.keys]
                yield f"figures.yaml, {figure.ma}, mục dung_boi: không có ô “{name}.{key}”." + _nearest(
                    f"{name}.{key}", known
                )
        if figure.phep.sheet and figure.phep.sheet not in plan.sheets:
            yield f"figures.yaml, {figure.ma}, mục phep: không có biểu “{figure.phep.sheet}”."
    for task in plan.info.nhiem_vu:
        for code in task.chi_tieu:
            if code not in plan.figure_specs:
                yield f"plan.yaml, nhiệm vụ {task.ma}: không có chỉ tiêu “{code}”." + _nearest(code, plan.figure_specs)
    for holiday in plan.reminders.ngay_nghi:
        if holiday.den < holiday.tu:
            yield f"reminders.yaml, ngày nghỉ “{holiday.ten}”: ngày cuối trước ngày đầu."
    yield from _unknown_checks(plan.checks)


NEVER_EASED = ("K01", "K02", "K03", "K04", "K20", "T01", "T02")
"""What cannot be read or is not there is never counted as 0, so these are neither off, nor on trial, nor lowered."""


def _unknown_checks(checks: ChecksFile) -> Iterable[str]:
    """Every sentence of the catalogue has one rule, of its code, and every rule a sentence."""
    named = [rule.thong_bao for rule in checks.luat]
    for message in Msg:
        if named.count(message.name) != 1:
            how = "chưa có luật nào" if message.name not in named else "có nhiều luật"
            yield f"checks.yaml: câu {message.name} ({message.value.code}) {how}." + _nearest(
                message.name, [name for name in named if name not in Msg.__members__]
            )
    for rule in checks.luat:
        message_of = Msg.__members__.get(rule.thong_bao)
        if message_of is None:
            yield f"checks.yaml: không có câu “{rule.thong_bao}”." + _nearest(rule.thong_bao, Msg.__members__)
            continue
        entry = message_of.value
        if rule.ma != entry.code:
            yield f"checks.yaml, {rule.thong_bao}: mã phải là {entry.code}, không phải {rule.ma}."
        if rule.ma not in checks.ten_ma:
            yield f"checks.yaml, mục ten_ma: thiếu tên của mã {rule.ma}."
        eased = any(item.che_do != ON or item.den_ngay for item in rule.hieu_luc)
        if rule.ma in NEVER_EASED and (eased or Level(rule.muc).rank > entry.level.rank):
            yield f"checks.yaml, {rule.thong_bao}: mã {rule.ma} không được tắt, thử nghiệm hoặc hạ mức."


def _unknown_keys(where: str, rule: Entry, sheet: SheetSpec) -> Iterable[str]:
    names: list[str] = []
    for field in ("o", "phan", "toan_the", "truoc", "sau"):
        value = getattr(rule, field, None)
        names += value if isinstance(value, list) else [value] if value else []
    for field in ("khi", "tru_khi"):
        when = getattr(rule, field, None)
        if when is not None and when.o:
            names.append(when.o)
    for name in names:
        if name not in sheet.fields:
            yield f"{where}, luật {getattr(rule, 'loai', '')}: không có trường “{name}”." + _nearest(name, sheet.keys)


def decimal_of(entry: Dated) -> Decimal:
    """The number of a dated value; PlanError where it is not one."""
    try:
        return Decimal(entry.gia_tri)
    except InvalidOperation:
        raise PlanError(f"Giá trị “{entry.gia_tri}” ({entry.can_cu}) không phải là số.") from None
