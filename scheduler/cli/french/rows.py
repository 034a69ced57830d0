"""Why a row of a file of people, a cell or a column isn't used."""

from collections.abc import Mapping

ROWS: Mapping[str, str] = {
    "this file takes too much memory to read: split it": (
        "ce fichier demande trop de mémoire pour être lu : coupez-le en plusieurs"
    ),
    "rounded by a spreadsheet: set the column to text and type it again": (
        "arrondi par un tableur : mettez la colonne en texte et retapez-le"
    ),
    "no key, and no usable address to tell the person by": (
        "ni identifiant, ni adresse utilisable pour reconnaître la personne"
    ),
    "more cells than the header: a separator inside a cell?": (
        "plus de cellules que l'en-tête : un séparateur dans une cellule ?"
    ),
    "no plausible day of birth": "ce n'est pas un jour de naissance plausible",
    "no such day in the calendar": "ce jour n'existe pas au calendrier",
    "not a date: write 2026-10-04 or 04/10/2026": (
        "ce n'est pas une date : écrivez 2026-10-04 ou 04/10/2026"
    ),
    "neither yes nor no: write oui or non": "ni oui ni non : écrivez oui ou non",
    "not a language: write fr or en": "ce n'est pas une langue : écrivez fr ou en",
    "not a time zone: write it as Europe/Paris or Indian/Reunion": (
        "ce n'est pas un fuseau horaire : écrivez-le comme Europe/Paris ou Indian/Reunion"
    ),
    "neither a day in the past, nor oui or non: nobody is taken for dead by it": (
        "ni un jour passé, ni oui ou non : personne n'est pris pour décédé par cela"
    ),
    "no plausible day: not between 1900 and 2100": (
        "ce n'est pas un jour plausible : hors de 1900 à 2100"
    ),
    "no known territory: write FR, a department, 971 to 976, BL, MF, NC, PF, WF": (
        "territoire inconnu : écrivez FR, un département, 971 à 976, BL, MF, NC, PF, WF"
    ),
    "consent of a day to come: no proof": "accord d'un jour à venir : ce n'est pas une preuve",
    "consent from before {} (consent_since): no proof": (
        "accord d'avant le {} (consent_since) : ce n'est pas une preuve"
    ),
    "consent without how it was given and to which words proves nothing": (
        "un accord sans la manière dont il a été donné ni ses mots ne prouve rien"
    ),
    "a control character (a cell cut short, or not a text)": (
        "un caractère de contrôle (une cellule coupée, ou ce n'est pas un texte)"
    ),
    "characters that can't be read, or that were garbled before": (
        "des caractères illisibles, ou déjà abîmés"
    ),
    "accents that are none in the file's encoding": (
        "des accents qui n'en sont pas dans le codage du fichier"
    ),
    "no name: a code for nothing, a program's signs, or letters that were lost": (
        "ce n'est pas un nom : un code pour rien, des signes d'un programme, ou des lettres perdues"
    ),
    "an address or a number, which mail programs would make a link of": (
        "une adresse ou un numéro, dont les messageries feraient un lien"
    ),
    (
        "its key is somebody else's: another name and another address. Nothing was changed; say it "
        "again with --same-person KEY (they changed both) or --other-person KEY (the key was given "
        "to somebody new)"
    ): (
        "son identifiant est celui de quelqu'un d'autre : autre nom et autre adresse. Rien n'a été "
        "changé ; relancez avec --same-person CLÉ (les deux ont changé) ou --other-person CLÉ "
        "(l'identifiant a été donné à quelqu'un de nouveau)"
    ),
    "column {} (`{}`) is ignored: {}": "la colonne {} (« {} ») n'est pas lue : {}",
    "column {} (`{}`) is ignored: `{}` is taken for {}": (
        "la colonne {} (« {} ») n'est pas lue : « {} » est prise pour {}"
    ),
    "column {} (`{}`) is ignored: {} one of {} (--columns {}={} takes it all the same)": (
        "la colonne {} (« {} ») n'est pas lue : {} un sens de {} (--columns {}={} la prend quand "
        "même)"
    ),
    "no cell of its first rows is": "aucune cellule de ses premières lignes n'a",
    "under {} in 100 cells of its first rows are each": (
        "moins de {} cellules sur 100 de ses premières lignes ont"
    ),
    "column {} has no name: it is ignored": "la colonne {} n'a pas de nom : elle n'est pas lue",
    "{} has no such field": "le public {} n'a pas de tel champ",
    "it seems to hold e-mail addresses: --columns email={} takes it for that": (
        "elle semble tenir des adresses électroniques : --columns email={} la prend pour cela"
    ),
    "column {} (`{}`) seems to hold them: say --columns {}": (
        "la colonne {} (« {} ») semble les tenir : dites --columns {}"
    ),
    (
        "no column `{}`: people are told apart by address, so a person whose address changes "
        "becomes another"
    ): (
        "pas de colonne « {} » : les personnes sont reconnues par leur adresse, et qui en change "
        "devient quelqu'un d'autre"
    ),
    "no proof of consent for {}: nobody new in it can be written to there": (
        "aucune preuve d'accord pour {} : aucun nouveau venu ne pourra être joint par là"
    ),
    "the header is row {}: what stands before it is left aside": (
        "l'en-tête est la ligne {} : ce qui est avant est laissé de côté"
    ),
    "--sheet is for workbooks: a CSV file has one table": (
        "--sheet sert aux classeurs : un CSV n'a qu'une table"
    ),
    "sheet `{}` is read, and not {}: --sheet names another": (
        "la feuille « {} » est lue, et pas {} : --sheet en nomme une autre"
    ),
    "the file's accents are read as {}: look at its names": (
        "les accents du fichier sont lus comme {} : regardez ses noms"
    ),
    "{} people of {} in this file are taken for dead": (
        "{} personnes sur {} de ce fichier sont prises pour décédées"
    ),
    (
        "by its days of birth and death, this would end the membership of {} of {} people"
    ): "par ses jours de naissance et de décès, cela ferait sortir {} personnes sur {}",
    "{} of the {} people in this file are dead or too young": (
        "{} des {} personnes de ce fichier sont décédées ou trop jeunes"
    ),
    "{} rows can't be read, and may be people who would leave the audience": (
        "{} lignes ne peuvent pas être lues, et sont peut-être des gens qui sortiraient du public"
    ),
    "this would end the membership of {} of {} people": ("cela ferait sortir {} personnes sur {}"),
    "rows without proof of consent for {}: not written to there": (
        "lignes sans preuve d'accord pour {} : rien ne leur sera écrit là"
    ),
}
