"""The bundled plans as they come ready made: the same as their YAML says, or not used."""

from __future__ import annotations

import pickle
import shutil
import zlib
from pathlib import Path

import pytest

from dvk_reports.plan.book.ready import FILE, HASH, packed, ready_plan
from dvk_reports.plan.book.sources import read_source
from dvk_reports.run.plans import build_bundled, bundled_plans, load_plan, plan_folder

BASE = "bao_yen_2022_2025"


def source_of(folder):
    return read_source(folder, lambda name, _: plan_folder(name))


@pytest.mark.parametrize("name", list(bundled_plans()))
def test_a_ready_plan_is_what_its_yaml_says(name):
    """Where this fails: python -m tools.regenerate plans."""
    folder = bundled_plans()[name]
    ready, built = ready_plan(folder, source_of(folder)), build_bundled(name)
    assert ready is not None and ready == built
    assert (ready.texts, ready.starter) == (built.texts, built.starter)
    assert load_plan(name) == built


@pytest.mark.parametrize("changed", ["plan.yaml", "checks.yaml", "register.yaml", "added.yaml"])
def test_it_is_not_used_for_any_other_yaml(tmp_path, changed):
    folder = Path(shutil.copytree(str(bundled_plans()[BASE]), tmp_path / BASE))
    assert ready_plan(folder, source_of(folder)) is not None
    with (folder / changed).open("a", encoding="utf-8") as file:
        file.write("# khác\n")
    assert ready_plan(folder, source_of(folder)) is None


def test_nor_by_a_program_that_did_not_pack_it(tmp_path):
    folder = Path(shutil.copytree(str(bundled_plans()[BASE]), tmp_path / BASE))
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(bytes(HASH) + data[HASH:])
    assert ready_plan(folder, source_of(folder)) is None
    (folder / FILE).unlink()
    assert ready_plan(folder, source_of(folder)) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: HASH - 1],
        lambda data: data[:HASH],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:3000] + bytes([data[3000] ^ 255]) + data[3001:],
    ],
)
def test_nor_where_it_is_damaged(tmp_path, damage):
    folder = Path(shutil.copytree(str(bundled_plans()[BASE]), tmp_path / BASE))
    (folder / FILE).write_bytes(damage((folder / FILE).read_bytes()))
    assert ready_plan(folder, source_of(folder)) is None


def test_nor_where_it_may_not_be_read(tmp_path, monkeypatch):
    folder = Path(shutil.copytree(str(bundled_plans()[BASE]), tmp_path / BASE))
    source, read = source_of(folder), Path.read_bytes

    def refused(path):
        if path.name == FILE:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert ready_plan(folder, source) is None


class _Opened:
    def __reduce__(self):
        return (Path.touch, (Path("mo-ra"),))


def test_one_in_a_folder_of_the_office_is_never_opened(tmp_path, monkeypatch):
    """It would be code from a stranger."""
    monkeypatch.chdir(tmp_path)
    folder = Path(shutil.copytree(str(bundled_plans()[BASE]), tmp_path / "ke-hoach"))
    plan = load_plan(BASE)
    (folder / FILE).write_bytes(packed(plan)[:HASH] + zlib.compress(pickle.dumps(_Opened())))
    assert load_plan("ke-hoach", tmp_path) == plan
    assert not (tmp_path / "mo-ra").exists()
