"""Everything written in Word."""
