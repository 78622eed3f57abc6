"""A document as HTML: accessible without script, whole on paper. Pure: what is linked, explained or personalised is told by who asks."""
