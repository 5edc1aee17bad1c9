"""Measures the speed that was promised: `make bench`. Ratios within one run, never milliseconds."""
