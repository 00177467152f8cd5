"""Drafts around an award round: requests, decisions, minutes, invitation, notice, each with its list.

Shapes follow the models of Nghị định 30/2020/NĐ-CP (Phụ lục III) for the state and the habits of Party offices under
Hướng dẫn 36-HD/VPTW. Everything made here is a draft: number, day, signature and votes stay blank, and no issuer is
named that does not exist on the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from dvk_reports.errors import PlanError
from dvk_reports.papers.awards.skeleton_list import GROUP, NAME, SUBJECT_KEYS, SUBJECTS, checked_list, roman
from dvk_reports.papers.docx.drafts import render
from dvk_reports.papers.docx.lines import measure_lines
from dvk_reports.papers.docx.profiles import profile_for
from dvk_reports.papers.docx.tone import names_of, toned
from dvk_reports.papers.report.wording import wanted
from dvk_reports.plan.book.formats import PARTY as PARTY_FAMILY
from dvk_reports.plan.book.formats import STATE as STATE_FAMILY
from dvk_reports.plan.book.rulebook import DocumentSpec, Layout, Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, nearest
from dvk_reports.vietnamese.words import listed, money

REQUEST, PRAISE, NOTICE, INVITATION = "to_trinh_dang", "quyet_dinh_bieu_duong", "thong_bao", "giay_moi"
STATE_REQUEST, CERTIFICATE, MINUTES = "to_trinh_nha_nuoc", "quyet_dinh_giay_khen", "bien_ban"
PARTY_MINUTES = "bien_ban_dang"
KINDS: Final = (REQUEST, PRAISE, NOTICE, INVITATION, STATE_REQUEST, CERTIFICATE, MINUTES, PARTY_MINUTES)

_VOTES = ("dong_y", "khong_dong_y", "ty_le", "ket_luan")


def write_skeleton(
    target: Path | BinaryIO,
    plan: Plan,
    register: Register,
    kind: str,
    fields: Mapping[str, object],
    day: date,
    template: Path | None = None,
) -> None:
    """Write one draft of ``KINDS``. Same arguments, same bytes.

    ``fields``: any of the names that :func:`skeleton_fields` gives, as text, list of text, or for ``danh_sach`` a list
    of groups ``{"nhom": "Tập thể", "loai": "tập thể", "dong": [{"ten": …, "chuc_vu_don_vi": …, "thanh_tich": …,
    "hinh_thuc": …}]}``; ``tien_thuong`` in đồng (int), in words, or left out. What is left out is asked for in the
    paper.
    PlanError for a kind or field that does not exist, for an entry of the list of another shape, and for a day on
    which the issuer does not exist; TemplateError as in :func:`dvk_reports.papers.docx.drafts.render`.
    """
    spec, layout = _spec(plan, kind, day)
    tone = plan.documents.dau_thanh
    # Names in the list, and whatever the caller has written, stay as they are.
    written = skeleton_fields(plan, register, kind, fields, day)
    context = toned(written, tone, names_of(register), {*fields, GROUP, "ho_ten"})
    title = f"{spec.ten_loai.capitalize()} {context['trich_yeu']}"
    paper = render(
        spec.mau,
        context,
        title=title,
        day=day,
        template=template,
        polish=partial(measure_lines, layout=layout),
        tone=tone,
    )
    if isinstance(target, Path):
        target.write_bytes(paper)
    else:
        target.write(paper)


def skeleton_fields(
    plan: Plan, register: Register, kind: str, given: Mapping[str, object], day: date
) -> dict[str, object]:
    """Every field of the template of ``kind``: text, lists of text and lists of rows; ``given`` wins."""
    spec, layout = _spec(plan, kind, day)
    groups = _groups(plan, checked_list(given.get(GROUP)), layout.ket_thuc)
    dot = str(given.get("dot") or wanted("đợt xét, năm"))
    subjects = ", ".join(str(group["loai"]) for group in groups) or "tập thể, cá nhân"
    fields: dict[str, object] = {
        **head_fields(spec, layout, register, day),
        "chu_kinh_gui": _address(plan, layout, day),
        "gach_trich_yeu": "-----" if spec.gach_trich_yeu else "",
        "danh_sach_bang": "bảng" if spec.dang_danh_sach == "bang" else "",
        "dot": dot,
        "trich_yeu": spec.trich_yeu.format(dot=dot, doi_tuong=subjects),
        "can_cu": bases(spec, layout, day),
        GROUP: groups,
        "so_luong": _counts(groups),
        "doi_tuong": subjects,
        "doi_tuong_in_hoa": subjects.upper(),
        "cac_doi_tuong": subjects if _number(groups) == 1 else f"các {subjects}",
        "tien_thuong": "",
        "tien_dieu_1": "",
        "nguon_tien": wanted("nguồn chi, căn cứ mức tiền thưởng"),
        "ngay_hop": wanted("ngày họp"),
        "ket_qua_xet": [],
        **_meeting(),
        "noi_dung_thong_bao": [],
    }
    known = [name for name in fields if name not in _FIXED]
    for name, value in given.items():
        if name not in known:
            close = nearest(name, known)
            hint = f" Có phải là “{close}”?" if close else ""
            raise PlanError(f"Văn bản {kind} không có trường “{name}”.{hint}")
        if name not in (GROUP, "dot"):
            fields[name] = value
    money_given = given.get("tien_thuong")
    fields["tien_thuong"] = money(money_given) if isinstance(money_given, int) else str(money_given or "")
    if fields["tien_thuong"] and spec.dieu_tien == "dieu_1":
        fields["tien_dieu_1"] = f" Mức tiền kèm theo: {fields['tien_thuong']}, {fields['nguon_tien']}."
        fields["tien_thuong"] = ""
    fields["dieu_cuoi"] = "3" if fields["tien_thuong"] else "2"
    fields["noi_nhan"] = [str(text).replace("Điều cuối", f"Điều {fields['dieu_cuoi']}") for text in _noi_nhan(fields)]
    return fields


# Counted or fixed by the rule book; a caller may not say otherwise.
_FIXED = (
    "noi_nhan",
    "so_luong",
    "doi_tuong",
    "doi_tuong_in_hoa",
    "cac_doi_tuong",
    "tien_dieu_1",
    "can_cu",
    "ket_thuc",
    "gach_trich_yeu",
    "danh_sach_bang",
)


def _noi_nhan(fields: Mapping[str, object]) -> Sequence[object]:
    found = fields["noi_nhan"]
    return found if isinstance(found, list) else []


def _spec(plan: Plan, kind: str, day: date) -> tuple[DocumentSpec, Layout]:
    if kind not in KINDS:
        raise PlanError(f"Không có văn bản “{kind}”. Các văn bản: {', '.join(KINDS)}.")
    spec = plan.document(kind, day)
    if spec.den_ngay is not None and day > spec.den_ngay:
        raise PlanError(
            f"{spec.ten_co_quan} không còn là cơ quan ban hành sau ngày {show_date_prose(spec.den_ngay)}; "
            f"không lập {spec.ten} cho ngày {show_date_prose(day)}."
        )
    return spec, plan.documents.layout(spec.the_thuc, day)


def head_fields(spec: DocumentSpec, layout: Layout, register: Register, day: date) -> dict[str, object]:
    """Issuer, symbol, place, signer and receivers: the fields that every paper has."""
    signer = register.signer(spec.ma, day)
    last = len(spec.noi_nhan) - 1
    return {
        "co_quan_cap_tren": spec.co_quan_cap_tren,
        "co_quan": spec.co_quan,
        "ten_co_quan": spec.ten_co_quan,
        "ky_hieu": spec.ky_hieu,
        "dia_danh": spec.dia_danh,
        "nam": str(day.year),
        "kinh_gui": spec.kinh_gui,
        "tham_quyen": spec.tham_quyen,
        "ket_thuc": layout.ket_thuc,
        "quyen_han": signer.authority if signer else spec.quyen_han,
        "chuc_vu": signer.post if signer else spec.chuc_vu,
        "ho_ten": signer.name if signer else "",
        "noi_nhan": [
            f"{name}{'.' if place == last else layout.dau_noi_nhan}" for place, name in enumerate(spec.noi_nhan)
        ],
    }


def _address(plan: Plan, layout: Layout, day: date) -> str:
    """“Kính gửi” or “Kính trình”, as the format of the family asks on the day."""
    family = PARTY_FAMILY if layout.phan_ke is None else STATE_FAMILY
    return profile_for(plan, family, day).loi_van.kinh_to_trinh[0]


def bases(spec: DocumentSpec, layout: Layout, day: date) -> list[str]:
    """Each basis in force on the day with its mark: Party “- …;” and “,” before the deciding line, state “…;”, “.”"""
    found = [
        text.noi_dung
        for text in spec.can_cu_van_ban
        if text.tu_ngay <= day and (text.den_ngay is None or day <= text.den_ngay)
    ]
    party = layout.phan_ke is None
    marks = [";"] * (len(found) - 1) + ["," if party else "."]
    lead = "- " if party else ""
    return [f"{lead}{text}{mark}" for text, mark in zip(found, marks, strict=True)] if found else []


def _groups(plan: Plan, given: Sequence[Mapping[str, Any]], end: str) -> list[dict[str, object]]:
    """The list with its numbers: groups in the office's order and in Roman, subjects from 1 in each group.

    A group without subjects is left out, one that the order does not name comes last.
    """
    places = {fold(name): place for place, name in enumerate(plan.documents.thu_tu_nhom)}
    found: list[dict[str, object]] = []
    for group in sorted(given, key=lambda group: places.get(fold(_kind(group)), len(places))):
        rows = [
            _subject(place, row, plan.documents.ngan_cach_dong) for place, row in enumerate(group[SUBJECTS], start=1)
        ]
        if not rows:
            continue
        name = str(group[NAME])
        found.append(
            {
                "tt": roman(len(found) + 1),
                "ten": name,
                "ten_in_hoa": name.upper(),
                "loai": _kind(group),
                SUBJECTS: rows,
            }
        )
    if found:
        last: Any = found[-1][SUBJECTS]
        last[-1]["dau"] = end
    return found


def _kind(group: Mapping[str, Any]) -> str:
    """A group's name inside a sentence: “tập thể”."""
    name = str(group[NAME])
    return str(group.get("loai") or name[:1].lower() + name[1:])


