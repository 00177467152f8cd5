"""Sheets B9a and B9b over the years: who was recognised each year, and who is proposed in the round of October."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tools.samples.history_models import Life
from tools.samples.people import Census, Person
from tools.samples.unit import FAIR, HIGH, Place, Report, RowValues, capital, lower

PRAISE, AWARD = "Biểu dương của Ban Thường vụ Huyện ủy", "Giấy khen của Chủ tịch UBND huyện"
_AIM = "được Nhân dân đồng thuận"


@dataclass(frozen=True)
class Doers:
    """Who stands behind one model."""

    life: Life
    body: str
    people: tuple[Person, ...]


def doers_of(census: Census, place: Place, lives: Sequence[Life]) -> list[Doers]:
    """The same people behind the same models in every year; nobody stands behind two."""
    rng = Random(f"nguoi:{place.code}")
    found = []
    for life in lives:
        people = [census.person(place.commune) for _ in range(rng.choices((1, 2, 3), (35, 45, 20))[0])]
        body = str(life.row["chu_the"])
        if life.row["loai"] == "Cá nhân":
            name = body.split(",")[0]
            body, female = name.removeprefix("Bà ").removeprefix("Ông "), name.startswith("Bà ")
            people = [replace(people[0], name=body, female=female)]
        found.append(Doers(life, body, tuple(people)))
    return found


def decision(place: Place, year: int) -> tuple[str, date]:
    """Symbol and day of the unit's decision of the year."""
    rng = Random(f"quyet-dinh:{place.code}:{year}")
    body = "ĐU" if place.kind.startswith("DB") or place.kind == "LLVT" else "CB"
    early = rng.random() < 0.35
    first, days = (date(year, 9, 18), 12) if early else (date(year, 10, 3), 11)
    return f"{rng.randint(15, 95)}-QĐ/{body}", first + timedelta(days=rng.randint(0, days))


def good(report: Report) -> dict[str, str]:
    """Model code -> class, of the models reviewed well in a return."""
    return {
        str(row["ma_mo_hinh"]): str(row["xep_loai"])
        for row in report.rows.get("B3", ())
        if row["xep_loai"] in (HIGH, FAIR)
    }


def recognised(row: RowValues, person: Person | None, place: Place) -> RowValues:
    """A row of B9a; ``row`` has the decision, the model and the result."""
    if person is None:
        return {**row, "loai": "Tập thể", "don_vi": place.name}
    return {
        **row,
        "loai": "Cá nhân",
        "ten": person.name,
        "ngay_sinh": person.born,
        "gioi_tinh": "Nữ" if person.female else "Nam",
        "chuc_vu": person.post,
        "don_vi": capital(place.short),
    }


def recognitions(place: Place, year: int, doers: Sequence[Doers], reviewed: Report) -> Iterator[RowValues]:
    """Rows of B9a of one year, from the reviews of its quarter III."""
    symbol, day = decision(place, year)
    classes = good(reviewed)
    for one in doers:
        rng = Random(f"cong-nhan:{one.life.code}:{year}")
        if one.life.code not in classes or (classes[one.life.code] == FAIR and rng.random() < 0.2):
            continue
        row: RowValues = {
            "nam_xet": year,
            "so_qd": symbol,
            "ngay_qd": day,
            "co_quan_qd": place.name,
            "ma_mo_hinh": one.life.code,
            "ten": one.body,
            "ket_qua": "Mô hình",
        }
        alone = one.life.row["loai"] == "Cá nhân"
        yield recognised(row, one.people[0] if alone else None, place)
        for person in one.people:
            if rng.random() < 0.85:
                yield recognised({**row, "ket_qua": "Điển hình"}, person, place)


def proposed(place: Place, model: RowValues, form: str, name: str, **more: object) -> RowValues:
    """A row of B9b with its dossier complete; ``more`` says otherwise."""
    return {
        "phan_loai": "Tập thể",
        "ten": name,
        "don_vi_cong_tac": capital(place.short),
        "doi_tuong": "Khác",
        "ma_mo_hinh": model["ma_mo_hinh"],
        "thanh_tich": f"Hai năm liền duy trì tốt mô hình “{model['ten']}”; {lower(str(model['muc_tieu'] or _AIM))}.",
        "hinh_thuc": form,
        "hs_to_trinh": True,
        "hs_bao_cao": True,
        "hs_bien_ban": True,
        "hs_xac_nhan": True,
        "dang_xem_xet": False,
        **more,
    }


def of_person(person: Person, commune: bool) -> RowValues:
    """The cells of B9b that describe a person."""
    worker = "Nông dân" if commune else "Người trực tiếp lao động, công tác"
    return {
        "phan_loai": "Cá nhân",
        "ong_ba": "Bà" if person.female else "Ông",
        "gioi_tinh": "Nữ" if person.female else "Nam",
        "ngay_sinh": person.born,
        "dan_toc": person.ethnic,
        "chuc_vu": person.post,
        "doi_tuong": "Lãnh đạo, quản lý" if person.leader else worker,
    }


def proposals(
    place: Place, doers: Sequence[Doers], before: set[str], now: Report, wanted: float
) -> Iterator[RowValues]:
    """Rows of B9b, ranks left out. ``before``: names recognised the year before; ``wanted``: share that is proposed."""
    classes = good(now)
    models = {str(row["ma_mo_hinh"]): row for row in now.rows.get("B2", ())}
    bodies: set[str] = set()
    for one in doers:
        rng = Random(f"de-nghi:{one.life.code}")
        model = models.get(one.life.code)
        if model is None or one.life.code not in classes:
            continue
        for person in (None, *one.people):
            name = person.name if person else one.body
            chance = wanted if name in before else wanted / 8
            if rng.random() >= chance or (person is None and (name in bodies or one.life.row["loai"] == "Cá nhân")):
                continue
            form = rng.choice((PRAISE, AWARD))
            if person is None:
                bodies.add(name)
                people = rng.randint(5, 40)
                yield proposed(place, model, form, name, so_nguoi=people, so_nu=rng.randint(0, people))
            elif place.commune and rng.random() < 0.04:
                family = f"Hộ {'bà' if person.female else 'ông'} {name}"
                yield proposed(place, model, form, family, phan_loai="Hộ gia đình", doi_tuong="Nông dân")
            else:
                yield proposed(place, model, form, name, **of_person(person, place.commune))


def ranked(rows: Sequence[RowValues]) -> list[RowValues]:
    """With thu_tu 1, 2, 3 … for each form and class; a row that has one already keeps it."""
    taken: dict[tuple[object, object], int] = {}
    found = []
    for row in rows:
        key = row["hinh_thuc"], row["phan_loai"]
        if "thu_tu" not in row:
            taken[key] = taken.get(key, 0) + 1
            row = {**row, "thu_tu": taken[key]}
        found.append(row)
    return found
