"""What is fast, and how we know: ``python -m bench`` prints a table of ratios measured in one run."""
