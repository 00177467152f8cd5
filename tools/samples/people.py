"""Names of people who do not exist: each is given out once, so that only a sown story repeats one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_FAMILY = ("Hoàng", "Lục", "Nông", "Triệu", "Bàn", "Đặng", "Lý", "Vàng", "Giàng", "Ma", "Phùng", "Sùng", "Lương", "Hầu")
_MIDDLE = {False: ("Văn", "Quang", "Seo", "Tiến", "Đức", "Xuân"), True: ("Thị", "Thị Thu", "Thị Kim", "Thị Hồng")}
_GIVEN = {
    False: ("Páo", "Tòng", "Khoàn", "Chứ", "Lành", "Thích", "Đàm", "Quấy", "Sềnh", "Vượng", "Phúc", "Cảnh", "Sáng"),
    True: ("Mẩy", "Pham", "Nhói", "Ích", "Lả", "Mai", "Chẩy", "Ỏn", "Dung", "Sen", "Liên", "Mùi", "Xuyến"),
}
_ETHNIC = ("Tày", "Dao", "Mông", "Nùng", "Kinh", "Giáy", "Phù Lá")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in a model."""

    name: str
    female: bool
    born: date
    ethnic: str
    post: str
    leader: bool


class Census:
    """Gives out people; the same seed gives the same ones in the same order."""

    def __init__(self, seed: str) -> None:
        self._rng = Random(seed)
        self._left = {female: list(self._names(female)) for female in (False, True)}
        for names in self._left.values():
            self._rng.shuffle(names)

    def _names(self, female: bool) -> Iterator[str]:
        for family in _FAMILY:
            for middle in _MIDDLE[female]:
                yield from (f"{family} {middle} {given}" for given in _GIVEN[female])

    def person(self, commune: bool) -> Person:
        rng = self._rng
        female, leader = rng.random() < 0.45, rng.random() < 0.3
        if commune:
            post = rng.choice(
                ("Bí thư chi bộ", "Trưởng thôn") if leader else ("Hội viên", "Người có uy tín", "Nông dân")
            )
        else:
            post = rng.choice(
                ("Trưởng phòng", "Phó trưởng phòng") if leader else ("Chuyên viên", "Nhân viên", "Đoàn viên")
            )
        born = date(1962, 1, 1) + timedelta(days=rng.randint(0, 12_500))
        return Person(self._left[female].pop(), female, born, rng.choice(_ETHNIC), post, leader)
