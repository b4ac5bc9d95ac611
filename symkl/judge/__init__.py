"""Floor 3: the decision procedure. It knows no rules, only definitions."""
