"""What every workbook shares: fonts, formats, pages, charts."""
