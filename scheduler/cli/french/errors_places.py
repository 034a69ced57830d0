"""More that is wrong in settings: names, hours, Sundays, files, providers, addresses to listen on."""

from collections.abc import Mapping

ERRORS_PLACES: Mapping[str, str] = {
    "the file {} can't be read ({})": "le fichier {} ne peut pas être lu ({})",
    "name a text file that this user may read": (
        "nommez un fichier texte que cet utilisateur peut lire"
    ),
    "names {}, which is its name": "nomme {}, qui est son nom",
    "name what it was called before": "nommez ce qu'il s'appelait avant",
    "names {}, which still exists": "nomme {}, qui existe toujours",
    "take {} out, or say with `was` what {} was called itself": (
        "retirez {}, ou dites par `was` comment {} s'appelait lui-même"
    ),
    "names {}, which {} says it was": "nomme {}, que {} dit avoir été",
    "leave it with one of the two": "laissez-le à l'un des deux",
    "there is no audience {}; config.yaml names: {}": (
        "il n'y a pas de public {} ; config.yaml nomme : {}"
    ),
    "there is no campaign {}; config.yaml names: {}": (
        "il n'y a pas de campagne {} ; config.yaml nomme : {}"
    ),
    "there is no campaign {} any more": "il n'y a plus de campagne {}",
    "campaign {} has no episode {} any more": "la campagne {} n'a plus d'épisode {}",
    "{}: {} is a secret in a file that is shared": (
        "{} : {} est un secret dans un fichier partagé"
    ),
    "give it by the environment or a *_FILE variable": (
        "donnez-le par l'environnement ou une variable *_FILE"
    ),
    "first_day is at its end already": "first_day atteint déjà la fin",
    "make it smaller than full": "donnez-lui moins que full",
    "{} is in the groups {}": "{} est dans les groupes {}",
    "leave it in one of them": "laissez-le dans l'un d'eux",
    "groups.{} is no shipped group": "groups.{} n'est pas un groupe fourni",
    "give it domains": "donnez-lui domains",
    "provider {} carries {}, not {}": "le fournisseur {} achemine {}, pas {}",
    "no provider {} for this channel": "pas de fournisseur {} pour ce canal",
    "did you mean {}? scheduler/channels has: {}": (
        "vouliez-vous dire {} ? scheduler/channels a : {}"
    ),
    "scheduler/channels has: {}": "scheduler/channels a : {}",
    "don't fit provider {} ({})": "ne conviennent pas au fournisseur {} ({})",
    "see Options in {}": "voyez Options dans {}",
    "SMS don't leave on Sundays": "les SMS ne partent pas le dimanche",
    "choose monday, or say who decided otherwise under sunday": (
        "choisissez monday, ou dites sous sunday qui en a décidé autrement"
    ),
    "write none: e-mail stays on the Sunday": "écrivez none : le courriel reste au dimanche",
    "is the Sunday itself": "est le dimanche lui-même",
    "the staff has a right to disconnect: no SMS on Sundays": (
        "le personnel a droit à la déconnexion : pas de SMS le dimanche"
    ),
    "only patients may get SMS on Sundays, and nobody says that these are": (
        "seuls des patients peuvent recevoir des SMS le dimanche, et rien ne dit que c'en sont"
    ),
    "remove the key, or write people: patients where they are": (
        "retirez la clé, ou écrivez people: patients s'ils en sont"
    ),
    "nobody decided that Sundays are tolerated": (
        "personne n'a décidé que les dimanches sont tolérés"
    ),
    "write sunday: {rule: tolerated, by: A. Durand, on: 2026-09-01}": (
        "écrivez sunday: {rule: tolerated, by: A. Durand, on: 2026-09-01}"
    ),
    "{} is outside the hours of channel {} ({} to {} that day)": (
        "{} est hors des heures du canal {} ({} à {} ce jour-là)"
    ),
    "choose a time inside them": "choisissez une heure dedans",
    "is not valid YAML ({})": "n'est pas du YAML valable ({})",
    # What the parser says, in the words of whoever types.
    "found character '\\t' that cannot start any token": "une tabulation : mettez des espaces",
    "mapping values are not allowed here": "une ligne trop à gauche ou à droite, ou un « : » de trop",
    "could not find expected ':'": "il manque un « : » après la clé",
    "found unexpected end of stream": "un guillemet ne se referme pas",
    "expected <block end>, but found '<scalar>'": "un guillemet de trop, ou un retrait différent",
    "expected <block end>, but found '<block mapping start>'": "un retrait différent des autres",
    "expected <block end>, but found '<block sequence start>'": "un retrait différent des autres",
    "expected <block end>, but found '-'": "un tiret qui n'est pas sous les autres",
    "expected ',' or ']', but got '<scalar>'": "un crochet ne se referme pas",
    "expected ',' or ']', but got ':'": "un crochet ne se referme pas",
    "expected ',' or '}', but got '<scalar>'": "une accolade ne se referme pas",
    "expected ',' or '}', but got ':'": "une accolade ne se referme pas",
    "expected the node content, but found '<document end>'": "il manque une valeur",
    "mind the indentation, the colons and the quotes on this line": (
        "voyez le retrait, les deux-points et les guillemets de cette ligne"
    ),
    "remove what it names": "retirez ce qu'il nomme",
    "holds no keys": "ne contient aucune clé",
    "start from the config.yaml that was shipped": "partez du config.yaml fourni",
    "can't be read ({})": "ne peut pas être lu ({})",
    "No such file or directory": "il n'existe pas",
    "Permission denied": "accès refusé",
    "Is a directory": "c'est un dossier",
    "Connection refused": "connexion refusée",
    "give the right path with --config": "donnez le bon chemin par --config",
    "is not UTF-8 text": "n'est pas un texte en UTF-8",
    "save it again as UTF-8": "enregistrez-le de nouveau en UTF-8",
    "the key {} stands twice": "la clé {} est écrite deux fois",
    "keep one of them": "gardez-en une",
    "the desk needs a token, and none can be kept in {} or {}": (
        "le bureau a besoin d'un jeton, et aucun ne peut être gardé dans {} ni {}"
    ),
    "give one: REFLEXE_WEB__DESK_TOKEN_FILE names its file": (
        "donnez-en un : REFLEXE_WEB__DESK_TOKEN_FILE nomme son fichier"
    ),
    "can't listen on {} ({})": "impossible d'écouter sur {} ({})",
    "stop what uses it, or choose another port with {} (or {})": (
        "arrêtez ce qui l'occupe, ou choisissez un autre port par {} (ou {})"
    ),
    # How addresses and numbers are refused.
    "a dot at the start, at the end, or two in a row before the @": (
        "un point au début, à la fin, ou deux de suite avant le @"
    ),
    "longer than {} characters": "plus de {} caractères",
    "more than {} characters before the @": "plus de {} caractères avant le @",
    "nothing after the @": "rien après le @",
    "nothing before the @": "rien avant le @",
    "more than one @ in the address": "plus d'un @ dans l'adresse",
    "no @ in the address": "pas de @ dans l'adresse",
    "what follows the @ is not a full domain name, such as example.org": (
        "ce qui suit le @ n'est pas un nom de domaine complet, comme example.org"
    ),
    "what follows the @ is not a domain name": "ce qui suit le @ n'est pas un nom de domaine",
    "the domain mixes alphabets and looks like another one": (
        "le domaine mêle des alphabets et ressemble à un autre"
    ),
    "the domain has a letter made to look like another one": (
        "le domaine a une lettre faite pour ressembler à une autre"
    ),
    "more than one address, or a name, quotes or brackets around it": (
        "plusieurs adresses, ou un nom, des guillemets ou des crochets autour"
    ),
    "an accent or a special letter before the @: many servers refuse it": (
        "un accent ou une lettre spéciale avant le @ : beaucoup de serveurs la refusent"
    ),
    ("holds a line break or a control character"): (
        "contient un retour à la ligne ou un signe de commande"
    ),
    "holds a space": "contient une espace",
    "holds something else than one telephone number": "contient autre chose qu'un numéro",
    "in no known range: check the digits, the country code and the territory": (
        "dans aucune tranche connue : vérifiez les chiffres, l'indicatif et le territoire"
    ),
    "more than one number: one number in a cell": "plusieurs numéros : un par cellule",
    "too many digits: one number in a cell": "trop de chiffres : un numéro par cellule",
    "no number": "pas de numéro",
    "too long: one number in a cell": "trop long : un numéro par cellule",
    "no name: a code for nothing, a program's signs, or letters that were lost": (
        "pas un nom : un code pour rien, des signes d'un programme, ou des lettres perdues"
    ),
    "an address or a number, which mail programs would make a link of": (
        "une adresse ou un numéro, dont les messageries feraient un lien"
    ),
    "rounded by a spreadsheet: set the column to text and type it again": (
        "arrondi par un tableur : mettez la colonne en texte et retapez-le"
    ),
    "not a telephone number": "pas un numéro de téléphone",
    "neither an e-mail address nor a telephone number (+33 6 …)": (
        "ni une adresse électronique ni un numéro de téléphone (+33 6 …)"
    ),
    'neither an e-mail address nor a number in quotes, such as "+33 6 …" ({})': 'ni une adresse électronique ni un numéro entre guillemets, comme "+33 6 …" ({})',
    "is no account SID: AC and 32 hexadecimal digits": "n'est pas un SID de compte : AC et 32 chiffres hexadécimaux",
    "copy it from Twilio's console": "copiez-le de la console Twilio",
    "warning: {}": "attention : {}",
    "{} channels.email.return_path_domain ({}) is off the domain of channels.email.from ({}), so SPF doesn't count for DMARC — choose a domain below it, or see that the relay signs by DKIM for the From domain": "{} channels.email.return_path_domain ({}) est hors du domaine de channels.email.from ({}), SPF ne compte donc pas pour DMARC — choisissez un domaine sous celui-ci, ou voyez que le relais signe par DKIM pour le domaine de From",
    "{} is a secret in a file that is shared — give it by the environment or a *_FILE variable": "{} est un secret dans un fichier partagé — donnez-le par l'environnement ou une variable *_FILE",
    "there is no message {} under templates/": "il n'y a pas de message {} sous templates/",
    "name its folder, or make it": "nommez son dossier, ou créez-le",
    "{}: {} can be read by every user — chmod 600 {}": "{} : {} peut être lu par tous les utilisateurs — chmod 600 {}",
}
