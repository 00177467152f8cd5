"""Places of the bundled rule book that name something are misspelt, many at once: each slip is told with its line.

The places are found by the words alone: whatever stands in the YAML and is the name of a sheet, a column, a label, a
kind of unit, a figure, a round, a function … names it, save where the name is given and in free text.
"""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

import pytest
import yaml

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.load import build_plan
from dvk_reports.plan.book.sources import RULE_FILES, Source
from dvk_reports.run.plans import known, load_plan

FOLDER = files("dvk_reports.plans").joinpath("bao_yen_2022_2025")
TEXTS = {name: FOLDER.joinpath(name).read_text(encoding="utf-8") for name in RULE_FILES}
GIVEN = re.compile(
    r"""
    plan\.yaml/(ma|nhom_don_vi/ma|loai_don_vi/ma|nhiem_vu/ma|tap_don_vi/\w+|gom_ngoai_dia_ban/ma_don_vi)$
    | forms\.yaml/(bieu/ma|bieu/truong/khoa|phien_ban/ma|danh_sach/\w+/nhan(/ten)?|cach_doc/\w+)$
    | figures\.yaml/(chi_tieu/ma|khung_cau/\w+)$
    | awards\.yaml/(dot|dieu_kien|tieu_chi)/ma$
    | documents\.yaml/((the_thuc|van_ban|co_quan_ban_hanh|ten_goi|bao_cao/phan)/ma|bao_cao/phu_luc/so)$
    | documents\.yaml/(tu_hanh_chinh|tu_viet_thuong|thu_tu_nhom|van_ban/(dau_ten|noi_nhan|ten_co_quan))$
    | formats\.yaml/.*
    | checks\.yaml/ten_ma/\w+$
    | award_export\.yaml/.*gia_tri$
    | \S+/(ten|can_cu|dinh_nghia|huong_dan|don_vi_tinh|vi_du|cau|co_quan|gia_tri|ten_loai|trich_yeu|noi_dung|thuoc)$
    | figures\.yaml/chi_tieu/(phan_to/nhan|dong_rieng/nhan)$
    """,
    re.VERBOSE,
)
"""Where a name is given, and free text."""


@cache
def vocabulary() -> frozenset[str]:
    plan, names = load_plan(), known()
    cells = {f"{sheet.ma}.{key}" for sheet in plan.forms.bieu for key in sheet.keys}
    return frozenset(
        {
            *plan.sheets,
            *(key for sheet in plan.forms.bieu for key in sheet.keys),
            *cells,
            *plan.forms.danh_sach,
            *(label for name in plan.forms.danh_sach for label in plan.labels(name)),
            *plan.kinds,
            *plan.info.tap_don_vi,
            *plan.figure_specs,
            *(entry.ma for entry in plan.awards.dot),
            *(entry.ma for entry in plan.awards.dieu_kien),
            *(entry.ma for entry in plan.documents.the_thuc),
            *(entry.ma for entry in plan.documents.co_quan_ban_hanh),
            *(entry.vai for entry in plan.documents.van_ban),
            *(role for sheet in plan.forms.bieu for role in (sheet.vai,)),
            *names.figure_functions,
            *names.row_filters,
            *names.templates,
            *(task.ma for task in plan.info.nhiem_vu),
            *(part.ma for part in plan.documents.bao_cao.phan),
            *plan.figures.khung_cau,
            *plan.checks.ten_ma,
            *plan.checks.rules,
        }
    )


def words(node, path):
    """(path without positions, node) of every word of a file."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from words(value, f"{path}/{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from words(item, path)
    elif isinstance(node, yaml.ScalarNode):
        yield path, node


def places():
    """(file, line, column, word, path) of the places that are tried: of each kind the first and the last."""
    found = defaultdict(list)
    for name, text in TEXTS.items():
        for path, node in words(yaml.compose(text, Loader=yaml.CSafeLoader), name):
            if node.value in vocabulary() and not GIVEN.match(path):
                found[path].append((name, node.start_mark.line, node.start_mark.column, node.value, path))
    for those in found.values():
        yield from {those[0], those[-1]}


def misspelt(text, line, column, word, letter):
    lines = text.splitlines(keepends=True)
    rest = lines[line][column:]
    assert word in rest
    lines[line] = lines[line][:column] + rest.replace(word, f"{word[:-1]}{letter}{word[-1]}", 1)
    return "".join(lines)


PLACES = sorted(places())
AT_ONCE = 12
"""So many places are misspelt in one rule book: all of them are told."""


@pytest.mark.parametrize("number", range(-(-len(PLACES) // AT_ONCE)))
def test_misspelt_names_are_told_with_file_line_and_right_spelling(number):
    step = -(-len(PLACES) // AT_ONCE)
    chosen = PLACES[number::step]  # far from each other, so that one does not hide in an entry that another breaks
    texts = dict(TEXTS)
    for letter, (name, line, column, word, _) in zip("qwzfjxkvpyrg", sorted(chosen, reverse=True), strict=False):
        texts[name] = misspelt(texts[name], line, column, word, letter)  # no two words become the same one
    lines = mistakes(texts)
    for name, line, column, word, path in chosen:
        if not told(lines, name, line, word):  # it may name something inside what another slip has broken
            alone = mistakes({**TEXTS, name: misspelt(TEXTS[name], line, column, word, "q")})
            assert told(alone, name, line, word), f"{path}: {word}\n" + "\n".join(alone)


def mistakes(texts):
    with pytest.raises(PlanError) as error:
        build_plan(Source("", texts), known())
    return str(error.value).splitlines()


def told(lines, name, line, word):
    """Whether a mistake of that line names the right word."""
    here = [item for item in lines if item.startswith(f"{name}, dòng {line + 1}, mục ")]
    return any(f"“{word}”" in item or f" {word}" in item for item in here)


def test_the_places_are_of_every_kind_of_name():
    """The sample is drawn from the words themselves, so it must not be empty where a kind of name is used."""
    paths = {path for *_, path in PLACES}
    assert len(PLACES) > 100
    assert {
        "forms.yaml/bieu/truong/danh_sach",
        "forms.yaml/bieu/giao/loai_don_vi",
        "forms.yaml/bieu/luat/khi/la",
        "figures.yaml/chi_tieu/phep/cot",
        "figures.yaml/chi_tieu/phep/loc/la",
        "figures.yaml/chi_tieu/phep/ham",
        "figures.yaml/chi_tieu/dung_boi",
        "figures.yaml/chi_tieu/don_vi",
        "figures.yaml/chi_tieu/noi/phan",
        "figures.yaml/chi_tieu/noi/nhiem_vu",
        "awards.yaml/chi_tieu/dot",
        "documents.yaml/van_ban/mau",
        "documents.yaml/van_ban/the_thuc",
        "checks.yaml/luat/thong_bao",
    } <= paths
