"""Letters to units: takes what is missing, gives reminders."""
