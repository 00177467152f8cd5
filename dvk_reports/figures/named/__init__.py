"""Figures that no operation of the closed list can say: one file for each idea, one registered function for each name.

A function of a figure takes the ledger, the figure's definition and the units in N, and gives what the counted ones
add. A test takes one unit and says whether it meets it. A row filter takes one row of a return.
"""

from dvk_reports.figures.named import (
    answers,
    coverage,
    inspections,
    lasting,
    publicity,
    recognitions,
    replications,
    reviews,
    satisfaction,
    submissions,
    training,
)

__all__ = [
    "answers",
    "coverage",
    "inspections",
    "lasting",
    "publicity",
    "recognitions",
    "replications",
    "reviews",
    "satisfaction",
    "submissions",
    "training",
]
