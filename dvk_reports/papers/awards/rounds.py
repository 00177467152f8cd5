"""What every paper of an award round is made from: the office on its day, and who was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from dvk_reports.model.proposals import Chosen
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import addressee
from dvk_reports.vietnamese.text import lower_first, tidy


@dataclass(frozen=True)
class AwardRound:
    """``dot``: the round as a sentence names it."""

    office: Office
    chosen: Chosen
    dot: str

    def name_of(self, code: str) -> str:
        """Name of who answers for a unit on the day; its own name, or its code, where nobody does."""
        register = self.office.register
        unit = register.by_code.get(code)
        if unit is None:
            return code
        reader = addressee(register, unit, self.office.day)
        return (reader or unit).name


def conference_name(chosen: Chosen) -> str:
    """ "hội nghị sơ kết Phong trào “Dân vận khéo”": the conference at which the round is closed."""
    return f"hội nghị {lower_first(tidy(chosen.shortlist.name))}"


def round_name(chosen: Chosen) -> str:
    """ "đợt sơ kết tháng 10/2023": the occasion and the month of the round, as a title has it in brackets."""
    year, _, month = chosen.shortlist.round.partition("-")
    occasion = tidy(lower_first(chosen.shortlist.name).replace("Phong trào “Dân vận khéo”", ""))
    when = f"tháng {month.lstrip('0') if month not in ('01', '02') else month}/{year}" if month else year
    return " ".join(part for part in ("đợt", occasion, when) if part)
