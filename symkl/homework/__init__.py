"""Floor 5: a document of someone's work, and a verdict on every row of it."""
