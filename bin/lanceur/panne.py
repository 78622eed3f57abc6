"""The one way the launcher fails: a sentence that says what is wrong and what to do."""


class Panne(Exception):
    """Shown alone, in French, without a traceback; anything else raised is a bug."""
