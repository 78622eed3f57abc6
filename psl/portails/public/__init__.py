"""Home, search, start page, legal pages: for whoever passes by."""
