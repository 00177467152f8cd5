"""``xet-chon.xlsx``: takes a Shortlist, gives the workbook of an award round."""
