"""One function a rule, in the file of the sheet it looks at; it is registered where it is written, so that it runs.

What the rule book can say as a typed entry (``luat`` of forms.yaml) needs no function here. What a cell holds (K03,
K04, K20) is found while it is read.
"""

from dvk_reports.checks.rules import (
    assessment,
    bounds,
    cover,
    every_sheet,
    general,
    hamlets,
    history,
    inspections,
    like_models,
    models,
    names,
    peers,
    proposals,
    publicity,
    recognitions,
    replications,
    reviews,
    surveys,
    training,
)

__all__ = [
    "assessment",
    "bounds",
    "cover",
    "every_sheet",
    "general",
    "hamlets",
    "history",
    "inspections",
    "like_models",
    "models",
    "names",
    "peers",
    "proposals",
    "publicity",
    "recognitions",
    "replications",
    "reviews",
    "surveys",
    "training",
]
