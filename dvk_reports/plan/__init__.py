"""What is in force on a day: rule book, register, periods, duty."""
