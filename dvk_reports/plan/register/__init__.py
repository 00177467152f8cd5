"""The register: takes ``danh-muc.xlsx``, gives one checked Register."""
