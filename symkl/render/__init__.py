"""Floor 6: derivations and verdicts as text, LaTeX, Markdown, HTML and JSON."""
