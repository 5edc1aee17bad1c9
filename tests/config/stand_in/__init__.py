"""A very small Linkworks, so that the command line and the supervisor are tried without the whole house."""
