"""What the starter model shows, measured: `python -m evaluation --help`."""
