"""French passwords from the weakest to the strongest, each with how a guesser comes upon it.

(password, log10 of guesses as argued, what finds it.) Nobody's: each was made up for this table.
"""

OWN = "the first hundred words that are tried at a hospital"
SEASONED = "a word of those, or of the top thousand, and one of about 130 years: rule `word+year`"
SIGNED = f"{SEASONED}; a sign at the end is the same rule's next line"
KEYS = "a mask of neighbouring keys, among the first of each keyboard"
LEAKED = "lists of stolen passwords, in their first ten thousand"
TWO_WORDS = "two words of the top ten thousand side by side: the combinator attack"
PHRASE = "words of a dice list (7,776), tried word by word: 3.9 decades each"
MASK = "no list has it: every sign of its kinds, 95 at each place"

PASSWORDS: list[tuple[str, float, str]] = [
    ("123456", 0.5, "the first of every list of stolen passwords"),
    ("soleil", 0.5, OWN),
    ("hopital", 1, OWN),
    ("Bonjour", 1, f"{OWN}, with a capital"),
    ("Hôpital", 1, f"{OWN}, with its accent and a capital"),
    ("marseille", 1.5, f"{OWN}: a town"),
    ("victorcode", 1.5, f"{OWN}: the host"),
    ("Camille", 2, f"{OWN}: whose password it is, with a capital"),
    ("azerty", 2.5, LEAKED),
    ("doudou", 3, "a syllable twice, by the rule `duplicate`"),
    ("azertyuiop", 3.5, KEYS),
    ("chouchou", 4, "a syllable twice, of more letters"),
    ("Soleil1", 4, f"{OWN}, and a digit: the first of all rules"),
    ("Bonjour1", 4, f"{OWN}, and a digit"),
    ("motdepasse", 4, LEAKED),
    ("Été2026", 4, SEASONED),
    ("Ete2026!", 4, SIGNED),
    ("Soleil2026", 4, SEASONED),
    ("Soleil2026!", 4, SIGNED),
    ("Hiver2025*", 4, SIGNED),
    ("Hopital2026", 4, SEASONED),
    ("Hôpital2026!", 4, f"{SIGNED}, and accents are tried with and without"),
    ("Urgences2026!", 4, SIGNED),
    ("P@ssw0rd2026", 4, "a stolen password under the rule `a to @, o to 0`, and a year"),
    ("lapinbleu", 4, TWO_WORDS),
    ("merciInfirmiere", 4.5, f"{TWO_WORDS}, one of them of the house"),
    ("azerty123", 4.5, LEAKED),
    ("Moustache1984", 4.5, f"{SEASONED}: the cat's"),
    ("VictorCode2026!", 4.5, f"{SIGNED}: two words of the house, each with a capital"),
    ("mamanpapa", 4.5, TWO_WORDS),
    ("Azerty2026!", 5, "a stolen password, a year, a sign"),
    ("Marseille13!", 5, "a town, its department's number, a sign: a list of a thousand towns"),
    ("nicolas75", 5, "a first name of ten thousand, and a department"),
    ("loulou59", 5.5, "a syllable twice, and a department"),
    ("jetaime2026", 6, "a stolen password of three words, and a year"),
    ("Léo14072012", 6, "a name of the family and a date: 366 days in 120 years"),
    ("M0td3p@sse!", 6.5, "a stolen password under three substitutions, and a sign"),
    ("VacancesBretagne", 7, f"{TWO_WORDS}, with capitals"),
    ("0639980001", 7.5, "the mask of French mobile numbers: eight digits unknown"),
    ("Bl0c0p3r4t01r3", 7.5, "two words of the house under six substitutions"),
    ("JeSuisFatigué", 8.5, "three words of the top five hundred, with capitals"),
    ("CHU-Lyon2026", 9, "two words of the house and a year, with what may stand between"),
    ("ChatNoir2026!", 9, "two words, capitals, a year; the sign counts for nothing"),
    ("Lapin-bleu-42", 9, f"{TWO_WORDS}, with hyphens and a number"),
    ("tabouret nuage", 9, f"{TWO_WORDS}, in either order, with a blank"),
    ("tournesol marteau", 9.5, f"{TWO_WORDS}, rarer ones"),
    ("tournesol-marteau", 9.5, "the same: which sign stands between is one of ten"),
    ("x7$kQ", 10, f"{MASK}: five places"),
    ("lapin tabouret nuage", 11.5, f"{PHRASE}, three of them, common ones"),
    ("cheval batterie agrafe", 13, f"{PHRASE}, three of them and a blank's choice"),
    ("lapin tabouret nuage cravate", 15.5, f"{PHRASE}, four of them"),
    ("lapin-tabouret-nuage-cravate", 15.5, "the same with hyphens"),
    ("kT9#vL2p", 16, f"{MASK}: eight places"),
    ("kT9#vL2pX4", 20, f"{MASK}: ten places"),
    ("girafe compote tramway lucarne brouette", 21.5, f"{PHRASE}, five of them, rarer ones"),
    ("vR7!mQz2@Lp9", 24, f"{MASK}: twelve places, the 80 bits of the CNIL"),
    ("Lpq3sdlnjmlsdm", 25, "first letters of a verse: letters and digits, 62 at fourteen places"),
    ("girafe compote tramway lucarne brouette bretelle", 26, f"{PHRASE}, six of them"),
    ("gT5&wZ8*kN3!xB6%", 31.5, f"{MASK}: sixteen places"),
    (
        "girafe compote tramway lucarne brouette bretelle pédalo",
        32,
        f"{PHRASE}, seven of them: more than the CNIL's 80 bits",
    ),
]

#: More of each kind, in no order: at least, and at most.
MORE: list[tuple[str, float, float, str]] = [
    ("Lille2026", 3, 6, "a town and a year"),
    ("Printemps2025!", 3, 6, "a season, a year, a sign"),
    ("Réanimation2026", 3, 6, "a ward and a year"),
    ("Infirmiere33", 3, 6, "a profession and a department"),
    ("Toulouse31000", 4, 7, "a town and its postcode"),
    ("qsdfghjklm", 1, 4.5, "a row of keys"),
    ("1qaz2wsx", 1, 4, "columns of keys, of another keyboard"),
    ("14/07/1989", 3, 5.5, "a date"),
    ("07121978Marie", 5, 8, "a date and a first name"),
    ("Doliprane1000", 4, 7, "a medicine and its dose"),
    ("Medecin!2026", 4, 6, "a sign between the word and the year: one rule more"),
    ("Soignant2026!!", 3, 5, "two signs after a year are worth no more than one"),
    ("Camille&Hugo", 4, 7, "two first names: & is what stands between them"),
    ("TitiToto123", 6, 9, "two small words whose capitals say where they begin"),
    ("NoelEnFamille2025", 7, 11, "three words and a year, the middle one of two letters"),
    ("CHRU_Brest29", 7, 10, "the house, the town, its department"),
    ("Lundi26Octobre!", 7, 11, "a date in words"),
    ("Xk9Lm2Pq", 14, 16, "no words: capitals don't make it one"),
    ("Kx7#pQ2vL9!m", 23, 25, "every sign of its kinds"),
    ("cheval-violon-orage-lentille", 14, 17, "four dice words"),
]
