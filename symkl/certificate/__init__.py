"""Floor 5: derivations as Coq files, and what coqc says of them."""
