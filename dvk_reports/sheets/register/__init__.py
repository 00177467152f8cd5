"""``danh-muc.xlsx``: takes the plan and units, gives the register workbook."""
