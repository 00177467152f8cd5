"""Which official format a paper is made and judged in: by the family of its issuer and the day of its issue."""

from __future__ import annotations

from datetime import date

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.formats import Family, Profile
from dvk_reports.plan.book.rulebook import Plan

FAMILY_NAMES = {"dang": "văn bản của Đảng", "nha_nuoc": "văn bản hành chính của cơ quan nhà nước"}


def profile_for(plan: Plan, family: Family, day: date) -> Profile:
    """The format of ``family`` for a paper issued on ``day``; an issued paper keeps it for good.

    PlanError before the first day of the family's first format: an older paper cannot be judged by a later one.
    """
    held = [
        profile
        for profile in plan.formats.the_thuc
        if profile.ho == family and profile.tu_ngay <= day and (profile.den_ngay is None or day <= profile.den_ngay)
    ]
    if held:
        return max(held, key=lambda profile: profile.tu_ngay)
    first = min(profile.tu_ngay for profile in plan.formats.the_thuc if profile.ho == family)
    raise PlanError(
        f"Chưa có thể thức của {FAMILY_NAMES[family]} cho ngày {day:%d/%m/%Y}; thể thức đầu tiên có từ "
        f"{first:%d/%m/%Y}."
    )


def profile_named(plan: Plan, name: str) -> Profile:
    """A format by its name (P36, P05, N30); PlanError for another name."""
    for profile in plan.formats.the_thuc:
        if profile.ma == name:
            return profile
    known = ", ".join(profile.ma for profile in plan.formats.the_thuc)
    raise PlanError(f"Không có thể thức “{name}”. Các thể thức: {known}.")


def latest_profile(plan: Plan, family: Family) -> Profile:
    """The format that papers of the family are made in from its day on."""
    return max((p for p in plan.formats.the_thuc if p.ho == family), key=lambda profile: profile.tu_ngay)
