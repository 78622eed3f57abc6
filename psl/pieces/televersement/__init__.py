"""Receives files by HTTP without ever holding one in memory: `@streamed_upload` over the view, `files(request)` inside it."""

from psl.pieces.televersement.reception import files, streamed_upload

__all__ = ["files", "streamed_upload"]
