"""Drafts of an award round: one list behind every count, the law of the day, money, dossiers, answers, recognition."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from dvk_reports.errors import PlanError, TemplateError
from dvk_reports.model.proposals import (
    Candidate,
    Choice,
    Chosen,
    Doubt,
    Gate,
    GateState,
    Outcome,
    Proof,
    Proposal,
    Quota,
    Shortlist,
    Year,
)
from dvk_reports.model.values import Cell, Row, Typed, Value
from dvk_reports.papers.awards.drafts import award_drafts, draft_notes
from dvk_reports.papers.awards.letters import reason_of
from dvk_reports.papers.awards.recognition import Recognised, recognition_decision
from dvk_reports.papers.lint.documents import lint_document, lint_documents
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Hamlet, Register, Signer, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.vietnamese.spaces import NO_BREAK
from tests.support.papers import CERTIFICATE, PRAISE, REQUEST, STATE_REQUEST
from tests.support.printed import Line, printed
from tools.templates.award_papers import make_award_papers

PLAN = load_plan()
PRAISED, AWARDED = PLAN.labels("hinh_thuc_khen")
GROUP, PERSON, HOUSEHOLD = "Tập thể", "Cá nhân", "Hộ gia đình"
DAY = date(2023, 10, 12)
AT = Cell("danh-muc.xlsx", "Đơn vị", 2, 1)
NAMES = ("Đảng bộ xã Nghĩa Đô", "Đảng bộ thị trấn Phố Ràng", "Chi bộ Hạt Kiểm lâm huyện", "Đảng bộ xã Hoà Bình")
KINDS = ("DB_XA", "DB_TT", "CB_CQ", "DB_XA")
UNITS = tuple(
    Unit(f"DV-{n}", name, kind, "I", False, None, None, (), "", "", "", n, AT)
    for n, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True))
)
OFFICE = Register(units=UNITS, hamlets=(Hamlet("T1", "Nà Uốt", "Thôn", "DV-0", None, None, AT),))
HERE = Office(PLAN, OFFICE, DAY)
QUOTAS = tuple(
    Quota(form, kind, number, "Kế hoạch, mục III.5")
    for form, kind, number in (
        (PRAISED, GROUP, 15),
        (PRAISED, PERSON, 20),
        (AWARDED, GROUP, 15),
        (AWARDED, PERSON, 25),
    )
)
RATE = {GROUP: 1_080_000, PERSON: 540_000}
PARTY_PAPERS = {
    "to-trinh-bieu-duong.docx",
    "quyet-dinh-bieu-duong.docx",
    "thong-bao-bieu-duong.docx",
    "bien-ban-hop-xet-bieu-duong.docx",
}
CONFERENCE_PAPERS = {f"hoi-nghi/{name}.docx" for name in ("giay-moi", "chuong-trinh", "to-trinh-kinh-phi")}
STATE_PAPERS = {"to-trinh-giay-khen.docx", "quyet-dinh-giay-khen.docx", "bien-ban-hop-xet.docx"}


def proposal(
    name: str,
    form: str = PRAISED,
    kind: str = GROUP,
    unit: int = 0,
    rank: int | None = 1,
    outcome: Outcome = Outcome.EXPECTED,
    gates: Iterable[Gate] = (),
    years: tuple[Year, ...] = (),
    money: int | None = -1,
    money_note: str = "",
    reasons: tuple[str, ...] = (),
    model_name: str = "",
    **fields: object,
) -> Proposal:
    given = {"post": "Trưởng thôn", "title": "Ông", "birth": date(1980, 5, 1)} if kind == PERSON else {}
    candidate = Candidate(
        f"{form[:4]}|{kind}|{name}|{unit}",
        f"DV-{unit}",
        "2023-Q3",
        Cell("tep.xlsx", "B9b", 7, 1),
        kind,
        name,
        form,
        **{"workplace": NAMES[unit], "achievement": "Hiến 500 m² đất", **given, **fields},  # type: ignore[arg-type]
    )
    paid = (RATE.get(kind) if form == AWARDED else None) if money == -1 else money
    return Proposal(
        candidate,
        years,
        2,
        tuple(gates),
        (),
        rank,
        outcome,
        reasons,
        model_name=model_name,
        money=paid,
        money_note=money_note,
    )


def chosen(*proposals: Proposal, **choices: Choice) -> Chosen:
    """``choices``: name of a subject with _ for blanks -> what the clerk typed."""
    by_id = {p.candidate.id: choices.get(p.candidate.name.replace(" ", "_"), Choice()) for p in proposals}
    found = Shortlist("2023-10", "Sơ kết Phong trào “Dân vận khéo”", DAY, "A", proposals, QUOTAS)
    return Chosen(found, {key: choice for key, choice in by_id.items() if choice != Choice()})


def drafted(given: Chosen, plan: Plan = PLAN, day: date = DAY, **templates: Path):
    names = {f"{name.replace('_', '-')}.docx": path for name, path in templates.items()}
    return award_drafts(Office(plan, OFFICE, day), given, names)


def opened(paper: bytes):
    return Document(io.BytesIO(paper))


def texts(paper: bytes) -> list[str]:
    return [p.text.replace(NO_BREAK, " ") for p in opened(paper).paragraphs if p.text]


def rows(paper: bytes, table: int = -1) -> list[list[str]]:
    return [[cell.text.replace(NO_BREAK, " ") for cell in row.cells] for row in opened(paper).tables[table].rows]


def planned(plan: Plan = PLAN, documents: dict[str, object] | None = None, **changes: dict[str, object]) -> Plan:
    """The bundled plan with other settings for some papers, and for all of them."""
    papers = [spec.model_copy(update=changes.get(spec.ma, {})) for spec in plan.documents.van_ban]
    update = {"van_ban": papers, **(documents or {})}
    return plan.model_copy(update={"documents": plan.documents.model_copy(update=update)})


def whole_round() -> list[Proposal]:
    """15 and 20 to be praised, 15 and 25 to be awarded, over four units."""
    found = []
    for form, kind, number in ((q.form, q.kind, q.number) for q in QUOTAS):
        for n in range(number):
            name = f"Chi bộ thôn Nà Khương {n}" if kind == GROUP else f"Hoàng Văn Thành {n}"
            found.append(proposal(name, form, kind, unit=n % 4, rank=n + 1, model_name=f"Đường hoa {n}"))
    return found


WHOLE = chosen(*whole_round())
PAPERS = drafted(WHOLE)


# --- what the papers say


def test_decision_of_the_chairman_word_for_word():
    body = texts(
        drafted(
            chosen(
                proposal("Chi bộ thôn 2", AWARDED, unit=1),
                proposal("Chi bộ thôn 1", AWARDED, unit=0),
                proposal("Lý Thị Hoà", AWARDED, PERSON, title="Bà", post="Hội viên", workplace="thôn Nà Uốt"),
            )
        )["quyet-dinh-giay-khen.docx"]
    )
    assert body == [
        "QUYẾT ĐỊNH",
        "Về việc tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BẢO YÊN",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của "
        "Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
        "Căn cứ Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003; các Luật sửa đổi, bổ sung một số điều của Luật "
        "Thi đua, Khen thưởng năm 2005, năm 2013;",
        "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số "
        "điều của Luật Thi đua, khen thưởng;",
        "Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình số [CẦN BỔ SUNG: số]/TTr-PNV ngày [CẦN BỔ SUNG: ngày].",
        "QUYẾT ĐỊNH:",
        "Điều 1. Tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện cho 02 tập thể và 01 cá nhân đã có thành tích trong "
        "Phong trào “Dân vận khéo” (đợt sơ kết tháng 10/2023) (có Danh sách kèm theo).",
        "Điều 2. Mức tiền thưởng kèm theo: 02 tập thể, mỗi tập thể 1.080.000 đồng; 01 cá nhân, mỗi cá nhân 540.000 "
        "đồng; tổng số tiền 2.700.000 đồng (Hai triệu bảy trăm nghìn đồng), [CẦN BỔ SUNG: căn cứ mức tiền thưởng, "
        "nguồn chi].",
        "Điều 3. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Trưởng phòng Nội vụ, Trưởng phòng Tài "
        "chính - Kế hoạch và các tập thể, cá nhân có tên tại Điều 1 căn cứ Quyết định thi hành./.",
        "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC TẶNG GIẤY KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN",
        "(Kèm theo Quyết định số      /QĐ-UBND ngày      tháng      năm 2023 của Chủ tịch Ủy ban nhân dân huyện Bảo "
        "Yên)",
        "I. Tập thể",
        "1. Chi bộ thôn 1, Đảng bộ xã Nghĩa Đô;",
        "2. Chi bộ thôn 2, Đảng bộ thị trấn Phố Ràng;",
        "II. Cá nhân",
        # Tones in names stay as the unit wrote them.
        "1. Bà Lý Thị Hoà, Hội viên, thôn Nà Uốt./.",
    ]


def test_request_and_decision_of_praise():
    found = drafted(chosen(proposal("Nguyễn Văn A", kind=PERSON, model_name="Đường hoa")))
    request = texts(found["to-trinh-bieu-duong.docx"])
    assert request[1:3] == [
        "đề nghị biểu dương cá nhân điển hình, tiêu biểu trong Phong trào “Dân vận khéo” (đợt sơ kết tháng 10/2023)",
        "-----",
    ]
    assert request[6:10] == [
        "- Căn cứ Biên bản hội nghị xét đề nghị biểu dương số [CẦN BỔ SUNG: số, ký hiệu, ngày họp],",
        "Ban Dân vận Huyện ủy đã tổng hợp, thẩm tra hồ sơ đề nghị biểu dương của các chi, đảng bộ trực thuộc Huyện ủy. "
        "Qua xem xét, Ban Dân vận Huyện ủy đề nghị Ban Thường vụ Huyện ủy biểu dương 01 cá nhân có thành tích trong "
        "Phong trào “Dân vận khéo” (có danh sách kèm theo).",
        "Việc duy trì liên tục từ 02 năm trở lên được tính theo số năm xét liền nhau có quyết định công nhận, đến năm "
        "của đợt xét.",
        "Ban Dân vận Huyện ủy kính trình Ban Thường vụ Huyện ủy xem xét, quyết định.",
    ]
    assert rows(found["to-trinh-bieu-duong.docx"])[2] == [
        "1",
        "Ông Nguyễn Văn A",
        "Trưởng thôn, Đảng bộ xã Nghĩa Đô",
        "Mô hình “Đường hoa”: Hiến 500 m² đất",
    ]
    decision = texts(found["quyet-dinh-bieu-duong.docx"])
    assert [text for text in decision if text.startswith("Điều")] == [
        "Điều 1. Biểu dương 01 cá nhân điển hình, tiêu biểu trong Phong trào “Dân vận khéo” (đợt sơ kết tháng 10/2023) "
        "(có danh sách kèm theo).",
        "Điều 2. Văn phòng Huyện ủy, Ban Dân vận Huyện ủy, các chi, đảng bộ trực thuộc Huyện ủy và cá nhân có tên tại "
        "Điều 1 chịu trách nhiệm thi hành Quyết định này.",
    ]
    assert "DANH SÁCH CÁ NHÂN ĐƯỢC BIỂU DƯƠNG TRONG PHONG TRÀO “DÂN VẬN KHÉO”" in decision


def test_minutes_have_every_subject_and_no_vote():
    for name, form in (("bien-ban-hop-xet.docx", AWARDED), ("bien-ban-hop-xet-bieu-duong.docx", PRAISED)):
        table = rows(PAPERS[name], 1)
        members = [row for row in table[1:] if len(set(row)) > 1]
        assert len(members) == sum(q.number for q in QUOTAS if q.form == form)
        assert {tuple(row[3:]) for row in members} == {("", "", "", "")}
        assert [row[2] for row in members] == [str(n + 1) for q in QUOTAS if q.form == form for n in range(q.number)]
    # In one row, so that Nơi nhận is never on a page of its own.
    assert rows(PAPERS["bien-ban-hop-xet-bieu-duong.docx"]) == [
        ["NGƯỜI GHI BIÊN BẢN\n\nNơi nhận:\n- Lưu Ban Dân vận.", "CHỦ TRÌ HỘI NGHỊ\n"]
    ]
    assert rows(PAPERS["bien-ban-hop-xet.docx"]) == [["THƯ KÝ\n\nNơi nhận:\n- Lưu: VT, Hồ sơ.", "CHỦ TỌA\n"]]


def test_a_meeting_votes_on_the_chosen_the_equals_and_those_in_reserve():
    given = chosen(
        proposal("Chi bộ A"),
        proposal("Chi bộ B", rank=15, outcome=Outcome.TIED),
        proposal("Chi bộ C", rank=15, outcome=Outcome.TIED),
        proposal("Chi bộ D", rank=17, outcome=Outcome.RESERVE),
        proposal("Chi bộ E", form=AWARDED, rank=16, outcome=Outcome.RESERVE),
        proposal("Chi bộ G", rank=None, outcome=Outcome.INELIGIBLE),
        Chi_bộ_B=Choice("Chọn", "Hội nghị bỏ phiếu"),
        Chi_bộ_C=Choice("Không chọn", "Hội nghị bỏ phiếu."),
    )
    minutes = drafted(given)["bien-ban-hop-xet-bieu-duong.docx"]
    assert [row[1:] for row in rows(minutes, 1)[2:]] == [
        [f"Chi bộ A, {NAMES[0]}", "1", "", "", "", ""],
        [f"Chi bộ B, {NAMES[0]}", "15 (ngang nhau tại ranh giới)", "", "", "", ""],
        [f"Chi bộ C, {NAMES[0]}", "15 (ngang nhau tại ranh giới)", "", "", "", ""],
        [f"Chi bộ D, {NAMES[0]}", "17 (dự bị)", "", "", "", ""],
    ]
    said = " ".join(texts(minutes))
    assert "Nội dung: Xét 04 tập thể được đề nghị biểu dương (đợt sơ kết tháng 10/2023)." in said
    assert "Hội nghị bỏ phiếu" not in said  # what came of it is not known before the vote
    decision = texts(drafted(given)["quyet-dinh-bieu-duong.docx"])
    assert any("02 tập thể" in text for text in decision)


def test_number_day_and_signature_are_blank():
    for name, paper in PAPERS.items():
        head = rows(paper, 0)
        assert re.fullmatch(r"Số:? {6}( -|/)[A-ZĐa-z/-]+(\n.*)?", head[1][0]), name
        assert head[1][1] in ("", "Bảo Yên, ngày      tháng      năm 2023"), name


def test_papers_for_the_conference_of_the_round():
    told = [p for p in whole_round() if p.candidate.form == PRAISED or p.rank in (1, 2)]
    found = drafted(chosen(*told))
    assert {name for name in found if name.startswith("hoi-nghi/")} == CONFERENCE_PAPERS
    invited = texts(found["hoi-nghi/giay-moi.docx"])
    assert invited[:2] == [
        "GIẤY MỜI",
        "dự hội nghị sơ kết Phong trào “Dân vận khéo”, biểu dương, khen thưởng tập thể, cá nhân điển hình, tiêu biểu",
    ]
    assert "Thời gian: [CẦN BỔ SUNG: thời gian]." in invited
    programme = [row[2] for row in rows(found["hoi-nghi/chuong-trinh.docx"], 1)]
    at = programme.index("Công bố, trao các quyết định biểu dương, khen thưởng:")
    assert programme[at + 1 : at + 3] == [
        f"- {PRAISED}: 15 tập thể và 20 cá nhân",
        "- Giấy khen của Chủ tịch Ủy ban nhân dân huyện: 02 tập thể và 02 cá nhân",
    ]
    costs = rows(found["hoi-nghi/to-trinh-kinh-phi.docx"], 1)
    # Praise has no money unless it was typed.
    assert costs[2:4] == [
        ["1", f"{AWARDED}: tập thể", "02", "1.080.000", "2.160.000"],
        ["2", f"{AWARDED}: cá nhân", "02", "540.000", "1.080.000"],
    ]
    assert costs[-1] == ["", "Tổng cộng", "", "", "[CẦN BỔ SUNG: tổng dự toán]"]


def test_an_amount_that_is_not_known_is_asked_for_in_the_estimate():
    given = chosen(
        proposal("Chi bộ A", AWARDED, money=None),
        proposal("Chi bộ B", AWARDED),
        proposal("Lý A", PRAISED, PERSON),
        Lý_A=Choice("", "", 500_000, "Quy chế"),
    )
    costs = rows(drafted(given)["hoi-nghi/to-trinh-kinh-phi.docx"], 1)
    assert costs[2:4] == [
        ["1", f"{PRAISED}: cá nhân", "01", "500.000", "500.000"],
        ["2", f"{AWARDED}: tập thể", "02", "", "[CẦN BỔ SUNG: mức tiền thưởng]"],
    ]


# --- one list behind every count


def listed_in(paper: bytes) -> dict[str, int]:
    """Rows of the list of a paper, by group, in either shape."""
    found: dict[str, int] = {}
    group = ""
    table = rows(paper)
    cells = [row[0] if len(set(row)) == 1 else f"{row[0]}. {row[1]}" for row in table] if table[0][0] == "TT" else []
    for text in [*texts(paper), *cells]:
        heading = re.fullmatch(r"[IVX]+\. (.+)", text)
        if heading:
            group = heading[1]
        elif group and re.match(r"\d+\. ", text):
            found[group] = found.get(group, 0) + 1
    return found


def told_in(paper: bytes) -> dict[str, int]:
    body = next(t for t in texts(paper) if re.search(r"\d+ (tập thể|cá nhân|hộ gia đình)", t))
    return {kind.capitalize(): int(n) for n, kind in re.findall(r"(\d+) (tập thể|cá nhân|hộ gia đình)", body)}


@pytest.mark.parametrize("shape", ["bang", "dong"])
def test_counts_of_text_list_and_request_are_one(shape):
    kinds = (REQUEST, PRAISE, STATE_REQUEST, CERTIFICATE)
    plan = planned(**{kind: {"dang_danh_sach": shape} for kind in kinds})
    found = drafted(WHOLE, plan)
    for names, counts in (
        (("to-trinh-bieu-duong", "quyet-dinh-bieu-duong"), {GROUP: 15, PERSON: 20}),
        (("to-trinh-giay-khen", "quyet-dinh-giay-khen"), {GROUP: 15, PERSON: 25}),
    ):
        for name in names:
            paper = found[f"{name}.docx"]
            assert (told_in(paper), listed_in(paper)) == (counts, counts), name
            assert lint_document(paper, PLAN, day=DAY) == []


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_few_left_out_are_left_out_everywhere(count):
    out = {p.candidate.name.replace(" ", "_"): Choice("Không chọn", "Rút đề nghị") for p in whole_round()[:count]}
    found = drafted(chosen(*whole_round(), **out))
    # The same names stand in both forms: groups 0 … count-1 of each.
    for name in ("to-trinh-bieu-duong.docx", "quyet-dinh-bieu-duong.docx", "quyet-dinh-giay-khen.docx"):
        assert told_in(found[name])[GROUP] == listed_in(found[name])[GROUP] == 15 - count
    left = "\n".join(text for name in (PARTY_PAPERS | STATE_PAPERS) for text in texts(found[name]))
    assert all(f"Nà Khương {n};" not in left for n in range(count))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([PRAISED, AWARDED]),
            st.sampled_from([GROUP, PERSON, HOUSEHOLD]),
            st.integers(0, 3),
            st.sampled_from(list(Outcome)),
            st.sampled_from(["", "Chọn", "Không chọn"]),
        ),
        max_size=6,
    )
)
@settings(max_examples=8, deadline=None)
def test_every_subject_is_in_its_list_or_in_an_answer(drawn):
    made, choices = [], {}
    for number, (form, kind, unit, outcome, decision) in enumerate(drawn):
        name = f"Người số {number};"
        made.append(proposal(name, form, kind, unit, outcome=outcome))
        choices[name.replace(" ", "_")] = Choice(decision, "Ghi rõ")
    case = chosen(*made, **choices)
    found = drafted(case)
    answers = "".join(text for name, paper in found.items() if name.startswith("thu-tra-loi") for text in texts(paper))
    for form, names in (
        (PRAISED, ("to-trinh-bieu-duong.docx", "quyet-dinh-bieu-duong.docx")),
        (AWARDED, ("to-trinh-giay-khen.docx", "quyet-dinh-giay-khen.docx")),
    ):
        own = [p for p in made if p.candidate.form == form]
        taken = [p for p in own if case.is_chosen(p)]
        for name in names:
            assert (name in found) == bool(taken)
            if not taken:
                continue
            lists = "".join(texts(found[name])) + str(rows(found[name]))
            assert [p.candidate.name in lists for p in own] == [p in taken for p in own]
            counts = {kind: sum(p.candidate.kind == kind for p in taken) for kind in (GROUP, PERSON, HOUSEHOLD)}
            assert told_in(found[name]) == listed_in(found[name]) == {k: n for k, n in counts.items() if n}
        assert [p.candidate.name in answers for p in own] == [p not in taken for p in own]


def test_lists_follow_class_register_and_rank():
    given = chosen(
        proposal("C", unit=1, rank=1),
        proposal("Người A", kind=PERSON, unit=0, rank=1),
        proposal("B", unit=0, rank=9),
        proposal("A", unit=0, rank=2),
        proposal("Hộ ông D", kind=HOUSEHOLD, unit=0, outcome=Outcome.NOT_CONSIDERED),
        Hộ_ông_D=Choice("Chọn", "Hội đồng đồng ý"),
    )
    table = rows(drafted(given)["quyet-dinh-bieu-duong.docx"])
    assert [row[0] if len(set(row)) == 1 else row[1] for row in table[1:]] == [
        "I. Tập thể",
        "A",
        "B",
        "C",
        "II. Hộ gia đình",
        "Hộ ông D",
        "III. Cá nhân",
        "Ông Người A",
    ]
    turned = replace(given, shortlist=replace(given.shortlist, proposals=given.shortlist.proposals[::-1]))
    assert drafted(turned) == drafted(given)


def test_a_decision_for_each_class_is_a_setting():
    plan = planned(**{PRAISE: {"so_quyet_dinh": "rieng"}, CERTIFICATE: {"so_quyet_dinh": "rieng"}})
    found = drafted(WHOLE, plan)
    decisions = {name: told_in(paper) for name, paper in found.items() if name.startswith("quyet-dinh")}
    assert decisions == {
        "quyet-dinh-bieu-duong-tap-the.docx": {GROUP: 15},
        "quyet-dinh-bieu-duong-ca-nhan.docx": {PERSON: 20},
        "quyet-dinh-giay-khen-tap-the.docx": {GROUP: 15},
        "quyet-dinh-giay-khen-ca-nhan.docx": {PERSON: 25},
    }
    assert told_in(found["to-trinh-bieu-duong.docx"]) == {GROUP: 15, PERSON: 20}
    single = texts(found["quyet-dinh-giay-khen-ca-nhan.docx"])
    assert "DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG GIẤY KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN" in single
    assert any("25 cá nhân, mỗi cá nhân 540.000 đồng; tổng số tiền 13.500.000 đồng" in text for text in single)
    assert all(lint_document(paper, PLAN, day=DAY) == [] for paper in found.values())


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"title": "", "gender": "Nữ"}, "Bà Lý Thị Hoà"),
        ({"title": "", "gender": ""}, "[CẦN BỔ SUNG: ông/bà] Lý Thị Hoà"),
        ({"title": "Bà", "name": "Bà Lý Thị Hoà"}, "Bà Lý Thị Hoà"),
    ],
)
def test_how_a_person_is_named(fields, shown):
    one = proposal(str(fields.pop("name", "Lý Thị Hoà")), kind=PERSON, **fields)
    assert rows(drafted(chosen(one))["quyet-dinh-bieu-duong.docx"])[2][1] == shown


def test_two_of_one_name_and_post_are_told_apart_by_their_birth():
    one, other = proposal("Lý A", kind=PERSON), proposal("Lý A", kind=PERSON, birth=date(1991, 2, 3))
    other = replace(other, candidate=replace(other.candidate, id="khác"))
    table = rows(drafted(chosen(one, other))["quyet-dinh-bieu-duong.docx"])
    assert [row[1] for row in table[2:]] == ["Ông Lý A (sinh ngày 01/5/1980)", "Ông Lý A (sinh ngày 03/02/1991)"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Xã Tân Tiến", "Trưởng thôn, xã Tân Tiến"),
        ("Thị trấn Phố Ràng", "Trưởng thôn, thị trấn Phố Ràng"),
        ("Thôn 2", "Trưởng thôn, thôn 2"),
        ("Huyện đoàn Bảo Yên", "Trưởng thôn, Huyện đoàn Bảo Yên"),
        ("Xã đội", "Trưởng thôn, Xã đội"),
        ("Trường THPT số 1", "Trưởng thôn, Trường THPT số 1"),
        ("", "Trưởng thôn"),
    ],
)
def test_a_commune_is_written_small_inside_a_sentence(written, shown):
    found = drafted(chosen(proposal("Lý A", AWARDED, PERSON, workplace=written)))
    assert rows(found["to-trinh-giay-khen.docx"])[2][2] == shown
    assert texts(found["quyet-dinh-giay-khen.docx"])[-1] == f"1. Ông Lý A, {shown}./."
    alone = drafted(chosen(proposal("Tổ tự quản", AWARDED, workplace="Xã Tân Tiến")))
    assert rows(alone["to-trinh-giay-khen.docx"])[2][2] == "Xã Tân Tiến"


def test_a_number_stays_on_the_line_of_its_word():
    printed_words = "\n".join(p.text for p in opened(PAPERS["quyet-dinh-giay-khen.docx"]).paragraphs)
    for words in ("ngày 19 tháng 6 năm 2015", "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017", "tại Điều 1 căn"):
        bound = re.sub(r"(ngày|tháng|năm|Điều) (?=\d)", rf"\1{NO_BREAK}", words)
        assert bound in printed_words


def test_a_model_that_the_unit_names_itself_is_named_once():
    told = "Duy trì tốt mô hình “Đường hoa”; hiến 500 m² đất"
    found = drafted(chosen(proposal("Chi bộ A", model_name="Đường hoa", achievement=told)))
    assert rows(found["to-trinh-bieu-duong.docx"])[2][3] == told


def test_a_body_that_repeats_the_name_is_not_said_twice():
    paper = drafted(chosen(proposal(NAMES[0])))["quyet-dinh-bieu-duong.docx"]
    assert rows(paper)[2] == ["1", "Đảng bộ xã Nghĩa Đô", ""]


def test_one_tone_for_our_own_words_and_none_for_names():
    plan = planned(documents={"dau_thanh": "moi"})
    people = [proposal("Lý Thị Hòa", form, PERSON, unit=3) for form in (PRAISED, AWARDED)]
    out = proposal("Chi bộ Thúy Hoà", unit=3, outcome=Outcome.RESERVE)
    found = drafted(chosen(*people, out), plan)
    for paper in found.values():
        told = "\n".join([*texts(paper), *(cell for n in range(3) for row in rows(paper, n - 1) for cell in row)])
        assert "ủy" not in told.lower() and "xã Hòa" not in told
    assert "Ông Lý Thị Hòa" in str(rows(found["to-trinh-bieu-duong.docx"]))
    assert "Chi bộ Thúy Hoà, Đảng bộ xã Hoà Bình" in "".join(texts(found["thu-tra-loi/DVK_DV-3_2023-10_tra-loi.docx"]))


# --- what a request says of the choice


def said(given: Chosen, paper: str = "to-trinh-bieu-duong.docx") -> list[str]:
    body = texts(drafted(given)[paper])
    first = next(n for n, text in enumerate(body) if text.startswith("Việc duy trì"))
    return body[first : next(n for n, text in enumerate(body) if "kính trình" in text)]


def test_pending_years_quota_and_departures_stay_visible():
    proof = Proof("2023-Q3", AT)
    pending = (Year(2023, "", None, "", "", proof, pending=True),)
    more = [proposal(f"Chi bộ {n}", rank=n, years=pending if n < 3 else ()) for n in range(15)]
    extra = proposal("Chi bộ Hoà Bình", unit=3, rank=16, outcome=Outcome.RESERVE)
    found = said(chosen(*more, extra, Chi_bộ_Hoà_Bình=Choice("Chọn", "Địa bàn khó khăn, hoà giải tốt.")))
    assert found == [
        "Việc duy trì liên tục từ 02 năm trở lên được tính theo số năm xét liền nhau có quyết định công nhận, đến năm "
        "của đợt xét.",
        "Năm 2023 của 03 tập thể đang chờ quyết định công nhận, tính theo kết quả rà soát.",
        "Số đề nghị vượt chỉ tiêu: 16 tập thể (chỉ tiêu 15).",
        "Chi bộ Hoà Bình, Đảng bộ xã Hoà Bình: kết quả rà soát là “Dự bị”; lý do chọn: Địa bàn khó khăn, hoà giải tốt.",
    ]


def test_a_departure_without_a_reason_asks_for_it():
    tied = proposal("Chi bộ A", outcome=Outcome.TIED)
    assert "“Ngang nhau tại ranh giới”; lý do chọn: [CẦN BỔ SUNG: lý do chọn]." in "\n".join(
        said(chosen(tied, Chi_bộ_A=Choice("Chọn")))
    )


# --- money


def article_of_money(given: Chosen, paper: str = "quyet-dinh-giay-khen.docx", plan: Plan = PLAN) -> str:
    return next((t for t in texts(drafted(given, plan)[paper]) if t.startswith("Điều 2. Mức tiền")), "")


def test_money_of_the_whole_round():
    assert article_of_money(WHOLE) == (
        "Điều 2. Mức tiền thưởng kèm theo: 15 tập thể, mỗi tập thể 1.080.000 đồng; 25 cá nhân, mỗi cá nhân 540.000 "
        "đồng; tổng số tiền 29.700.000 đồng (Hai mươi chín triệu bảy trăm nghìn đồng), [CẦN BỔ SUNG: căn cứ mức tiền "
        "thưởng, nguồn chi]."
    )


def test_an_unverified_coefficient_is_said_so():
    note = "hệ số chưa đối chiếu văn bản"
    given = chosen(proposal("A", AWARDED, money_note=note), proposal("B", AWARDED, PERSON, money_note=note))
    assert article_of_money(given).endswith(
        "[CẦN BỔ SUNG: căn cứ mức tiền thưởng (hệ số chưa đối chiếu văn bản), nguồn chi]."
    )


def test_no_sum_where_an_amount_is_not_known():
    given = chosen(proposal("A", AWARDED), proposal("B", AWARDED, PERSON, money=None))
    assert article_of_money(given).startswith(
        "Điều 2. Mức tiền thưởng kèm theo: 01 tập thể, mỗi tập thể 1.080.000 đồng; 01 cá nhân, mỗi cá nhân [CẦN BỔ "
        "SUNG: mức tiền thưởng]; tổng số tiền [CẦN BỔ SUNG: tổng số tiền], "
    )


def test_money_is_added_up_and_never_rounded_again():
    # 0.6 and 0.3 of 2.340.000, each rounded up once: 3 × 1.410.000 + 1 × 710.000.
    groups = [proposal(name, AWARDED, money=1_410_000) for name in "ABC"]
    given = chosen(*groups, proposal("D", AWARDED, PERSON, money=710_000))
    assert "tổng số tiền 4.940.000 đồng (Bốn triệu chín trăm bốn mươi nghìn đồng)" in article_of_money(given)


def test_money_in_the_first_article_is_a_setting():
    plan = planned(**{CERTIFICATE: {"dieu_tien": "dieu_1"}})
    paper = drafted(chosen(proposal("A", AWARDED)), plan)["quyet-dinh-giay-khen.docx"]
    articles = [text for text in texts(paper) if text.startswith("Điều")]
    assert len(articles) == 2 and articles[0].endswith(
        "(có Danh sách kèm theo). Mức tiền kèm theo: 01 tập thể, mỗi tập thể 1.080.000 đồng; tổng số tiền 1.080.000 "
        "đồng (Một triệu không trăm tám mươi nghìn đồng), [CẦN BỔ SUNG: căn cứ mức tiền thưởng, nguồn chi]."
    )
    assert "Như Điều 2;" in rows(paper, 1)[0][0] and lint_document(paper, PLAN, day=DAY) == []


def test_praise_has_no_money_unless_it_was_typed_with_its_basis():
    name = "quyet-dinh-bieu-duong.docx"
    assert article_of_money(WHOLE, name) == ""
    basis = Choice(money=1_000_000, money_basis="Quy chế chi tiêu của Huyện ủy.")
    both = chosen(proposal("A"), proposal("B"), A=basis, B=basis)
    assert article_of_money(both, name) == (
        "Điều 2. Mức tiền kèm theo: 02 tập thể, mỗi tập thể 1.000.000 đồng; tổng số tiền 2.000.000 đồng (Hai triệu "
        "đồng), theo Quy chế chi tiêu của Huyện ủy."
    )
    assert "- Như Điều 3," in rows(drafted(both)[name], 1)[0][0] and "- Như Điều 2," in rows(PAPERS[name], 1)[0][0]
    one = chosen(proposal("A"), proposal("B"), A=Choice(money=500_000))
    assert article_of_money(one, name) == (
        "Điều 2. Mức tiền kèm theo: A 500.000 đồng; tổng số tiền 500.000 đồng (Năm trăm nghìn đồng), [CẦN BỔ SUNG: căn "
        "cứ mức tiền]."
    )


# --- time


@pytest.mark.parametrize(
    ("day", "cited"),
    [
        (date(2023, 10, 12), ["26 tháng 11 năm 2003", "91/2017/NĐ-CP"]),
        (date(2023, 12, 31), ["26 tháng 11 năm 2003", "91/2017/NĐ-CP"]),
        (date(2024, 1, 1), ["15 tháng 6 năm 2022", "98/2023/NĐ-CP"]),
        (date(2025, 6, 30), ["15 tháng 6 năm 2022", "98/2023/NĐ-CP"]),
    ],
)
def test_law_and_decree_of_the_day(day, cited):
    found = drafted(WHOLE, day=day)
    laws = ("26 tháng 11 năm 2003", "15 tháng 6 năm 2022", "91/2017/NĐ-CP", "98/2023/NĐ-CP", "152/2025/NĐ-CP")
    for name in ("to-trinh-giay-khen.docx", "quyet-dinh-giay-khen.docx"):
        bases = " ".join(text for text in texts(found[name]) if text.startswith("Căn cứ"))
        assert [law for law in laws if law in bases] == cited
    assert [(n, d) for n, p in found.items() for d in lint_document(p, PLAN, day=day) if d.certain] == []


def test_no_draft_of_the_district_after_its_end():
    with pytest.raises(PlanError, match=r"^E11: ngày 01/7/2025 không lập được văn bản .* sau ngày 30/6/2025\."):
        drafted(WHOLE, day=date(2025, 7, 1))
    with pytest.raises(PlanError, match=r"^E11: ngày 20/10/2025"):
        drafted(chosen(), day=date(2025, 10, 20))
    assert drafted(WHOLE, day=date(2025, 6, 30))


# --- which papers there are


def test_nobody_chosen_for_an_authority_means_no_paper_for_it():
    assert set(drafted(chosen())) == set()
    found = drafted(chosen(proposal("A")))
    assert {name for name in found if "/" not in name} == PARTY_PAPERS
    assert draft_notes(PLAN, chosen(proposal("A")), DAY) == (
        f"{AWARDED}: không có tập thể, cá nhân nào được chọn nên không lập văn bản.",
    )
    only = proposal("A", AWARDED, outcome=Outcome.RESERVE)
    assert {name.split("/")[0] for name in drafted(chosen(only))} == {"ho-so", "thu-tra-loi"}
    assert len(draft_notes(PLAN, chosen(only), DAY)) == 2


def test_notes_on_quota_and_on_a_form_without_a_paper():
    more = [proposal(f"Chi bộ {n}") for n in range(16)]
    assert draft_notes(PLAN, chosen(*more, proposal("B", "Bằng khen")), DAY) == (
        f"{AWARDED}: không có tập thể, cá nhân nào được chọn nên không lập văn bản.",
        "01 đối tượng được chọn với hình thức “Bằng khen”: không có văn bản cho hình thức này.",
        f"{PRAISED}: vượt chỉ tiêu: 16 tập thể (chỉ tiêu 15).",
    )
    home = proposal("Hộ ông A", AWARDED, HOUSEHOLD)
    assert f"{AWARDED}: không có chỉ tiêu: 01 hộ gia đình." in draft_notes(PLAN, chosen(home), DAY)
    assert draft_notes(PLAN, WHOLE, DAY) == ()


def test_the_whole_round_is_clean_and_comes_out_the_same_twice(tmp_path):
    assert set(PAPERS) == (
        PARTY_PAPERS
        | STATE_PAPERS
        | CONFERENCE_PAPERS
        | {f"ho-so/DVK_{unit.code}_2023-10_ho-so.docx" for unit in UNITS}
    )
    assert drafted(WHOLE) == PAPERS
    for name, paper in PAPERS.items():
        assert lint_document(paper, PLAN, day=DAY) == [], name
    for names in (("to-trinh-bieu-duong", "quyet-dinh-bieu-duong"), ("to-trinh-giay-khen", "quyet-dinh-giay-khen")):
        paths = [tmp_path / f"{name}.docx" for name in names]
        for path in paths:
            path.write_bytes(PAPERS[path.name])
        assert [item.deviations for item in lint_documents(paths, PLAN, day=DAY)] == [(), ()]


def test_the_office_template_wins(tmp_path):
    document = Document()
    document.add_paragraph("{{ kinh_gui }}: {% for cau in chua_chon %}{{ cau }}{% endfor %}")
    path = tmp_path / "tra-loi-de-nghi.docx"
    document.save(str(path))
    given = chosen(proposal("Chi bộ A", outcome=Outcome.RESERVE, rank=16), proposal("Chi bộ B"))
    found = drafted(given, tra_loi_de_nghi=path)
    assert texts(found["thu-tra-loi/DVK_DV-0_2023-10_tra-loi.docx"]) == [
        f"Đảng bộ xã Nghĩa Đô: 1. Chi bộ A, Đảng bộ xã Nghĩa Đô (đề nghị {PRAISED}): đủ điều kiện, xếp thứ 16; chỉ "
        "tiêu của đợt là 15 tập thể nên được xếp vào danh sách dự bị."
    ]
    document.add_paragraph("{{ sai }}")
    document.save(str(path))
    with pytest.raises(TemplateError, match="“sai” không có"):
        drafted(given, tra_loi_de_nghi=path)
    own = Document()
    own.add_paragraph("{{ so_luong }}")
    own.save(str(tmp_path / "quyet-dinh-bieu-duong.docx"))
    made = drafted(given, quyet_dinh_bieu_duong=tmp_path / "quyet-dinh-bieu-duong.docx")
    assert texts(made["quyet-dinh-bieu-duong.docx"]) == ["01 tập thể"]


def test_signer_of_the_register():
    office = replace(OFFICE, signers=(Signer(PRAISE, None, None, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn A"),))
    paper = award_drafts(Office(PLAN, office, DAY), chosen(proposal("A")))["quyet-dinh-bieu-duong.docx"]
    assert rows(paper, 1)[0][1] == "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn A"


def test_bundled_templates_are_those_the_script_makes(tmp_path):
    for path in make_award_papers(tmp_path):
        kept = zipfile.ZipFile(io.BytesIO(files("dvk_reports.templates_docx").joinpath(path.name).read_bytes()))
        new = zipfile.ZipFile(path)
        assert {n: new.read(n) for n in new.namelist()} == {n: kept.read(n) for n in kept.namelist()}, path.name


# --- answers and dossiers


def gate(code: str, state: GateState, reason: str) -> Gate:
    return Gate(code, state, reason, "Kế hoạch, mục III.5")


@pytest.mark.parametrize(
    ("given", "choice", "words"),
    [
        (
            proposal("A", rank=16, outcome=Outcome.RESERVE),
            Choice(),
            "đủ điều kiện, xếp thứ 16; chỉ tiêu của đợt là 15 ",
        ),
        (proposal("A", outcome=Outcome.TIED), Choice(), "đủ điều kiện, ngang nhau với trường hợp khác ở mọi tiêu chí "),
        (
            proposal(
                "A",
                outcome=Outcome.INELIGIBLE,
                gates=[
                    gate("E3", GateState.FAILED, "Mới được công nhận 01 năm."),
                    gate("E5", GateState.LACKING, "Chưa rõ biên bản xét"),
                    gate("E8", GateState.FAILED, "Đã được khen"),
                    gate("E9", GateState.PASSED, "Đúng nhóm"),
                ],
            ),
            Choice(),
            "chưa đáp ứng điều kiện xét: Mới được công nhận 01 năm; Chưa rõ biên bản xét",
        ),
        (
            proposal(
                "A",
                outcome=Outcome.NOT_CONSIDERED,
                gates=[
                    replace(
                        gate("E6", GateState.FAILED, "đang bị xem xét kỷ luật"),
                        told="chờ kết luận của cấp có thẩm quyền",
                    )
                ],
            ),
            Choice(),
            "chưa xét ở đợt này: chờ kết luận của cấp có thẩm quyền",
        ),
        (
            replace(
                proposal("A", kind=PERSON, outcome=Outcome.TO_VERIFY, reasons=("E7 không đạt: … (tệp.xlsx, B9b!P16)",)),
                doubts=(
                    Doubt(
                        "cùng tên nhưng khác ngày sinh", proposal("A", kind=PERSON, birth=date(1981, 5, 1)).candidate
                    ),
                    Doubt("cùng thành tích còn được đề nghị B", proposal("A", kind=PERSON).candidate),
                ),
            ),
            Choice(),
            "cần xác minh thêm trước khi xét: cùng tên nhưng khác ngày sinh (01/5/1980 và 01/5/1981); cùng thành "
            "tích còn được đề nghị B",
        ),
        (proposal("A"), Choice("Không chọn", "Đơn vị xin rút."), "Đơn vị xin rút"),
        (proposal("A"), Choice("Không chọn"), "[CẦN BỔ SUNG: lý do không chọn]"),
        (proposal("A", outcome=Outcome.INELIGIBLE), Choice(), "chưa đáp ứng điều kiện xét: [CẦN BỔ SUNG: lý do]"),
    ],
)
def test_the_reason_told_to_a_unit(given, choice, words):
    assert reason_of(chosen(given, A=choice), given).startswith(words)


def test_a_reason_never_comes_from_the_list_of_gates():
    """Where no gate says it in words, the clerk is asked: “E7 không đạt: … (tệp.xlsx, B9b!P16)” is not for a letter."""
    given = proposal("A", outcome=Outcome.INELIGIBLE, reasons=("E7 không đạt: … (tệp.xlsx, B9b!P16)",))
    assert reason_of(chosen(given), given) == "chưa đáp ứng điều kiện xét: [CẦN BỔ SUNG: lý do]"


def test_answer_to_a_unit():
    given = chosen(
        proposal("Chi bộ A"),
        proposal("Chi bộ B", unit=1),
        proposal("Lý Thị Hoà", kind=PERSON, title="Bà", rank=21, outcome=Outcome.RESERVE),
    )
    found = {name: paper for name, paper in drafted(given).items() if name.startswith("thu-tra-loi/")}
    assert list(found) == ["thu-tra-loi/DVK_DV-0_2023-10_tra-loi.docx"]
    (paper,) = found.values()
    assert rows(paper, 0)[1][0] == "Số       -CV/BDVHU\nvề việc trả lời kết quả xét đề nghị biểu dương, khen thưởng"
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(paper)] == [
        "Kính gửi: Đảng bộ xã Nghĩa Đô",
        "Ban Dân vận Huyện ủy đã nhận và xem xét hồ sơ đề nghị biểu dương, khen thưởng của Đảng bộ xã Nghĩa Đô (đợt sơ "
        "kết tháng 10/2023). Ban Dân vận Huyện ủy ghi nhận, trân trọng những kết quả của các tập thể, cá nhân được đề "
        "nghị trong Phong trào “Dân vận khéo”.",
        "Trong 02 trường hợp được đề nghị, 01 trường hợp được đưa vào danh sách trình cấp có thẩm quyền xem xét, quyết "
        "định; 01 trường hợp chưa được chọn ở đợt này, với lý do như sau:",
        f"1. Bà Lý Thị Hoà, Trưởng thôn, Đảng bộ xã Nghĩa Đô (đề nghị {PRAISED}): đủ điều kiện, xếp thứ 21; chỉ tiêu "
        "của đợt là 20 cá nhân nên được xếp vào danh sách dự bị.",
        "Ban Dân vận Huyện ủy đề nghị Đảng bộ xã Nghĩa Đô thông báo, động viên các trường hợp có tên trên tiếp tục duy "
        "trì mô hình để được xem xét ở đợt sau. Trường hợp có ý kiến hoặc bổ sung được căn cứ, đề nghị gửi về Ban Dân "
        "vận Huyện ủy chậm nhất ngày [CẦN BỔ SUNG: thời hạn].",
        "Ban Dân vận Huyện ủy trân trọng cảm ơn sự phối hợp của Đảng bộ xã Nghĩa Đô.",
    ]
    assert lint_document(paper, PLAN, day=DAY) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("A",), "Trường hợp được đề nghị chưa được chọn ở đợt này, với lý do như sau:"),
        (("A", "B"), "Cả 02 trường hợp được đề nghị chưa được chọn ở đợt này, với lý do như sau:"),
    ],
)
def test_an_answer_where_none_was_chosen(names, said):
    given = chosen(*(proposal(name, rank=16, outcome=Outcome.RESERVE) for name in names))
    (paper,) = [paper for name, paper in drafted(given).items() if name.startswith("thu-tra-loi/")]
    assert texts(paper)[2] == said


def test_check_sheet_of_the_dossiers():
    full = tuple((key, True) for key in ("hs_to_trinh", "hs_bao_cao", "hs_bien_ban", "hs_xac_nhan"))
    part = (("hs_to_trinh", True), ("hs_bao_cao", False), ("hs_bien_ban", None), ("hs_xac_nhan", True))
    paper = drafted(
        chosen(
            proposal("Chi bộ A", dossier=full),
            proposal("Chi bộ B", dossier=part, outcome=Outcome.INELIGIBLE),
            proposal("Chi bộ C", gates=[gate("E5", GateState.PASSED, "Đủ")]),
            proposal("Chi bộ D", gates=[gate("E5", GateState.FAILED, "Thiếu tờ trình.")], outcome=Outcome.INELIGIBLE),
        )
    )["ho-so/DVK_DV-0_2023-10_ho-so.docx"]
    assert [row if len(set(row)) > 1 else row[:1] for row in rows(paper, 1)[1:]] == [
        ["I. Được chọn ở đợt này"],
        ["1", "Chi bộ A, Đảng bộ xã Nghĩa Đô", PRAISED, "Có", "Có", "Có", "Có", "Đủ"],
        ["2", "Chi bộ C, Đảng bộ xã Nghĩa Đô", PRAISED, "Có", "Có", "Có", "Có", "Đủ"],
        ["II. Chưa được chọn"],
        [
            "1",
            "Chi bộ B, Đảng bộ xã Nghĩa Đô",
            PRAISED,
            "Có",
            "Thiếu",
            "Chưa rõ",
            "Có",
            "Báo cáo thành tích, biên bản xét",
        ],
        ["2", "Chi bộ D, Đảng bộ xã Nghĩa Đô", PRAISED, *["Chưa rõ"] * 4, "Thiếu tờ trình"],
    ]
    assert texts(paper)[-1] == (
        "Hồ sơ của 02 trường hợp đã đủ; 02 trường hợp còn thiếu giấy tờ hoặc chưa rõ. Đề nghị Đảng bộ xã Nghĩa Đô bổ "
        "sung giấy tờ còn thiếu, gửi về Ban Dân vận Huyện ủy chậm nhất ngày [CẦN BỔ SUNG: thời hạn]."
    )
    assert lint_document(paper, PLAN, day=DAY) == []


# --- a unit's own recognition


def row(sheet: str, number: int, **values: Typed) -> Row:
    return Row(sheet, number, {key: Value(str(value), value, AT) for key, value in values.items()})


RECOGNISED = (
    row("B9a", 7, nam_xet=Decimal(2023), ma_mo_hinh="M1", ten="Ban công tác Mặt trận", don_vi="X", ket_qua="Mô hình"),
    row("B9a", 8, nam_xet=Decimal(2023), ma_mo_hinh="M1", ten="Chi hội Phụ nữ", don_vi="X", ket_qua="Mô hình"),
    row("B9a", 9, nam_xet=Decimal(2023), ten="Lý Hoà", chuc_vu="Trưởng thôn", don_vi="Nà Uốt", ket_qua="Điển hình"),
    row("B9a", 10, nam_xet=Decimal(2022), ma_mo_hinh="M2", ten="Năm trước", don_vi="X", ket_qua="Mô hình"),
)
MODELS = (row("B2", 7, ma_mo_hinh="M1", ten="Đường hoa", ma_thon="T1", linh_vuc="Kinh tế", ngay_dk=date(2022, 4, 2)),)
REVIEWS = (
    row("B3", 7, ma_mo_hinh="M1", ngay_danh_gia=date(2023, 8, 1), xep_loai="Hiệu quả cao"),
    row("B3", 8, ma_mo_hinh="M1", ngay_danh_gia=date(2022, 8, 1), xep_loai="Trung bình"),
)


def recognition(unit: int = 0, day: date = DAY, **changes: object) -> bytes:
    given = replace(UNITS[unit], **changes)  # type: ignore[arg-type]
    return recognition_decision(Office(PLAN, OFFICE, day), Recognised(given, 2023, RECOGNISED, MODELS, REVIEWS))


def test_recognition_of_a_commune_word_for_word():
    paper = recognition()
    assert rows(paper, 0) == [
        ["ĐẢNG BỘ HUYỆN BẢO YÊN\nĐẢNG ỦY XÃ NGHĨA ĐÔ\n*", "ĐẢNG CỘNG SẢN VIỆT NAM\n"],
        ["Số       -QĐ/ĐU", "Nghĩa Đô, ngày      tháng      năm 2023"],
    ]
    assert texts(paper) == [
        "QUYẾT ĐỊNH",
        "về việc công nhận mô hình, điển hình “Dân vận khéo” năm 2023",
        "-----",
        "- Căn cứ Điều lệ Đảng;",
        "- Căn cứ Quy chế làm việc của Đảng ủy xã Nghĩa Đô [CẦN BỔ SUNG: khóa, nhiệm kỳ; số, ngày của văn bản ban "
        "hành];",
        "- Căn cứ Kế hoạch số [CẦN BỔ SUNG: số, ký hiệu, ngày ban hành] của Huyện ủy Bảo Yên về thực hiện Phong trào "
        "“Dân vận khéo” trên địa bàn huyện, giai đoạn 2022 - 2025;",
        "- Căn cứ Biên bản họp bình xét mô hình, điển hình “Dân vận khéo” số [CẦN BỔ SUNG: số, ký hiệu, ngày họp];",
        "- Xét đề nghị của [CẦN BỔ SUNG: đơn vị đề nghị],",
        "ĐẢNG ỦY XÃ NGHĨA ĐÔ QUYẾT ĐỊNH",
        "Điều 1. Công nhận 01 mô hình và 01 điển hình “Dân vận khéo” năm 2023 (có danh sách kèm theo).",
        "Điều 2. Các tập thể, cá nhân có tên trong danh sách được ghi danh, có trách nhiệm duy trì, nâng cao chất "
        "lượng, nhân rộng mô hình, điển hình “Dân vận khéo”.",
        "Điều 3. Văn phòng Đảng ủy, các chi bộ trực thuộc và các tập thể, cá nhân có tên trong danh sách chịu trách "
        "nhiệm thi hành Quyết định này.",
        "DANH SÁCH MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2023",
        "(kèm theo Quyết định số       -QĐ/ĐU, ngày      tháng      năm 2023 của Đảng ủy xã Nghĩa Đô)",
    ]
    assert [line if len(set(line)) > 1 else line[:1] for line in rows(paper)] == [
        [
            "TT",
            "Tên mô hình",
            "Tập thể, cá nhân thực hiện",
            "Thôn, chi bộ",
            "Lĩnh vực",
            "Năm đăng ký",
            "Xếp loại",
        ],
        ["I. Mô hình"],
        ["1", "Đường hoa", "Ban công tác Mặt trận; Chi hội Phụ nữ", "Nà Uốt", "Kinh tế", "2022", "Hiệu quả cao"],
        ["II. Điển hình"],
        [
            "1",
            "[CẦN BỔ SUNG: tên mô hình]",
            "Lý Hoà, Trưởng thôn",
            "Nà Uốt",
            "[CẦN BỔ SUNG: lĩnh vực]",
            "[CẦN BỔ SUNG: năm]",
            "[CẦN BỔ SUNG: xếp loại]",
        ],
    ]
    assert recognition() == paper and lint_document(paper, PLAN, day=DAY) == []


def lines_of(recognised=RECOGNISED[:1], models=MODELS, reviews=REVIEWS) -> list[list[str]]:
    """The lines of the list of a recognition, groups left out."""
    paper = recognition_decision(HERE, Recognised(UNITS[0], 2023, recognised, models, reviews))
    return [line for line in rows(paper)[1:] if len(set(line)) > 1]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("T1", "Nà Uốt"),
        ("nà uốt; T9", "Nà Uốt; T9"),
        ("Tất cả", "Tất cả các thôn, tổ dân phố"),
        ("", "X"),
    ],
)
def test_where_a_recognised_model_is(written, shown):
    model = row("B2", 7, ma_mo_hinh="m1", ten="Đường hoa", ma_thon=written, linh_vuc="Kinh tế")
    assert lines_of(models=[model])[0][3] == shown


def test_a_recognition_that_two_quarters_tell_of_is_one():
    again = row("B9a", 30, nam_xet=Decimal(2023), ma_mo_hinh="m1", ten="ban công tác Mặt trận", ket_qua="Mô hình")
    assert [line[2] for line in lines_of([RECOGNISED[0], again])] == ["ban công tác Mặt trận"]
    assert len(lines_of([RECOGNISED[2], replace(RECOGNISED[2], number=31)])) == 1


def test_of_two_reviews_on_one_day_that_of_ban_dan_van_counts():
    day = date(2023, 8, 1)
    reviews = [
        row("B3", 7, ma_mo_hinh="M1", ngay_danh_gia=day, hinh_thuc="Ban Dân vận đánh giá", xep_loai="Hiệu quả khá"),
        row("B3", 8, ma_mo_hinh="m1", ngay_danh_gia=day, hinh_thuc="Tự đánh giá", xep_loai="Hiệu quả cao"),
    ]
    assert lines_of(reviews=reviews)[0][-1] == "Hiệu quả khá"


@pytest.mark.parametrize(
    ("unit", "changes", "day", "head", "symbol", "place", "block"),
    [
        (1, {}, DAY, "ĐẢNG BỘ HUYỆN BẢO YÊN\nĐẢNG ỦY\nTHỊ TRẤN PHỐ RÀNG\n*", "QĐ/ĐU", "Phố Ràng", "T/M ĐẢNG ỦY"),
        (2, {}, DAY, "ĐẢNG BỘ HUYỆN BẢO YÊN\nCHI BỘ\nHẠT KIỂM LÂM HUYỆN\n*", "QĐ/CB", "Bảo Yên", "T/M CHI BỘ"),
        (
            2,
            {"kind": "LLVT", "name": "Chi bộ Quân sự"},
            DAY,
            "ĐẢNG BỘ HUYỆN BẢO YÊN\nCHI BỘ QUÂN SỰ\n*",
            "QĐ/CB",
            "Bảo Yên",
            "T/M CHI BỘ",
        ),
        # A name keeps the tone as it is written in the register.
        (3, {}, DAY, "ĐẢNG BỘ HUYỆN BẢO YÊN\nĐẢNG ỦY XÃ HOÀ BÌNH\n*", "QĐ/ĐU", "Hoà Bình", "T/M ĐẢNG ỦY"),
        (
            0,
            {},
            date(2025, 10, 10),
            "ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY XÃ NGHĨA ĐÔ\n*",
            "QĐ/ĐU",
            "Nghĩa Đô",
            "T/M ĐẢNG ỦY",
        ),
        # Which đảng bộ a chi bộ belongs to after the district is for the unit to say.
        (
            2,
            {},
            date(2025, 7, 1),
            "[CẦN BỔ SUNG: đảng bộ cấp trên]\nCHI BỘ\nHẠT KIỂM LÂM HUYỆN\n*",
            "QĐ/CB",
            "[CẦN BỔ SUNG: địa danh]",
            "T/M CHI BỘ",
        ),
    ],
)
def test_issuer_of_a_recognition(unit, changes, day, head, symbol, place, block):
    paper = recognition(unit, day, **changes)
    assert rows(paper, 0) == [
        [head, "ĐẢNG CỘNG SẢN VIỆT NAM\n"],
        [f"Số       -{symbol}", f"{place}, ngày      tháng      năm {day.year}"],
    ]
    assert rows(paper, 1)[0][1] == f"{block}\nBÍ THƯ\n"
    assert [item for item in lint_document(paper, PLAN, day=day) if item.certain] == []


@pytest.mark.parametrize(
    ("changes", "day", "words"),
    [
        ({"kind": "PB"}, DAY, r"không phải là chi, đảng bộ ra quyết định công nhận mô hình\.$"),
        ({"until": date(2023, 9, 30)}, DAY, "không có trong danh mục vào ngày 12/10/2023"),
    ],
)
def test_who_issues_no_recognition(changes, day, words):
    with pytest.raises(PlanError, match=words):
        recognition(0, day, **changes)


def test_nothing_recognised_in_the_year():
    with pytest.raises(PlanError, match="biểu B9a không có dòng nào của năm xét 2024"):
        recognition_decision(HERE, Recognised(UNITS[0], 2024, RECOGNISED, MODELS, REVIEWS))


# --- on paper


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    few = drafted(chosen(proposal("Chi bộ A"), proposal("Lý A", AWARDED, PERSON)))
    left = drafted(chosen(*(proposal(f"Chi bộ {n}", rank=n, outcome=Outcome.RESERVE) for n in range(16, 40))))
    papers = {f"nhieu-{Path(name).stem}": paper for name, paper in PAPERS.items()}
    papers |= {f"it-{Path(name).stem}": paper for name, paper in few.items()}
    papers |= {f"du-bi-{Path(name).stem}": paper for name, paper in left.items()}
    return papers | {f"cong-nhan-{n}": recognition(n) for n in range(3)}


@pytest.fixture(scope="module")
def pages(made, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Line]]]:
    return printed(made, tmp_path_factory.mktemp("in"))


def test_no_line_of_a_head_breaks(made, pages):
    for name, paper in made.items():
        shown = {" ".join(line.text.split()) for line in pages[name][0]}
        for cell in rows(paper, 0)[0]:
            lines = [" ".join(text.split()) for text in cell.split("\n")]
            assert [text for text in lines if text and text not in shown] == [], name


def test_a_signature_is_not_torn_from_its_text(pages):
    for name, sheets in pages.items():
        for lines in sheets:
            at = next((n for n, line in enumerate(lines) if line.text == "Nơi nhận:"), None)
            if at is not None:
                assert at >= 2, name


def test_lists_stay_inside_the_page(pages):
    for name, sheets in pages.items():
        for lines in sheets:
            wide = max(line.right for line in lines) > 210
            room = (19, 278) if wide else (29, 196)
            assert all(room[0] <= line.left and line.right <= room[1] for line in lines), name


def test_a_list_of_40_goes_over_pages_with_its_head_repeated(pages):
    sheets = pages["nhieu-to-trinh-giay-khen"]
    assert len(sheets) > 3
    assert all("Tập thể, cá nhân" in " ".join(line.text for line in lines) for lines in sheets[1:])
    assert round(opened(PAPERS["to-trinh-giay-khen.docx"]).sections[1].page_width / Mm(1)) == 297
