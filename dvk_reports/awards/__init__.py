"""From recognitions and proposals to a shortlist with reasons; never a decision."""
