"""What is derived from a definition: the business XML of a télédossier and its XSD, the JSON Schema of its data. Pure."""
