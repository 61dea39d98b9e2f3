"""What Kring answers over HTTP: the webhook, and what an operator's programs ask. Imported where LISTEN is set."""
