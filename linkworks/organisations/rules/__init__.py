"""What follows from facts: about postcodes, places, coverage and a scheme's settings."""
