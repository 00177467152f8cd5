"""Takes the Word templates of an office, gives what is wrong in them and every field there is."""
