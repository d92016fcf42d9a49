"""Countries of Asia and the Pacific: code | name | weight | name pools | cities | style | scale."""

TABLE = """
IN | India | 210 | hindi 5, marathi 2, tamil 3, telugu 2, malayali 2, punjabi 1, bengali 2 | \
Pune, Kanpur, Madurai, Warangal, Kochi, Ludhiana, Kolkata, Varanasi | en | in10
PK | Pakistan | 180 | urdu 1 | Lahore, Peshawar, Faisalabad, Karachi, Multan, Quetta | en | us4
BD | Bangladesh | 144 | bangla 8, bengali 1 | Dhaka, Rajshahi, Khulna, Sylhet, Chattogram | en | us4
IR | Iran | 114 | persian 1 | Tehran, Isfahan, Shiraz, Tabriz, Mashhad | en | ir20
CN | China | 90 | han 1 | Wuhan, Xi'an, Chengdu, Harbin, Hefei | en | pct
TR | Türkiye | 78 | turkish 1 | Ankara, İzmir, Eskişehir, Konya, Trabzon | en | us4
ID | Indonesia | 66 | indonesia 9, malay 1 | Bandung, Yogyakarta, Medan, Makassar | en | us4
NP | Nepal | 48 | nepali 1 | Kathmandu, Pokhara, Dharan, Butwal | en | pct
VN | Viet Nam | 42 | vietnam 1 | Hà Nội, Đà Nẵng, Cần Thơ, Huế | en | vn10
LK | Sri Lanka | 30 | sinhala 3, tamil 1 | Kandy, Jaffna, Galle, Moratuwa | en | us4
PH | Philippines | 30 | filipino 1 | Quezon City, Cebu, Davao, Iligan | en | ph5
KZ | Kazakhstan | 16 | kazakh 3, russian 1 | Almaty, Astana, Karaganda | en | us4
TH | Thailand | 14 | thai 1 | Chiang Mai, Khon Kaen, Bangkok | en | us4
MY | Malaysia | 14 | malay 3, cantonese 1, tamil 1 | Johor Bahru, Ipoh, Kuching | en | us4
UZ | Uzbekistan | 12 | uzbek 1 | Tashkent, Samarkand, Namangan | en | pct
SY | Syria | 12 | levant 1 | Damascus, Latakia, Homs | en | pct
LB | Lebanon | 10 | levant 1 | Beirut, Tripoli, Zahlé | fr | fr20
JO | Jordan | 10 | levant 1 | Amman, Irbid, Karak | en | us4
IQ | Iraq | 10 | levant 1 | Baghdad, Mosul, Basra | en | pct
AF | Afghanistan | 10 | dari 1 | Kabul, Herat, Mazar-e Sharif | en | pct
MM | Myanmar | 4 | burmese 1 | Mandalay, Yangon, Magway | en | us4
SA | Saudi Arabia | 4 | gulf 1 | Dammam, Jeddah, Abha | en | ng5
PS | Palestine | 4 | levant 1 | Nablus, Hebron, Gaza | en | pct
YE | Yemen | 4 | levant 1, gulf 1 | Sana'a, Taiz, Aden | en | pct
OM | Oman | 3 | gulf 1 | Nizwa, Sohar | en | us4
AE | United Arab Emirates | 3 | gulf 1 | Sharjah, Al Ain | en | us4
QA | Qatar | 2 | gulf 1 | Doha | en | us4
KW | Kuwait | 2 | gulf 1 | Kuwait City | en | us4
BH | Bahrain | 2 | gulf 1 | Manama | en | us4
IL | Israel | 3 | hebrew 4, levant 1 | Haifa, Beersheba | en | pct
AM | Armenia | 4 | armenian 1 | Yerevan, Gyumri | en | pct
GE | Georgia | 4 | georgian 1 | Tbilisi, Kutaisi | en | pct
AZ | Azerbaijan | 4 | azeri 1 | Baku, Ganja | en | pct
KG | Kyrgyzstan | 3 | kyrgyz 1 | Bishkek, Osh | en | ru5
TJ | Tajikistan | 3 | tajik 1 | Dushanbe, Khujand | en | us4
TM | Turkmenistan | 3 | turkmen 1 | Ashgabat, Mary | en | ru5
MN | Mongolia | 3 | mongol 1 | Ulaanbaatar, Erdenet | en | us4
BT | Bhutan | 3 | bhutan 1 | Thimphu, Phuentsholing | en | pct
MV | Maldives | 3 | maldives 1 | Malé | en | us4
JP | Japan | 4 | japan 1 | Sendai, Nagoya, Fukuoka | en | us4
KR | South Korea | 4 | korea 1 | Daejeon, Busan, Gwangju | en | kr45
TW | Taiwan | 4 | taiwan 1 | Hsinchu, Tainan | en | pct
HK | Hong Kong | 3 | cantonese 1 | Sha Tin, Kowloon | en | us4
SG | Singapore | 3 | cantonese 2, malay 1, tamil 1 | Singapore | en | ng5
KH | Cambodia | 3 | khmer 1 | Phnom Penh, Battambang | en | us4
LA | Laos | 3 | lao 1 | Vientiane, Savannakhet | en | us4
TL | Timor-Leste | 3 | portuguese 1 | Dili | pt | us4
AU | Australia | 3 | english 3, vietnam 1, han 1 | Geelong, Adelaide, Newcastle | en | au7
NZ | New Zealand | 3 | maori 1 | Hamilton, Dunedin | en | au9
FJ | Fiji | 3 | pacific 1 | Suva, Lautoka | en | us4
PG | Papua New Guinea | 3 | pacific 1 | Lae, Goroka | en | us4
WS | Samoa | 2 | pacific 1 | Apia | en | us4
TO | Tonga | 2 | pacific 1 | Nukuʻalofa | en | us4
"""
