"""Mail drafts: takes what a unit is to be told, gives ``.eml`` files."""
