"""The register ``danh-muc.xlsx``: takes the workbook and the plan, gives units, mergers, thôn, deadlines."""
