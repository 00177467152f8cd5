"""What is made from the rule book: templates, samples, pages of reference. Not shipped."""
