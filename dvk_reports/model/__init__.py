"""The records that travel from the mail folder to the printed page."""
