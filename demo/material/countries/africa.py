"""Countries of Africa: code | name | weight | name pools | cities | style | scale."""

TABLE = """
NG | Nigeria | 138 | yoruba 4, igbo 4, hausa 3 | Ibadan, Enugu, Kaduna, Owerri, Kano | en | ng5
ET | Ethiopia | 102 | amharic 5, oromo 2, tigrinya 1 | Addis Ababa, Adama, Mekelle, Jimma | en | us4
EG | Egypt | 78 | egypt 1 | Cairo, Alexandria, Mansoura, Assiut | en | us4
GH | Ghana | 60 | akan 5, ewe 1, hausa 1 | Kumasi, Tamale, Cape Coast, Accra | en | us4
MA | Morocco | 42 | maghreb 1 | Fès, Marrakech, Settat, Oujda | fr | fr20
DZ | Algeria | 36 | maghreb 1 | Oran, Constantine, Béjaïa, Tlemcen | fr | fr20
TN | Tunisia | 36 | maghreb 1 | Sfax, Sousse, Gabès, Tunis | fr | fr20
KE | Kenya | 30 | kenya 4, swahili 1, somali 1 | Nairobi, Eldoret, Kisumu, Nyeri | en | uk
CM | Cameroon | 16 | cameroon 1 | Douala, Yaoundé, Buea, Bafoussam | fr | fr20
UG | Uganda | 12 | uganda 1 | Kampala, Mbarara, Gulu | en | ng5
RW | Rwanda | 10 | rwanda 1 | Kigali, Huye | en | fr20
TZ | Tanzania | 10 | swahili 1 | Dar es Salaam, Arusha, Mbeya | en | ng5
SD | Sudan | 10 | sudan 1 | Khartoum, Wad Madani, Port Sudan | en | pct
SN | Senegal | 4 | wolof 1 | Dakar, Thiès, Saint-Louis | fr | fr20
CI | Côte d'Ivoire | 4 | baoule 3, mande 2 | Abidjan, Yamoussoukro, Bouaké | fr | fr20
BJ | Benin | 4 | ewe 3, yoruba 1 | Cotonou, Parakou | fr | fr20
TG | Togo | 4 | ewe 1 | Lomé, Kara | fr | fr20
BF | Burkina Faso | 4 | mande 1 | Ouagadougou, Bobo-Dioulasso | fr | fr20
ML | Mali | 4 | mande 1 | Bamako, Ségou | fr | fr20
GN | Guinea | 3 | mande 1 | Conakry, Kankan | fr | fr20
NE | Niger | 3 | hausa 1, chad 1 | Niamey, Zinder | fr | fr20
TD | Chad | 3 | chad 1 | N'Djamena, Moundou | fr | fr20
MR | Mauritania | 3 | maghreb 1, wolof 1 | Nouakchott | fr | fr20
GM | Gambia | 3 | liberia 1, wolof 1 | Serekunda, Brikama | en | us4
SL | Sierra Leone | 3 | liberia 1 | Freetown, Bo | en | ng5
LR | Liberia | 3 | liberia 1 | Monrovia, Gbarnga | en | us4
GW | Guinea-Bissau | 2 | portuguese 1, mande 1 | Bissau | pt | fr20
CV | Cabo Verde | 3 | portuguese 1 | Praia, Mindelo | pt | fr20
ST | São Tomé and Príncipe | 2 | portuguese 1 | São Tomé | pt | fr20
CD | DR Congo | 10 | congo 4, swahili 1 | Kinshasa, Lubumbashi, Goma | fr | fr20
CG | Congo | 3 | congo 1 | Brazzaville, Pointe-Noire | fr | fr20
GA | Gabon | 3 | cameroon 1 | Libreville, Franceville | fr | fr20
CF | Central African Republic | 2 | cameroon 1, chad 1 | Bangui | fr | fr20
BI | Burundi | 3 | rwanda 1 | Bujumbura, Gitega | fr | fr20
SS | South Sudan | 3 | uganda 1, sudan 1 | Juba, Malakal | en | us4
ER | Eritrea | 3 | tigrinya 1 | Asmara, Keren | en | us4
DJ | Djibouti | 3 | somali 1 | Djibouti | fr | fr20
SO | Somalia | 3 | somali 1 | Mogadishu, Hargeisa | en | us4
LY | Libya | 3 | egypt 1 | Benghazi, Misrata | en | pct
ZA | South Africa | 10 | southern 3, afrikaans 1 | Durban, Gqeberha, Polokwane | en | pct
ZW | Zimbabwe | 4 | southern 1 | Harare, Bulawayo | en | uk
ZM | Zambia | 3 | southern 1 | Lusaka, Kitwe | en | us4
MW | Malawi | 3 | southern 1 | Blantyre, Mzuzu | en | us4
BW | Botswana | 3 | southern 1 | Gaborone, Palapye | en | ng5
NA | Namibia | 3 | khoekhoe 2, afrikaans 1 | Windhoek, Ongwediva | en | pct
LS | Lesotho | 3 | southern 1 | Maseru | en | pct
SZ | Eswatini | 3 | southern 1 | Manzini | en | pct
MZ | Mozambique | 3 | portuguese 1, southern 1 | Maputo, Beira, Nampula | pt | fr20
AO | Angola | 3 | portuguese 1 | Luanda, Huambo | pt | fr20
MG | Madagascar | 10 | malagasy 1 | Antananarivo, Fianarantsoa, Toamasina | fr | fr20
MU | Mauritius | 3 | mauritius 1 | Port Louis, Curepipe | en | uk
KM | Comoros | 2 | swahili 1, maghreb 1 | Moroni | fr | fr20
SC | Seychelles | 2 | mauritius 1 | Victoria | en | us4
"""
