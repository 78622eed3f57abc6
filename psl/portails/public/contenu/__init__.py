"""The pages of the content, and what they lead to near the reader."""
