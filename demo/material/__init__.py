"""Invented, deterministic material for the demonstration: people, studies, texts, papers."""
