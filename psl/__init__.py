"""PSL, Plateforme des Services en Ligne."""
