"""Floor 2: what is known, as data files, their loaders, and what givens mean."""
