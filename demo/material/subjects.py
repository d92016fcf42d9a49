"""Fields of study and course titles of both themes."""

FIELDS: dict[str, tuple[str, ...]] = {
    "energy": (
        "materials science", "chemistry", "chemical engineering", "physics",
        "mechanical engineering", "metallurgical engineering", "electrical engineering",
        "industrial chemistry", "applied physics", "nanotechnology", "environmental engineering",
        "energy engineering", "polymer science", "ceramic engineering", "process engineering",
    ),
    "arts": (
        "fine arts", "art history", "theatre studies", "film and media", "music performance",
        "textile design", "dance", "museum studies", "architecture", "graphic design",
        "cultural management", "photography", "ceramics", "sound design", "comparative literature",
    ),
}  # fmt: skip  # a table, read by its rows
COURSES: dict[str, tuple[str, ...]] = {
    "energy": (
        "Mathematics I", "Mathematics II", "General chemistry", "Inorganic chemistry",
        "Physical chemistry", "Thermodynamics", "Solid state physics", "Electrochemistry",
        "Crystallography", "Materials characterisation", "Polymers", "Transport phenomena",
        "Corrosion", "Laboratory project", "Statistics", "Programming", "Electrical circuits",
        "Heat transfer", "Quantum mechanics", "Surface chemistry", "Technical English",
        "Internship", "Renewable energy", "Ceramics", "Process control", "Final project",
    ),
    "arts": (
        "Drawing I", "Drawing II", "History of art", "Aesthetics", "Colour and material",
        "Studio practice I", "Studio practice II", "Theatre history", "Scenography", "Photography",
        "Sound and space", "Critical writing", "Anthropology of art", "Museum practice",
        "Conservation basics", "Typography", "Film language", "Body and movement", "Textiles",
        "Cultural policy", "Academic English", "Internship", "Archives", "Public art",
        "Curating", "Graduation show",
    ),
}  # fmt: skip  # a table, read by its rows
THEMES: tuple[str, ...] = tuple(FIELDS)
