"""The PEC zip of a dépôt, as partners' software reads it since 2015: written here as a stream, read and checked whoever wrote it."""
