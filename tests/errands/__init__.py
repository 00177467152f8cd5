"""The errands that must stay easy, each done in its one place."""
