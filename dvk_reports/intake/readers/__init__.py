"""From the bytes of one foreign workbook to its cells, one reader a format."""
