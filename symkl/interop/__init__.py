"""Floor 3: interchange with other systems."""
