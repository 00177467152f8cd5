"""What several commands share: judging, choosing, editions, writing; each step hands records to the next."""
