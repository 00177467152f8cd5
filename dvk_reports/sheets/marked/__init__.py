"""The marked copy: takes a return and its findings, gives the form with what must be mended."""
