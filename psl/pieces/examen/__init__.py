"""What a file is and whether it is whole, from its content alone. Pure, in constant memory."""
