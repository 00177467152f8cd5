"""The jobs behind the commands, one file each: takes a workspace and arguments, gives outputs, all of them or none."""
