"""The same body through time: links between two years, and what a neighbouring year settles."""
