"""What leaves the lake for others: the database that analysts query, and what is made from it."""
