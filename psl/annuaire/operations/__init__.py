"""What changes the annuaire: reference data, services and agents, their log-in and their sessions."""
