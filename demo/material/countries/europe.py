"""Countries of Europe: code | name | weight | name pools | cities | style | scale."""

TABLE = """
UA | Ukraine | 54 | ukrainian 6, russian 1 | Kharkiv, Lviv, Dnipro, Kyiv, Odesa | en | pct
FR | France | 42 | french 5, maghreb 1, wolof 1 | Amiens, Nantes, Lille, Toulouse | fr | fr20
IT | Italy | 36 | italian 1 | Torino, Bologna, Padova, Bari, Cagliari | it | it110
ES | Spain | 36 | spanish 4, basque 1, hispano 1 | Bilbao, Zaragoza, Oviedo, Sevilla | es | es10
RU | Russia | 36 | russian 1 | Tomsk, Kazan, Novosibirsk, Perm | en | ru5
PL | Poland | 30 | polish 9, ukrainian 1 | Gdańsk, Łódź, Wrocław, Rzeszów, Warszawa | en | pl5
DE | Germany | 16 | german 4, turkish 1 | Dresden, Jena, Aachen, Kassel | de | de
GR | Greece | 10 | greek 1 | Patras, Thessaloniki, Chania | en | gr10
RO | Romania | 10 | romanian 4, hungarian 1 | Cluj-Napoca, Iași, Timișoara | en | es10
GB | United Kingdom | 4 | english 4, urdu 1, yoruba 1 | Leeds, Swansea, Dundee | en | uk
PT | Portugal | 4 | portuguese 1 | Aveiro, Braga, Évora | pt | fr20
SI | Slovenia | 4 | slovene 1 | Ljubljana, Maribor, Koper | en | es10
RS | Serbia | 4 | serbian 1 | Novi Sad, Niš, Kragujevac | en | es10
BG | Bulgaria | 3 | bulgarian 1 | Plovdiv, Varna, Ruse | en | ru6
HU | Hungary | 3 | hungarian 1 | Szeged, Miskolc, Pécs | en | hu5
CZ | Czechia | 3 | czech 1 | Brno, Plzeň, Ostrava | en | cz4
SK | Slovakia | 3 | slovak 1 | Košice, Žilina | en | cz4
HR | Croatia | 3 | croatian 1 | Zagreb, Split, Rijeka | en | hu5
BA | Bosnia and Herzegovina | 3 | croatian 2, serbian 1 | Sarajevo, Tuzla | en | es10
MK | North Macedonia | 3 | macedonian 2, albanian 1 | Skopje, Bitola | en | es10
AL | Albania | 3 | albanian 1 | Tirana, Shkodër | en | es10
XK | Kosovo | 3 | albanian 1 | Prishtina, Prizren | en | es10
ME | Montenegro | 3 | serbian 1 | Podgorica, Nikšić | en | es10
MD | Moldova | 3 | romanian 3, russian 1 | Chișinău, Bălți | en | es10
BY | Belarus | 4 | belarusian 2, russian 1 | Minsk, Hrodna, Homel | en | es10
LT | Lithuania | 3 | lithuanian 1 | Kaunas, Šiauliai | en | es10
LV | Latvia | 3 | latvian 1 | Riga, Daugavpils | en | es10
EE | Estonia | 3 | estonian 1 | Tartu, Tallinn | en | hu5
FI | Finland | 3 | finnish 3, swedish 1 | Oulu, Tampere, Turku | en | hu5
SE | Sweden | 3 | swedish 4, levant 1 | Luleå, Linköping | en | letter
NO | Norway | 3 | danish 1 | Trondheim, Tromsø | en | letter
DK | Denmark | 3 | danish 1 | Aalborg, Odense | en | dk12
IS | Iceland | 2 | icelandic 1 | Akureyri, Reykjavík | en | es10
IE | Ireland | 3 | irish 1 | Cork, Limerick | en | uk
NL | Netherlands | 3 | dutch 4, turkish 1 | Delft, Groningen | en | es10
BE | Belgium | 3 | dutch 1, french 1 | Liège, Gent, Namur | en | fr20
LU | Luxembourg | 2 | french 1, german 1, portuguese 1 | Esch-sur-Alzette | fr | fr20
AT | Austria | 3 | german 3, serbian 1 | Graz, Leoben, Linz | de | at5
CH | Switzerland | 3 | german 2, french 1, italian 1 | Winterthur, Fribourg | de | ch6
MT | Malta | 2 | maltese 1 | Msida | en | pct
CY | Cyprus | 3 | greek 1 | Limassol, Nicosia | en | us4
"""
