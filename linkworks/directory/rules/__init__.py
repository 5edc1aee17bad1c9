"""What follows from the facts of a listing: values in, values out. No database, no clock, no Django."""
