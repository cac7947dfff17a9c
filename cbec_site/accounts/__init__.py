"""Who may do what on the editors' desk, how they sign in, and what is recorded."""
