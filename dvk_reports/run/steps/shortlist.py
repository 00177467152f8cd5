"""The shortlist of an award round from the consolidated workbooks of the quarters before it."""

from __future__ import annotations

from collections.abc import Sequence

from dvk_reports.awards.records import Records
from dvk_reports.awards.shortlist import shortlist
from dvk_reports.intake.back.past import read_past
from dvk_reports.intake.workers import Workers
from dvk_reports.model.periods import Quarter
from dvk_reports.model.proposals import Award, Shortlist
from dvk_reports.plan.office import Office
from dvk_reports.workspace.folder import Workspace


def shortlist_of(
    space: Workspace, office: Office, name: str, earlier: Sequence[Award] = (), workers: Workers = None
) -> Shortlist:
    """The shortlist of a round (``2023-10``): who is proposed, what the gates say, how far the quotas reach.

    Reads ``ket-qua/<quarter>/tong-hop.xlsx`` of every quarter that ended before the round's month; one that the
    workspace does not hold is named in the shortlist. ``earlier``: who was granted or chosen in earlier rounds, for E8.
    PlanError where there is no such round, WorkspaceError where a workbook cannot be read.
    """
    start = office.plan.round(name).tu_ngay
    files = [(quarter, path) for quarter, path in space.quarters_held() if quarter.last_day < start]
    past = read_past(office.plan, files, workers)
    returns = {(unit, item.quarter): used for item in past for unit, used in item.returns.items()}
    received = {
        (line.unit, Quarter.parse(line.period)): line.received
        for item in past
        for line in item.submissions
        if line.received is not None
    }
    records = Records(
        office=office,
        round=office.plan.round(name),
        returns=returns,
        held=frozenset(item.quarter for item in past),
        received=received,
    )
    return shortlist(records, earlier)
