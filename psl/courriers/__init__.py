"""Every e-mail that leaves: templates, contacts, attempts, bounces; port Messager."""
