"""A file of people, dropped, looked at and taken in."""

PEOPLE_FILES = "Fichiers"
FILES_INTRO = (
    "Déposez le fichier du personnel ou des usagers, tel que le service qui le tient l'exporte "
    "(CSV, Excel, LibreOffice). Rien n'est importé avant que vous ayez vu ce qui en sera lu."
)
DROP_FILE = "Déposer un fichier"
WHOSE_PEOPLE = "Public"
PEOPLE_FILE = "Le fichier"
PEOPLE_FILE_WHY = (
    "20 Mo au plus. Il n'est gardé que le temps de l'importer, une heure au plus, et personne ne "
    "peut le télécharger d'ici."
)
DROP_IT = "Déposer"
NO_FILE = "Choisissez un fichier : celui-ci est vide, ou il n'y en a pas."
NO_SUCH_AUDIENCE = "Dites de quel public sont ces personnes."
TOO_MANY_FILES = (
    "Trop de fichiers attendent déjà ici : importez-les, ou retirez ceux qui ne servent plus."
)
FILE_TOO_LARGE = (
    "Ce fichier est trop gros : 20 Mo au plus. Enregistrez-le en CSV, ou coupez-le en plusieurs ; "
    "la commande `reflexe import` prend les plus gros."
)
FILES_HERE = "Fichiers déposés"
NO_FILES_HERE = "Aucun."
DROPPED_BY = "déposé par"
OPEN_FILE = "Voir"
FILE_OF = "Fichier"
FILE_AT_WORK = {
    False: "Lecture du fichier en cours. Cette page se met à jour d'elle-même.",
    True: (
        "Import du fichier en cours. Cette page se met à jour d'elle-même ; vous pouvez la quitter."
    ),
}
ROWS_READ = "Lignes lues"
ROWS_OF = "sur"
LOOK_AGAIN_NOW = "Renouveler la page"
FILE_STOPPED = {
    False: "La lecture s'est arrêtée avant la fin. Relancez-la.",
    True: (
        "L'import s'est arrêté avant la fin : une partie est faite. Relancez-le, la fin sera la "
        "même que s'il n'avait pas été coupé."
    ),
}
READ_IT_AGAIN = "Relire le fichier"
FILE_REFUSED = "Ce fichier ne peut pas être importé ainsi"
FILE_WAITS = "Un autre import est en cours"
FILE_DONE = "C'est importé"
FILE_DONE_WHY = "Le fichier déposé est effacé d'ici ; ce compte rendu le sera dans l'heure."
WOULD_GIVE = "Ce que l'import donnerait"
BAD_ROWS = "Lignes et cellules écartées"
NO_BAD_ROWS = "Aucune."
MORE_BAD_ROWS = "autres ne sont pas montrées"
FILE_ROW = "Ligne"
FILE_COLUMN = "Colonne"
BAD_REASON = "Raison"
FATE = "Ce qui en est fait"
EARLIER_ROWS = "Lignes précédentes"
LATER_ROWS = "Lignes suivantes"
COLUMN_MEANINGS = "Ce que chaque colonne veut dire"
COLUMNS_WHY = "Changez un sens, puis relisez le fichier : rien n'est encore importé."
CELLS = "Par exemple"
TAKEN_FOR = "Prise pour"
NOT_USED = "(pas lue)"
NO_CELLS = "(vide)"
READ_NOTES = "À savoir"
SHEET = "Feuille du classeur"
SHEET_WHY = "Laissez vide pour celle des personnes."
MODE = "Ce que le fichier contient"
MODES = {
    "add": "des personnes à ajouter ou à mettre à jour ; les autres restent",
    "replace": "tout le public ; qui n'y est pas le quitte",
}
KEYS_OF_SAME = "Identifiants de personnes qui ont changé de nom et d'adresse, un par ligne"
KEYS_OF_OTHERS = "Identifiants donnés à quelqu'un de nouveau, un par ligne"
SETTLE_KEYS = "Trancher les identifiants en doute"
LOOK_WITH_THESE = "Relire avec ces choix"
TWICE_ONE_MEANING = "Deux colonnes ont le même sens : gardez-en une."
NO_SUCH_CHOICE = "Ce choix n'existe pas ici : rechargez la page."
APPLY = "Importer"
APPLY_WHY = "Ce qui est montré ci-dessus sera fait, par les sens choisis ci-dessus."
ORIGIN = "D'où vient le fichier (dit à chacun dans son premier message)"
BASIS = "Base légale"
OWN_FILE = "Notre propre service (RH, admissions) a recueilli ces données auprès des personnes"
FILE_SURE = "Le fichier est juste : l'importer quand même"
NO_ORIGIN = "Dites d'où vient le fichier."
NO_BASIS = "Choisissez une base légale."
NOT_SURE = "Rien n'est importé : relisez l'avertissement, et cochez que le fichier est juste."
LOOKED_MEANWHILE = "Rien n'est importé : ce fichier a été relu entre-temps. Regardez-le de nouveau."
FILE_BUSY = "Un fichier est déjà en cours de lecture ou d'import : attendez qu'il soit fini."
FILE_WAITS_ITS_TURN = (
    "Ce fichier attend son tour : d'autres sont en cours de lecture ou d'import. Il est pris dès "
    "qu'ils sont finis. Cette page se met à jour d'elle-même."
)
FILE_IN_LINE = "attend son tour"
FILE_TAKEN_IN = "importé, le fichier est effacé"
FORGET_FILE = "Retirer ce fichier"
FORGET_REPORT = "Retirer ce compte rendu"
FORGET_REPORT_WHY = "Le fichier est déjà effacé d'ici. Ce qui en a été importé reste."
FORGET_FILE_WHY = "Il est effacé d'ici. Ce qui en a été importé reste."
MEANINGS = {
    "email": "adresse électronique",
    "phone": "téléphone mobile",
    "language": "langue",
    "easy_to_read": "facile à lire (oui ou non)",
    "zone": "fuseau horaire",
    "territory": "territoire",
    "postcode": "code postal (lu, jamais gardé)",
    "birth": "naissance (lue, jamais gardée)",
    "entered": "arrivée dans l'établissement",
    "death": "décès (lu, jamais gardé)",
}
PROOF_MEANINGS = {
    "date": "accord : le jour",
    "how": "accord : comment",
    "wording": "accord : les mots",
}
