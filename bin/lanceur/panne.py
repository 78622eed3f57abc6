"""The one way the launcher fails: a sentence that says what is wrong and what to do."""


class Panne(Exception):  # noqa: N818 -- a word of the house
    """Shown alone, in French, without a traceback; anything else raised is a bug."""
