"""What is told of rights and démarches: DILA's open content imported, ready to be read, rendered and asked. No answer of anybody."""
