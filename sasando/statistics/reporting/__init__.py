"""What units hand in as totals: read, filled in, stored as printed, and who owes which table."""
