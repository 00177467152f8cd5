"""What the program itself wrote, read back: earlier quarters, the level below, the choices of the clerk."""
