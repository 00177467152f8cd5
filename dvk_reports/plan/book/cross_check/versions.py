"""Mappings between form versions: every name is there, and nothing of either version is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dvk_reports.plan.book.cross_check.columns import Path
from dvk_reports.plan.book.cross_check.wrong import Wrong, about, unknown
from dvk_reports.plan.book.form_versions import Step, last_view, version_of
from dvk_reports.plan.book.forms import ReadAs, SheetSpec
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.rulebook import Plan


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Form versions, and the mappings by which earlier ones are read."""
    codes = [version.ma for version in plan.forms.phien_ban]
    for at, version in enumerate(plan.forms.phien_ban):
        told = [entry.phien_ban for entry in version.doc_tu]
        for number, entry in enumerate(version.doc_tu):
            path: Path = ("forms.yaml", "phien_ban", at, "doc_tu", number)
            name = (*path, "phien_ban")
            earlier = version_of(plan, entry.phien_ban)
            if earlier is None:
                yield unknown(name, "phiên bản", entry.phien_ban, codes)
            elif earlier.tu_ngay >= version.tu_ngay:
                yield Wrong(name, f"phiên bản {earlier.ma} không có trước phiên bản {version.ma}.")
            elif told.index(entry.phien_ban) < number:
                yield Wrong(name, "ghi hai lần.")
            else:
                check = _Mapping(path, entry, last_view(plan, earlier.ma), plan.on(version.tu_ngay))
                yield from (*check.sheets(), *check.columns(), *check.labels())


def _absent(path: Path, what: str, word: str, known: Iterable[str]) -> Wrong:
    return Wrong(path, f"{what} “{word}”.{meant(word, known)}", word)


@dataclass(frozen=True)
class _Mapping:
    """One mapping beside the two versions that it stands between."""

    path: Path
    entry: ReadAs
    old: Plan
    new: Plan

    def sheets(self) -> Iterator[Wrong]:
        """Sheets of both versions."""
        yield from self._unknown("doi_bieu", "mẫu cũ không có biểu", self.entry.doi_bieu, self.old.sheets)
        yield from self._unknown("bo_bieu", "mẫu cũ không có biểu", self.entry.bo_bieu, self.old.sheets)
        for name, after in self.entry.doi_bieu.items():
            if after not in self.new.sheets:
                yield _absent((*self.path, "doi_bieu", name), "phiên bản này không có biểu", after, self.new.sheets)
        wanted = [self._step.sheet(name) for name in self.old.sheets]
        for name in self.old.sheets:
            after = self._step.sheet(name)
            if after and after not in self.new.sheets and name not in self.entry.doi_bieu:
                yield about(self.path, f"biểu “{name}” của mẫu cũ không còn; ghi ở doi_bieu hoặc bo_bieu.")
            if after and wanted.count(after) > 1:
                yield about(self.path, f"hai biểu của mẫu cũ cùng đọc thành “{after}”, trong đó có “{name}”.")

    def columns(self) -> Iterator[Wrong]:
        """Columns of the sheets that both versions have."""
        old = [f"{sheet.ma}.{key}" for sheet in self.old.forms.bieu for key in sheet.keys]
        new = [f"{sheet.ma}.{key}" for sheet in self.new.forms.bieu for key in sheet.keys]
        yield from self._unknown("doi_cot", "mẫu cũ không có cột", self.entry.doi_cot, old)
        yield from self._unknown("bo_cot", "mẫu cũ không có cột", self.entry.bo_cot, old)
        yield from self._unknown("them_cot", "phiên bản này không có cột", self.entry.them_cot, new)
        for sheet in self.old.forms.bieu:
            name = self._step.sheet(sheet.ma)
            if name in self.new.sheets:
                yield from self._columns_of(sheet, self.new.sheets[name])

    def _columns_of(self, old: SheetSpec, new: SheetSpec) -> Iterator[Wrong]:
        after = {key: self._step.column(old.ma, key) for key in old.keys}
        for key, wanted in after.items():
            cell = f"{old.ma}.{key}"
            if wanted and wanted not in new.fields:
                if cell in self.entry.doi_cot:
                    what = f"biểu {new.ma} của phiên bản này không có cột"
                    yield _absent((*self.path, "doi_cot", cell), what, wanted, new.fields)
                else:
                    yield about(self.path, f"cột “{cell}” của mẫu cũ không còn; ghi ở doi_cot hoặc bo_cot.")
            elif wanted and list(after.values()).count(wanted) > 1:
                text = f"hai cột của mẫu cũ cùng đọc thành “{new.ma}.{wanted}”, trong đó có “{key}”."
                yield about((*self.path, "doi_cot"), text)
        from_old = {self._step.sheet(name) for name in self.old.sheets}
        new_ticks = {sheet.tick for sheet in self.new.forms.bieu if sheet.ma not in from_old}
        for key in (key for key in new.keys if key not in new_ticks):
            cell = f"{new.ma}.{key}"
            added = cell in self.entry.them_cot
            if key in after.values() and added:
                where = (*self.path, "them_cot", self.entry.them_cot.index(cell))
                yield about(where, f"cột “{cell}” đã lấy từ mẫu cũ, không ghi ở them_cot.")
            elif key not in after.values() and not added:
                yield about(self.path, f"mẫu cũ không có cột “{cell}”; ghi ở doi_cot hoặc them_cot.")

    def labels(self) -> Iterator[Wrong]:
        """Labels: the old ones of their list, the new ones of every list that is read with them."""
        lists = self.old.forms.danh_sach
        yield from self._unknown("doi_nhan", "mẫu cũ không có danh sách", self.entry.doi_nhan, lists)
        for name, words in self.entry.doi_nhan.items():
            path = (*self.path, "doi_nhan", name)
            for before, after in words.items() if name in lists else ():
                labels = self.old.labels(name)
                if before not in labels:
                    yield _absent((*path, before), f"danh sách {name} của mẫu cũ không có nhãn", before, labels)
                for wanted in self._lists_read(name):
                    labels = self.new.labels(wanted)
                    if after not in labels:
                        what = f"danh sách {wanted} của phiên bản này không có nhãn"
                        yield _absent((*path, before), what, after, labels)

    def _lists_read(self, name: str) -> list[str]:
        """The lists of this version whose columns were columns of a list of the earlier one."""
        found = []
        for sheet in self.old.forms.bieu:
            new = self.new.sheets.get(self._step.sheet(sheet.ma))
            for key, column in sheet.fields.items():
                after = new.fields.get(self._step.column(sheet.ma, key)) if new is not None else None
                if column.danh_sach == name and after is not None and after.danh_sach:
                    found.append(after.danh_sach)
        return list(dict.fromkeys(found))

    @property
    def _step(self) -> Step:
        return Step(self.entry, self.old)

    def _unknown(
        self, field: str, what: str, names: Mapping[str, object] | list[str], known: Mapping[str, object] | list[str]
    ) -> Iterator[Wrong]:
        for at, name in enumerate(names):
            if name not in known:
                yield _absent((*self.path, field, at if isinstance(names, list) else name), what, name, known)
