"""What follows from these facts. Values in, values out."""
