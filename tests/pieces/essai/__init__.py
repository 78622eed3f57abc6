"""A tiny site that takes files, for the tests of the reception under the real server."""
