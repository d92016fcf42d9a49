"""Acts on calls, dossiers, documents, references, reviews, rankings and offers."""
