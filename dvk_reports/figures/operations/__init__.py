"""The closed list of operations that figures.yaml may name: takes the rows of one return, gives what they add."""
