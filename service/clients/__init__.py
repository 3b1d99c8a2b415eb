"""Other programs: whose API key it is, what is left of its quota, what was used."""
