"""Files given by usagers: detection, scan, chunked encryption; ports Stockage and Antivirus."""
