"""Acts on institutions and partnerships."""
