"""Names of the Americas and the Caribbean."""

from demo.material.names.pool import pool

POOLS = (
    pool(
        "hispano", "Latn-es", "double",
        """Juan Camilo, Andrés Felipe, José Luis, Sebastián, Ángel, Matías, Nicolás, Joaquín,
        Óscar, Jesús, Tomás, Héctor""",
        """María Fernanda, Valentina, Ximena, Lucía, Daniela, Sofía, Nathalia, Yamileth, Rocío,
        Camila, Abigaíl, Belén""",
        """Rodríguez, Hernández, Peña, Ramírez, Zúñiga, Castaño, Restrepo, Guzmán, Ordóñez,
        de León, Arango, Villalobos, Espinoza, Cárdenas, Ibarra, Salgüero, Montaño, Del Valle""",
        two=25,
    ),
    pool(
        "andean", "Latn-es", "double",
        "Wilmer, Rubén Darío, Edwin, Illari, Nina Amaru, Freddy",
        "Nayra, Yhoselin, Killa, Rosa Isabel, Wara, Flor de María",
        "Quispe, Mamani, Huamán, Condori, Choque, Ccori, Yupanqui Ñaupari, Apaza",
        two=10,
    ),
    pool(
        "maya", "Latn-es", "double",
        "Itzamná, Carlos Enrique, Byron, Edgar",
        "Ixchel, Elisa, Nikté, Marisol",
        "Ch'en, Ixcoy, Tzunún, Pop Caal, Xol, B'alam",
    ),
    pool(
        "brazil", "Latn-pt-BR", "several",
        "João Pedro, Thiago, Luís Otávio, Wesley, Caio, Antônio, Murilo, Raí, José Henrique",
        "Ana Luíza, Letícia, Thaís, Maria Eduarda, Júlia, Érica, Ângela, Iara, Patrícia",
        """da Silva, Oliveira, dos Santos, Araújo, Cavalcanti, de Albuquerque, Nascimento,
        Brandão, e Souza, Figueirêdo, Conceição, do Amaral, Tupinambá, Yamashita, Kowalski""",
        two=15,
    ),
    pool(
        "caribbean", "Latn-en", "plain",
        "Andre, Dwayne, Kareem, Jermaine, Romario, Nigel",
        "Shanice, Kerry-Ann, Tamika, Giselle, Renée, Althea",
        "Campbell, Persaud, St. Hilaire, Joseph, Clarke-Baptiste, Ramkissoon, Grant, McFarlane",
        two=30,
    ),
    pool(
        "haiti", "Latn-ht", "plain",
        "Jean-Rony, Wilner, Frantz, Dieuseul",
        "Rose-Laure, Guerda, Mirlande, Islande",
        "Pierre-Louis, Jean-Baptiste, Désir, Cadet, Michaud, Saint-Fleur",
    ),
    pool(
        "american", "Latn-en", "plain",
        "Tyler, DeShawn, Ethan, Marcus, Joaquin, Wyatt",
        "Madison, Aaliyah, Kayla, Sierra, Mei-Lin, Brooke",
        "Anderson-Reyes, Washburn, Nguyen, O'Connell, Whitehorse, Delgado, Petersen, Holloway",
        two=40,
    ),
    pool(
        "quebec", "Latn-fr-CA", "plain",
        "Félix-Antoine, Guillaume, Jérémie, Olivier",
        "Marie-Ève, Noémie, Geneviève, Laurence",
        "Tremblay-Roy, Bélanger, Lévesque, Côté, St-Onge",
    ),
    pool(
        "surinam", "Latn-nl", "plain",
        "Ravi, Winston, Soeki, Kenneth",
        "Sharmila, Urmila, Priscilla, Juanita",
        "Ramdin, Pinas, Kromodimedjo, van Dijk, Soerodimedjo",
    ),
)  # fmt: skip  # a table, read by its rows
