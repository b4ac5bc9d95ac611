"""Floor 1: terms, scopes, the readers and writers of both spellings, the syntax of givens."""
