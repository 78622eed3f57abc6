"""What is published beside the pages: for search engines, for readers of feeds, for the sites that show our fiches."""
