"""Reading, styling and filling Word files; knows nothing of what a paper says."""
