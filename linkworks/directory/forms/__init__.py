"""What somebody asks of the directory, and what a steward or a group says of a listing."""
