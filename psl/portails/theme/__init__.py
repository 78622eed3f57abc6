"""Templates, field templates and assets shared by the portals."""
