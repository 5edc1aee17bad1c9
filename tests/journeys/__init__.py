"""Whole stories, told in a real browser against a real web server and worker."""
