"""A démarche as data: its schema, its reusable blocs, its texts in each language, and the frozen objects made of them."""
