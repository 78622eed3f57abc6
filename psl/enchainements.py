"""What follows what: each kind of fait and the handlers it owes, in one table.

A fait with no consequence has an empty list: tests assert that every kind recorded anywhere has its row here.
"""

ENCHAINEMENTS: dict[str, list[str]] = {}
