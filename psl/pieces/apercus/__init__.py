"""What is shown and what leaves of a file: thumbnails, pictures of pages, sanitised PDF, images without metadata, watermarks.

Made in a child process with limits of time, memory and pixels: a file made to harm stops it, never the platform.
"""
