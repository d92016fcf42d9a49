"""Countries of the Americas: code | name | weight | name pools | cities | style | scale."""

TABLE = """
BR | Brazil | 72 | brazil 1 | São Carlos, Recife, Curitiba, Belém, Uberlândia | pt | br10
MX | Mexico | 66 | hispano 9, maya 1 | Monterrey, Puebla, Guadalajara, Mérida, Querétaro | es | br10
CO | Colombia | 66 | hispano 1 | Medellín, Cali, Bucaramanga, Manizales, Bogotá | es | co5
PE | Peru | 16 | hispano 1, andean 1 | Arequipa, Trujillo, Cusco | es | fr20
US | United States | 16 | american 1 | Tucson, Albany, Columbus | en | us4
AR | Argentina | 12 | hispano 4, italian 1 | Córdoba, La Plata, Bariloche | es | br10
CL | Chile | 12 | hispano 1 | Concepción, Valdivia, Antofagasta | es | cl7
EC | Ecuador | 12 | hispano 3, andean 1 | Quito, Cuenca, Guayaquil | es | br10
VE | Venezuela | 10 | hispano 1 | Mérida, Valencia, Maracaibo | es | fr20
BO | Bolivia | 4 | andean 2, hispano 1 | La Paz, Cochabamba | es | pct
CU | Cuba | 4 | hispano 1 | Santa Clara, Holguín | es | ru5
GT | Guatemala | 3 | maya 1, hispano 2 | Quetzaltenango, Guatemala City | es | pct
HN | Honduras | 3 | hispano 1 | Tegucigalpa, San Pedro Sula | es | pct
SV | El Salvador | 3 | hispano 1 | Santa Ana, San Miguel | es | br10
NI | Nicaragua | 3 | hispano 1 | León, Estelí | es | pct
CR | Costa Rica | 3 | hispano 1 | Cartago, Heredia | es | br10
PA | Panama | 3 | hispano 1 | David, Panama City | es | us4
DO | Dominican Republic | 3 | hispano 1 | Santiago de los Caballeros | es | us4
PY | Paraguay | 3 | hispano 1 | Encarnación, Asunción | es | co5
UY | Uruguay | 3 | hispano 1 | Montevideo, Salto | es | br10
HT | Haiti | 3 | haiti 1 | Port-au-Prince, Les Cayes | fr | pct
JM | Jamaica | 3 | caribbean 1 | Kingston, Mandeville | en | us4
TT | Trinidad and Tobago | 3 | caribbean 1 | San Fernando, Arima | en | us4
GY | Guyana | 3 | caribbean 1 | Linden, New Amsterdam | en | us4
SR | Suriname | 2 | surinam 1 | Paramaribo | en | br10
BZ | Belize | 2 | caribbean 1, maya 1 | Belmopan | en | us4
BB | Barbados | 2 | caribbean 1 | Bridgetown | en | us4
CA | Canada | 4 | quebec 1, american 1, punjabi 1 | Sherbrooke, Regina, Halifax | en | us4
"""
