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
from dvk_reports.messages.marks import wanted
from dvk_reports.papers.awards.lists import inside
from dvk_reports.papers.awards.skeleton_list import GROUP, NAME, SUBJECT_KEYS, SUBJECTS, checked_list
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.letterhead import head_fields
from dvk_reports.papers.docx.lines import measure_lines
from dvk_reports.papers.docx.profiles import profile_for
from dvk_reports.papers.docx.tone import toned
from dvk_reports.plan.book.awards import Authority
from dvk_reports.plan.book.formats import PARTY as PARTY_FAMILY
from dvk_reports.plan.book.formats import STATE as STATE_FAMILY
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Layout, Plan
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import roman, show_count
from dvk_reports.vietnamese.spaces import soft_fields
from dvk_reports.vietnamese.text import fold, lower_first, nearest
from dvk_reports.vietnamese.words import listed, money

CONFERENCE: Final = (DocumentRole.INVITATION, DocumentRole.PROGRAMME, DocumentRole.FUNDS)
"""The papers for the conference of a round; they are about every form of award."""
ROLES: Final = (
    DocumentRole.REQUEST,
    DocumentRole.DECISION,
    DocumentRole.NOTICE,
    DocumentRole.MINUTES,
    *CONFERENCE,
)
"""What the papers are for that are made here."""
_VOTES = ("dong_y", "khong_dong_y", "ty_le", "ket_luan")


def papers_around(plan: Plan) -> tuple[str, ...]:
    """Names of the papers of these roles that the plan has, in the order of ``documents.yaml``."""
    return tuple(dict.fromkeys(spec.ma for spec in plan.documents.van_ban if spec.vai in ROLES))


def write_skeleton(
    target: Path | BinaryIO,
    office: Office,
    name: str,
    fields: Mapping[str, object],
    template: Path | None = None,
) -> None:
    """Write one draft of :func:`papers_around`. Same arguments, same bytes.

    ``fields``: any of the names that :func:`skeleton_fields` gives, as text, list of text, or for ``danh_sach`` a list
    of groups ``{"nhom": "Tập thể", "loai": "tập thể", "dong": [{"ten": …, "chuc_vu_don_vi": …, "thanh_tich": …,
    "hinh_thuc": …}]}``; ``tien_thuong`` in đồng (int), in words, or left out. What is left out is asked for in the
    paper.
    PlanError for a paper or field that does not exist, for an entry of the list of another shape, and for a day on
    which its form of award is granted no more; TemplateError as in :func:`dvk_reports.papers.docx.drafts.render`.
    """
    paper, layout = _paper(office, name)
    tone = office.plan.documents.dau_thanh
    # Names in the list, and whatever the caller has written, stay as they are.
    written = skeleton_fields(office, name, fields)
    context = toned(soft_fields(written), tone, names_of(office.register), {*fields, GROUP, "ho_ten"})
    made = render(
        Template(paper.mau, template, tone),
        context,
        title=f"{paper.ten_loai.capitalize()} {context['trich_yeu']}",
        day=office.day,
        polish=partial(measure_lines, layout=layout),
    )
    if isinstance(target, Path):
        target.write_bytes(made)
    else:
        target.write(made)


def skeleton_fields(office: Office, name: str, given: Mapping[str, object]) -> dict[str, object]:
    """Every field of the template of a paper: text, lists of text and lists of rows; ``given`` wins."""
    plan, day = office.plan, office.day
    paper, layout = _paper(office, name)
    groups = _groups(plan, checked_list(given.get(GROUP)), layout.ket_thuc)
    dot = str(given.get("dot") or wanted("đợt xét, năm"))
    meeting = str(given.get("hoi_nghi") or wanted("tên hội nghị"))
    subjects = ", ".join(str(group["loai"]) for group in groups) or "tập thể, cá nhân"
    fields: dict[str, object] = {
        **award_head(office, paper),
        "chu_kinh_gui": _address(plan, layout, day),
        "gach_trich_yeu": "-----" if paper.gach_trich_yeu else "",
        "danh_sach_bang": "bảng" if paper.dang_danh_sach == "bang" else "",
        "dot": dot,
        "hoi_nghi": meeting,
        "cong_bo": [wanted("các quyết định biểu dương, khen thưởng được công bố")],
        "khoan_thuong": [],
        "tong_du_toan": wanted("tổng dự toán"),
        "trich_yeu": paper.trich_yeu.format(dot=dot, doi_tuong=subjects, hoi_nghi=meeting),
        "can_cu": bases(paper, layout, day),
        GROUP: groups,
        "so_luong": _counts(groups),
        "doi_tuong": subjects,
        "doi_tuong_in_hoa": subjects.upper(),
        "cac_doi_tuong": subjects if _number(groups) == 1 else f"các {subjects}",
        **_words_of(paper),
        "tien_thuong": "",
        "tien_dieu_1": "",
        "nguon_tien": wanted("nguồn chi, căn cứ mức tiền thưởng"),
        "ngay_hop": wanted("ngày họp"),
        "ket_qua_xet": [],
        **_meeting(),
        "noi_dung_thong_bao": [],
    }
    _take(fields, name, given)
    _place_money(fields, paper, given.get("tien_thuong"))
    return fields


def _words_of(paper: IssuedPaper) -> dict[str, str]:
    """Whom and what the sentences of the template name."""
    return {
        "ten_hinh_thuc": paper.ten_hinh_thuc,
        "ten_hinh_thuc_in_hoa": paper.ten_hinh_thuc.upper(),
        "noi_de_nghi": paper.noi_de_nghi,
        "noi_xet": paper.noi_xet,
        "thi_hanh": paper.thi_hanh,
    }


