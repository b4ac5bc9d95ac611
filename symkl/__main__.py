"""`python -m symkl`."""

from symkl.cli import main

if __name__ == "__main__":
    main()
