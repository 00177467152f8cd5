"""Papers of an award round: takes chosen subjects, gives drafts; nothing in them is a decision yet."""
