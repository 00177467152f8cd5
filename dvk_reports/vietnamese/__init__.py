"""Reading and writing Vietnamese: text, numbers, dates and the old fonts. Pure functions, no I/O."""
