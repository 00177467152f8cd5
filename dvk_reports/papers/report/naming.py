"""Units by name in a sentence: those whose names begin alike stand together (“các xã A, B; các chi bộ: C, D”)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dvk_reports.papers.report.basis import Basis
from dvk_reports.vietnamese.numbers import show_count


def called(basis: Basis, code: str) -> str:
    """One unit in a sentence: “xã Bảo Hà” for Đảng bộ xã Bảo Hà."""
    return together(basis, [code])


def together(basis: Basis, codes: Sequence[str], numbers: Mapping[str, int | str] | None = None) -> str:
    """Several units; ``numbers``: how many things each of them has, in brackets after its name."""
    heads = basis.spec.goi_don_vi
    groups: dict[str, list[str]] = {}
    for code in codes:
        name = basis.name_of(code)
        head = next((item.dau for item in heads if name.startswith(item.dau)), "")
        number = _in_brackets(numbers[code]) if numbers and code in numbers else ""
        groups.setdefault(head, []).append(f"{name.removeprefix(head)}{number}")
    words = {item.dau: item for item in heads}
    found = []
    for head in sorted(groups, key=lambda item: (item == "", list(words).index(item) if item else 0)):
        names = groups[head]
        first = "" if not head else words[head].mot if len(names) == 1 else words[head].nhieu
        found.append(f"{first}{', '.join(names)}")
    return "; ".join(found)


def _in_brackets(number: int | str) -> str:
    return f" ({number if isinstance(number, str) else show_count(number)})"


def units_of(lines: Iterable[str]) -> Counter[str]:
    """Unit -> how many lines it has, most first, the given order among equals."""
    return Counter(dict(Counter(lines).most_common()))
