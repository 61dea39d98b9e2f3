"""Measurements, which assert nothing: what they find depends on the machine. `make bench` prints them."""
