"""``tong-hop.xlsx``: takes a Consolidation, gives the consolidated workbook sheet by sheet."""
