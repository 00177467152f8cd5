"""Everything drawn with XlsxWriter."""
