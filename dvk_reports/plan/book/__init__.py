"""The rule book: takes YAML, gives one checked Plan."""
