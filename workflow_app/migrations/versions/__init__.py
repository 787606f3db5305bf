"""One file per change of the database, never edited once released."""
