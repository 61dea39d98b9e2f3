"""Reading a club's past from tables that were made elsewhere: what they are, and what each line says."""
