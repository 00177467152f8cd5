"""From checked returns to the findings that stand: rules over all returns, waivers, answers, earlier explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvk_reports.checks.across import across
from dvk_reports.checks.answers import Before, apply_answers, closed, remember
from dvk_reports.checks.carried import with_carried
from dvk_reports.checks.force import in_force
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.intake.selection import Selection
from dvk_reports.model.findings import Asked, Finding
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.judge import Judged
from dvk_reports.run.steps.submissions import LOOKED_AT
from dvk_reports.run.steps.waivers import Waivers

_ANSWERING = (FileState.USED, FileState.REPLACED, FileState.DUPLICATE)


def final_findings(
    office: Office,
    quarter: Quarter,
    selection: Selection,
    judged: Mapping[str, Judged],
    waivers: Waivers,
    history: Sequence[PastQuarter],
) -> dict[str, Judged]:
    """File -> judged return with its findings as they stand at the end of the run."""
    used = [judged[form.file].form for form in selection.used.values()]
    together: dict[str, list[Finding]] = {}
    stops = {form.file: judged[form.file].checked.stops for form in used}
    told = across(office, quarter, used, stops)
    for finding in in_force(office.plan, told, quarter.last_day):
        together.setdefault(finding.file, []).append(finding)
    past = [Before(item.quarter, item.findings, item.returns) for item in history if item.quarter < quarter]
    looked_at = {record.file for record in selection.files if record.state in LOOKED_AT}
    final = {}
    for file, item in judged.items():
        own = [*item.findings, *together.get(file, ())]
        if not item.checked.refused:
            own = with_carried(own, item.form.carried, together=True)
        findings = waivers.apply(own, told=file in looked_at)
        findings = apply_answers(findings, answers_of(selection, judged, item))
        final[file] = item.with_findings(remember(findings, past, quarter, office.plan_of(quarter)))
    return final


def answers_of(selection: Selection, judged: Mapping[str, Judged], item: Judged) -> tuple[Asked, ...]:
    """What every sending of the unit has answered in this period, oldest version first: an answer is given once."""
    files = [
        record.file
        for record in selection.of(item.form.unit)
        if record.period == item.form.period and record.state in _ANSWERING
    ]
    forms = sorted((judged[file].form for file in files), key=lambda form: (form.version or 0, form.file))
    return tuple(line for form in forms for line in form.asked)


def closings(selection: Selection, judged: Mapping[str, Judged]) -> tuple[tuple[str, int, int], ...]:
    """(unit, closed, asked) of every used return that answers a marked copy."""
    found = []
    for unit, form in selection.used.items():
        if form.asked and not form.box:
            done, asked = closed(judged[form.file].findings, form.asked)
            found.append((unit, done, asked))
    return tuple(found)
