"""Floor 4: steps, the kernel that re-checks them, matching, strategies, scripts."""
