"""Who may do what in the admin, how they sign in, and what is recorded."""
