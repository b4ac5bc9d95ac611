"""symkl: the step-by-step engine for information theory."""
