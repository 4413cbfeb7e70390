"""What there is to choose from, as data: no table here decides anything."""
