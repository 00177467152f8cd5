"""Sentences of the plan, filled in: slots, parts that may be left out, the state of a figure, order and detail."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure, Source
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import parse_period
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.sentences import figure_sentence, part_sentences, report_parts
from dvk_reports.papers.report.slots import FROM_FIGURE, FROM_REPORT
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.report_parts import Place, ReportSentence, StateSentences
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sentences import Slot, parsed, read
from dvk_reports.plan.office import Office
from tests.support.small_report import DATA, PLAN, REGISTER, D, figure, ratio

CLASSES = figure("NV1.1", value=D(5), reported=2, owed=4)
FIGURES = (
    CLASSES,
    figure("NV1.1", "Độc lập", value=D(3), reported=2, owed=4),
    figure("NV1.1", "Lồng ghép", value=D(2), reported=2, owed=4),
    figure("NV1.2", value=D(824), reported=4, owed=4),
    figure("NV2.1", reported=0, owed=4),
)


def basis(*figures: Figure, plan: Plan = PLAN, **fields: object) -> Basis:
    return Basis(Office(plan, REGISTER, DATA.as_of), replace(DATA, figures=figures or FIGURES, **fields))


def said(figure: Figure = CLASSES, *others: Figure, **words: object) -> str:
    """What a place in a part says of a figure."""
    return figure_sentence(basis(figure, *(others or FIGURES)), figure, Place(phan="trien_khai", **words))


# --- slots and parts that may be left out ---


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("{ten}: {so}.", "Số lớp bồi dưỡng, tập huấn: 05 lớp."),
        ("Mở {so}< ({pham_vi} đơn vị)>.", "Mở 05 lớp (2/4 đơn vị)."),
        ("{so NV1.2} dự {so}.", "824 lượt người dự 05 lớp."),
        ("Mở {so} ({so /Lồng ghép} lồng ghép).", "Mở 05 lớp (02 lớp lồng ghép)."),
        ("{so NV1.1/Độc lập} độc lập.", "03 lớp độc lập."),
        ("{Cac_phan}.", "Độc lập 03; Lồng ghép 02."),
        ("Mở {so}<, tăng {tang_giam}>.", "Mở 05 lớp."),
        ("Mở {so}<, {tang_giam}<; gồm {cac_phan}>|, gồm {cac_phan}>.", "Mở 05 lớp, gồm Độc lập 03; Lồng ghép 02."),
        ("Mở {so}<: {don_vi_nhieu_nhat}| (chưa rõ đơn vị)>.", "Mở 05 lớp (chưa rõ đơn vị)."),
        ("{ky_bao_cao}: {so}.", "quý III năm 2023: 05 lớp."),
        # What is not known of another figure is asked for, or left out where it may be.
        (
            "{so} và {so NV2.1}.",
            "05 lớp và [CẦN BỔ SUNG: số tin, bài về “Dân vận khéo” (không kể loa truyền thanh cơ sở)].",
        ),
        ("{so}<, {so NV3.1}>.", "05 lớp."),
        # One's own slot that has nothing to say: the sentence is not said.
        ("{so}, {tang_giam}.", ""),
        ("[CẦN BỔ SUNG: số lớp]", "[CẦN BỔ SUNG: số lớp]"),
    ],
)
def test_a_sentence_is_filled_in(sentence, text):
    assert said(co=sentence) == text


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Mở {soo}.", ["không có chỗ điền “{soo}”. Có phải là “so”?"]),
        ("Mở {Pham_v}.", ["không có chỗ điền “{Pham_v}”. Có phải là “pham_vi”?"]),
        ("Mở {}.", ["không có chỗ điền “{}”."]),
        ("Mở {so.", ["dấu “{” viết lẻ; viết đủ {tên chỗ điền}"]),
        ("Mở so}.", ["dấu “}” viết lẻ; viết đủ {tên chỗ điền}"]),
        ("Mở {so}< ({pham_vi}.", ["thiếu dấu “>”"]),
        ("Mở {so}>.", ["thừa dấu “>”"]),
        ("Mở {so}| 5.", ["thừa dấu “|”"]),
        ("Mở {so}< lớp>.", ["giữa “<” và “>” phải có ít nhất một chỗ điền"]),
        (
            "Mở {so}<{soo}>.",
            ["không có chỗ điền “{soo}”. Có phải là “so”?", "giữa “<” và “>” phải có ít nhất một chỗ điền"],
        ),
        ("Mở {so NV1.1/Độc lập}< ({pham_vi})|, đủ>.", []),
    ],
)
def test_what_is_not_written_by_the_grammar_is_named(sentence, wrong):
    assert read(sentence)[1] == wrong


def test_a_sentence_that_cannot_be_read_is_a_mistake_of_the_plan():
    with pytest.raises(PlanError) as caught:
        parsed("Mở {soo}.")
    assert str(caught.value) == "Câu “Mở {soo}.”: không có chỗ điền “{soo}”. Có phải là “so”?"


def test_every_slot_is_filled_by_something():
    assert {*FROM_FIGURE, *FROM_REPORT, Slot.CLAUSE} == set(Slot)
    assert {slot for slot in Slot if slot.of_figure} == {*FROM_FIGURE, Slot.CLAUSE}


# --- the state of a figure ---

STATES = {"co": "có", "bang_khong": "không", "khong_doi_tuong": "không đối tượng", "chua_ro": "chưa rõ"}
BY_VERDICT = {"dat": "đạt", "khong_dat": "không đạt", "chua_het_nam": "cuối năm", "chua_du": "chưa đủ"}
KNOWN, NIL, UNKNOWN = {"value": D(5)}, {"value": D(0)}, {}


@pytest.mark.parametrize(
    ("fields", "words", "text"),
    [
        (KNOWN, STATES, "có"),
        (NIL, STATES, "không"),
        (UNKNOWN, STATES, "chưa rõ"),
        # A state without words: nothing is said, or what is said of any known figure.
        (NIL, {"co": "{so}"}, "0 lớp"),
        (NIL, {"co": "{so}", "bang_khong": ""}, ""),
        (UNKNOWN, {"co": "{so}"}, ""),
        (KNOWN, {"luon": "luôn", "co": "có"}, "luôn"),
        (UNKNOWN, {"luon": "luôn", "co": "có"}, "luôn"),
    ],
)
def test_each_state_has_its_sentence(fields, words, text):
    assert said(figure("NV1.1", reported=2, owed=4, **fields), **words) == text


def test_nothing_is_said_of_what_nobody_owes():
    assert said(figure("NV1.1", reported=0, owed=0), luon="luôn", chua_ro="chưa rõ") == ""


def test_a_ratio_with_nothing_below_the_line_has_a_sentence_of_its_own():
    empty = ratio("MT4.2", 0, 0, 4, 4)
    assert (said(empty, **STATES), said(empty, co="có", chua_ro="chưa rõ")) == ("không đối tượng", "chưa rõ")


@pytest.mark.parametrize(
    ("verdict", "note", "text"),
    [
        (MET, "", "đạt"),
        (NOT_MET, "", "không đạt"),
        (UNDECIDED, "chưa hết năm", "cuối năm"),
        (UNDECIDED, "thiếu 02 đơn vị", "chưa đủ"),
        ("", "", "có"),
    ],
)
def test_a_verdict_may_have_its_own_sentence(verdict, note, text):
    target = ratio("MT1.1", 2, 4, 4, 4, verdict=verdict, note=note)
    assert said(target, **STATES, **BY_VERDICT) == text
    assert said(target, **STATES) == "có"


def test_cells_that_wait_for_an_explanation_are_said_after_the_sentence():
    source = Source("Tử số", "DB-1", "a.xlsx", "B5", "F7", D(5))
    doubtful = replace(CLASSES, sources=(source,))
    asked = Finding(Level.WARNING, "K13", "DB-1", "a.xlsx", "B5", "F7", "5", "…", "…")
    place = Place(phan="trien_khai", co="Mở {so}.", dang_xac_minh="Còn {so_o_cho} ô ({n_N}).")
    assert figure_sentence(basis(doubtful), doubtful, place) == "Mở 05 lớp."
    assert figure_sentence(basis(doubtful, findings=(asked,)), doubtful, place) == "Mở 05 lớp. Còn 01 ô (2/4)."
    silent = Place(phan="trien_khai", bang_khong="", dang_xac_minh="Còn {so_o_cho} ô.")
    assert figure_sentence(basis(doubtful, findings=(asked,)), doubtful, silent) == ""


def test_a_frame_stands_around_the_clause_of_the_figure():
    frame = StateSentences(co="{cau}< ({pham_vi} đơn vị)>.", bang_khong="{cau}.", chua_ro="{ten}: {can_bo_sung}.")
    plan = changed(PLAN, figures=changed(PLAN.figures, khung_cau={"khung": frame}))

    def framed(fields: dict[str, Decimal], **words: str) -> str:
        one = figure("NV1.1", reported=2, owed=4, **fields)
        return figure_sentence(basis(one, plan=plan), one, Place(phan="trien_khai", mau="khung", **words))

    assert framed(KNOWN, co="Mở {so}", bang_khong="Không mở lớp") == "Mở 05 lớp (2/4 đơn vị)."
    assert framed(NIL, co="Mở {so}", bang_khong="Không mở lớp") == "Không mở lớp."
    assert framed(NIL, co="Mở {so}") == ""  # the frame has a sentence for nil, the figure has nothing to say in it
    assert framed(UNKNOWN, co="Mở {so}") == "Số lớp bồi dưỡng, tập huấn: [CẦN BỔ SUNG: số liệu của các đơn vị]."


def test_another_word_for_the_unit_of_measure_is_that_of_the_figure_itself():
    assert said(co="{so}, {so NV1.2}", tu_don_vi="lớp bồi dưỡng") == "05 lớp bồi dưỡng, 824 lượt người"


# --- parts ---


def with_places(places: dict[str, list[Place]], *sentences: ReportSentence, detail: str = "tat_ca") -> Plan:
    """The plan with these places of figures alone, and these sentences of the report."""
    specs = [changed(spec, noi=places.get(spec.ma, [])) for spec in PLAN.figures.chi_tieu]
    documents = PLAN.documents
    lengths = [changed(length, muc_do={"trien_khai": detail}) for length in documents.do_dai]
    return changed(
        PLAN,
        figures=changed(PLAN.figures, chi_tieu=specs),
        documents=changed(documents, do_dai=lengths, bao_cao=changed(documents.bao_cao, cau=list(sentences))),
    )


def place(text: str, **fields: object) -> Place:
    return Place(phan="trien_khai", co=text, chua_ro=f"{text}?", bang_khong=f"{text} 0", **fields)


def part(plan: Plan, data: Consolidation = DATA, figures: tuple[Figure, ...] = FIGURES) -> list[str]:
    return part_sentences(Basis(Office(plan, REGISTER, DATA.as_of), replace(data, figures=figures)), "trien_khai")


def test_sentences_stand_in_the_order_of_the_plan_or_where_they_say():
    plan = with_places(
        {
            "NV1.1": [place("hai"), place("bốn", thu_tu=60), place("lớp lồng ghép", dong="Lồng ghép")],
            "NV1.2": [place("ba")],
            "NV2.1": [place("một", thu_tu=10)],
        },
        ReportSentence(phan="trien_khai", cau="cuối", thu_tu=90),
        ReportSentence(phan="trien_khai", cau="cả báo cáo"),
        ReportSentence(phan="trien_khai", cau="còn {chua_bao_cao} đơn vị"),
        ReportSentence(phan="trien_khai", cau="bản {ban}"),  # not a later edition: not said
        ReportSentence(phan="kinh_phi", cau="ở phần khác"),
    )
    assert part(plan) == ["một?", "hai", "lớp lồng ghép", "ba", "cả báo cáo", "còn 02 đơn vị", "bốn", "cuối"]


def test_a_place_may_be_of_some_reports_only():
    plan = with_places(
        {"NV1.1": [place("quý", bao_cao=["quy"]), place("dài", bao_cao=["nam", "so_ket"])]},
        ReportSentence(phan="trien_khai", cau="năm", bao_cao=["nam"]),
    )
    assert part(plan) == ["quý"]
    assert part(plan, replace(DATA, period=parse_period("2023"))) == ["dài", "năm"]
    assert part(plan, replace(DATA, period=parse_period("2022-Q2..2023-Q3"))) == ["dài"]


@pytest.mark.parametrize(
    ("detail", "texts"),
    [
        ("tat_ca", ["đạt", "không đạt", "có", "không 0", "chưa rõ?", "chung"]),
        ("can_luu_y", ["không đạt", "chung"]),
        ("co_so", ["đạt", "không đạt", "có", "chung"]),
        ("khong", []),
    ],
)
def test_a_part_says_as_much_as_the_report_is_long(detail, texts):
    plan = with_places(
        {
            "MT1.1": [place("đạt")],
            "MT1.2": [place("không đạt")],
            "NV1.1": [place("có")],
            "NV1.2": [place("không")],
            "NV2.1": [place("chưa rõ")],
        },
        ReportSentence(phan="trien_khai", cau="chung"),
        detail=detail,
    )
    figures = (
        ratio("MT1.1", 4, 4, 4, 4, verdict=MET),
        ratio("MT1.2", 2, 4, 4, 4, verdict=NOT_MET),
        CLASSES,
        figure("NV1.2", value=D(0), reported=4, owed=4),
        figure("NV2.1", reported=0, owed=4),
    )
    assert part(plan, figures=figures) == texts


def test_a_heading_is_printed_where_a_part_below_it_has_something_to_say():
    plan = with_places({"NV1.1": [Place(phan="nong_thon_moi", co="mở {so}")]})
    fields = report_parts(Basis(Office(plan, REGISTER, DATA.as_of), replace(DATA, figures=FIGURES)))
    heads = {name: text for name, text in fields.items() if name.startswith("muc_") and text}
    assert heads == {"muc_xay_dung_mo_hinh": "1. Đăng ký, xây dựng mô hình “Dân vận khéo”"}
    assert (fields["nong_thon_moi"], fields["xay_dung_mo_hinh"], fields["so_muc_dien_bien"]) == (["mở 05 lớp"], [], "2")
