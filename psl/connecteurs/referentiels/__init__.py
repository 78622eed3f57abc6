"""What answers the port Referentiel: lists and agendas that other systems keep."""
