"""What is made of a dépôt: PDF by typst, from data only; the same data always gives the same bytes."""
