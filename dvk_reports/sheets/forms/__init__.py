"""The forms that go out: takes plan and content of one unit, gives one workbook."""