def _take(fields: dict[str, object], name: str, given: Mapping[str, object]) -> None:
    """Put in what the caller gives; PlanError for a field that the paper has not, or that only the plan may fill."""
    known = [field for field in fields if field not in _FIXED]
    for field, value in given.items():
        if field not in known:
            close = nearest(field, known)
            hint = f" Có phải là “{close}”?" if close else ""
            raise PlanError(f"Văn bản {name} không có trường “{field}”.{hint}")
        if field not in (GROUP, "dot"):
            fields[field] = value


def _place_money(fields: dict[str, object], paper: IssuedPaper, given: object) -> None:
    """The money as an article of its own or at the end of Điều 1, and the number of the last article."""
    fields["tien_thuong"] = money(given) if isinstance(given, int) else str(given or "")
    if fields["tien_thuong"] and paper.dieu_tien == "dieu_1":
        fields["tien_dieu_1"] = f" Mức tiền kèm theo: {fields['tien_thuong']}, {fields['nguon_tien']}."
        fields["tien_thuong"] = ""
    fields["dieu_cuoi"] = "3" if fields["tien_thuong"] else "2"
    fields["noi_nhan"] = [str(text).replace("Điều cuối", f"Điều {fields['dieu_cuoi']}") for text in _noi_nhan(fields)]


# Counted or fixed by the rule book; a caller may not say otherwise.
_FIXED = (
    "noi_nhan",
    "so_luong",
    "doi_tuong",
    "doi_tuong_in_hoa",
    "cac_doi_tuong",
    "ten_hinh_thuc",
    "ten_hinh_thuc_in_hoa",
    "noi_de_nghi",
    "noi_xet",
    "thi_hanh",
    "tien_dieu_1",
    "can_cu",
    "ket_thuc",
    "gach_trich_yeu",
    "danh_sach_bang",
)


def _noi_nhan(fields: Mapping[str, object]) -> Sequence[object]:
    found = fields["noi_nhan"]
    return found if isinstance(found, list) else []


def _paper(office: Office, name: str) -> tuple[IssuedPaper, Layout]:
    plan, day = office.plan, office.day
    known = papers_around(plan)
    if name not in known:
        raise PlanError(f"Không có văn bản “{name}”. Các văn bản: {', '.join(known)}.")
    paper = plan.document(name, day)
    ended = ended_authority(plan, paper.hinh_thuc, day)
    if ended is not None:
        raise PlanError(f"E11: {late(ended, day)}; không lập {paper.ten}.")
    return paper, plan.documents.layout(paper.the_thuc, day)


def ended_authority(plan: Plan, form: str, day: date) -> Authority | None:
    """Who granted a form of award and grants it no more on a day; None where it is granted, or is no form at all."""
    authority = plan.awards.authority(form, day)
    return authority if authority is not None and not authority.exists(day) else None


def late(ended: Authority, day: date) -> str:
    """ "ngày 01/7/2025 không lập được văn bản …, vì … không còn thẩm quyền sau ngày 30/6/2025"."""
    last = f" sau ngày {show_date_prose(ended.den_ngay)}" if ended.den_ngay else ""
    return (
        f"ngày {show_date_prose(day)} không lập được văn bản về hình thức “{ended.hinh_thuc}”, vì {ended.co_quan} "
        f"không còn thẩm quyền{last}"
    )


def award_head(office: Office, paper: IssuedPaper) -> dict[str, object]:
    """Head and foot of a paper, whom it addresses, who decides, and its closing mark."""
    return {
        **head_fields(office, paper),
        "kinh_gui": paper.kinh_gui,
        "tham_quyen": paper.tham_quyen,
        "ket_thuc": office.plan.documents.layout(paper.the_thuc, office.day).ket_thuc,
    }


def _address(plan: Plan, layout: Layout, day: date) -> str:
    """“Kính gửi” or “Kính trình”, as the format of the family asks on the day."""
    family = PARTY_FAMILY if layout.phan_ke is None else STATE_FAMILY
    return profile_for(plan, family, day).loi_van.kinh_to_trinh[0]


def bases(paper: IssuedPaper, layout: Layout, day: date) -> list[str]:
    """Each basis in force on the day with its mark; the last ends with a comma (Party) or a full stop (State)."""
    found = [
        text.noi_dung
        for text in paper.can_cu_van_ban
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
        rows = [_subject(plan, place, row) for place, row in enumerate(group[SUBJECTS], start=1)]
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
    return str(group.get("loai") or lower_first(name))


def _subject(plan: Plan, place: int, row: Mapping[str, object]) -> dict[str, str]:
    texts = {key: str(row.get(key) or "") for key in SUBJECT_KEYS}
    about = f"{plan.documents.ngan_cach_dong}{inside(plan, texts['chuc_vu_don_vi'])}" if texts["chuc_vu_don_vi"] else ""
    return {
        "tt": str(place),
        **texts,
        "dong_day_du": f"{texts['ten']}{about}",
        "dong_ho_so": _full_line(texts, about),
        "dau": ";",
        **dict.fromkeys(_VOTES, ""),
    }


def _full_line(texts: Mapping[str, str], about: str) -> str:
    """A subject with its merit, on one line."""
    return ": ".join(part for part in (f"{texts['ten']}{about}", texts["thanh_tich"]) if part)


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
