"""Every sentence about the data that a clerk or a unit is shown."""
