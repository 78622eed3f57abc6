"""The outside world, for the demonstration: a mailbox."""
