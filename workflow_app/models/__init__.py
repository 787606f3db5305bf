"""Tables and how they are opened. Knows the domain, and nothing above itself."""