def _subject(place: int, row: Mapping[str, object], between: str) -> dict[str, str]:
    texts = {key: str(row.get(key) or "") for key in SUBJECT_KEYS}
    about = f"{between}{texts['chuc_vu_don_vi']}" if texts["chuc_vu_don_vi"] else ""
    return {
        "tt": str(place),
        **texts,
        "dong_day_du": f"{texts['ten']}{about}",
        "dong_ho_so": _full_line(texts, about),
        "dau": ";",
        **dict.fromkeys(_VOTES, ""),
    }


def _full_line(texts: Mapping[str, str], about: str) -> str:
    """A subject with what is asked for it and why, on one line."""
    return "; ".join(part for part in (f"{texts['ten']}{about}", texts["thanh_tich"], texts["hinh_thuc"]) if part)


def _counts(groups: Sequence[Mapping[str, Any]]) -> str:
    """ "05 tập thể và 04 cá nhân": counted from the list itself, so that the two cannot differ."""
    told = [f"{show_count(len(group[SUBJECTS]))} {group['loai']}" for group in groups]
    return listed(told) or wanted("số tập thể, cá nhân")


def _number(groups: Sequence[Mapping[str, Any]]) -> int:
    return sum(len(group[SUBJECTS]) for group in groups)


def _meeting() -> dict[str, object]:
    return {
        "thoi_gian": wanted("thời gian"),
        "dia_diem": wanted("địa điểm"),
        "noi_dung": wanted("nội dung"),
        "moi": [wanted("thành phần mời")],
        "thanh_phan": [wanted("thành viên dự họp")],
        "vang": "",
        "chu_toa": wanted("chủ tọa"),
        "thu_ky": wanted("thư ký"),
        "so_thanh_vien": wanted("số thành viên dự/tổng số, tỷ lệ %"),
        "cach_bieu_quyet": wanted("giơ tay hoặc bỏ phiếu kín"),
    }
