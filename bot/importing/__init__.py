"""The way of a file that an admin sends: fetched, read, explained, tried and taken in."""
