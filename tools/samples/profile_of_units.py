"""The look of single units, set by hand so that targets are met here and missed there.

Communes are named by the end of their code.
"""

from __future__ import annotations

MODELS = {"02947": 7, "02950": 5, "02953": 8, "02956": 6, "02959": 6, "02962": 7, "02965": 5, "02968": 7, "02971": 8,
          "02974": 6, "02977": 4, "02980": 7, "02983": 4, "02986": 5, "02989": 9, "02992": 6, "02998": 6}  # fmt: skip
UNCOVERED = {"02956": 2, "02962": 1, "02974": 1, "02989": 3}
"""Thôn without a model."""
NO_RURAL_HIGH = ("02956", "02965", "02974")
"""Communes whose models of xây dựng nông thôn mới are not (yet) of the highest class."""
UNREVIEWED = {"02953": 1, "02968": 2, "02989": 1, "CB-SN-VH": 1}
"""Active models not reviewed this year."""
SURVEYED = ("02947", "02950", "02953", "02959", "02968", "02971", "02980", "02983", "02989", "PB-NV", "PB-TP",
            "PB-TNMT", "LLVT-CA")  # fmt: skip
WITHOUT_PLAN = ("CB-CQ-THA", "CB-DN-DL")
OLD_PLAN = ("CB-SN-DVNN",)
"""Plan of an earlier year that the unit does not call valid."""
NOT_SPREAD = ("CB-CQ-VKS",)
"""No conference in the quarter."""
NIL_UNIT = "CB-DN-MT"
AGENCY_MODELS = {"DB-CQ-HU": 0, "DB-CQ-MTDT": 0, "CB-CQ-THA": 0, "CQ-BTC": 0, "DB-CQ-UBND": 1, NIL_UNIT: 0}
"""Others have one or two."""

NEWS = {"CQ-BTG": 9, "CB-SN-VH": 14, "PB-VHTT": 6, "CQ-BDV": 7, "02989": 3, "CQ-BTC": 0, "CQ-UBKT": 0, "CB-CQ-NN": 1,
        "DB-SN-NT": 1}  # fmt: skip
"""Tin, bài of those who write regularly, and of those who have to have some."""
