"""How the pages of the site are cited, in the formats that writers and programs use."""
