"""Reading LaTeX: tokens, macros, the syntax as written, and its elaboration into terms."""
