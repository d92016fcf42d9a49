"""A small document that opens."""

from datetime import date

from demo.material.pdf import Line, pdf

PDF = pdf("A page", [[Line("A page")]], date(2027, 1, 1))
