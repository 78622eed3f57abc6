"""Instructing: for the agents of a service instructeur."""
