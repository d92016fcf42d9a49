"""Acts on the tenant, its people and their roles."""
