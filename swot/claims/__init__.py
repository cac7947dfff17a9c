"""Claims kept in step with the data, and the pages their editors use."""
