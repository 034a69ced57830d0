"""What is wrong in config.yaml, audiences/ and the environment, and how to mend it."""

from collections.abc import Mapping

ERRORS_SETTINGS: Mapping[str, str] = {
    "must be an address or a network, such as 10.0.0.5": (
        "ce doit être une adresse ou un réseau, comme 10.0.0.5"
    ),
    "names everybody, who could then write the header": (
        "désigne tout le monde, qui pourrait alors écrire l'en-tête"
    ),
    "name the proxy alone": "désignez le mandataire seul",
    "must be an https address without a path, such as https://desk.example.org": (
        "ce doit être une adresse en https sans chemin, comme https://desk.example.org"
    ),
    "no groups without groups_header": "aucun groupe sans groups_header",
    "give it, or roles for * alone": "donnez-le, ou des rôles pour * seul",
    "sign_out must begin with https://": "sign_out doit commencer par https://",
    "must be the provider's issuer, such as https://sso.example.org/realms/example": (
        "ce doit être l'émetteur du fournisseur, comme https://sso.example.org/realms/example"
    ),
    "missing: the provider sends browsers back there": (
        "il manque : le fournisseur y renvoie les navigateurs"
    ),
    "give web.desk_url": "donnez web.desk_url",
    "unknown key": "clé inconnue",
    "did you mean {}? see docs/configuration.md, or remove it": (
        "vouliez-vous dire {} ? Voyez docs/configuration.md, ou retirez-la"
    ),
    "see docs/configuration.md, or remove it": "voyez docs/configuration.md, ou retirez-la",
    "see docs/configuration.md for what it may hold": (
        "voyez dans docs/configuration.md ce qu'elle peut contenir"
    ),
    "missing": "il manque",
    "missing secret": "il manque le secret",
    "add the key, or set {} (or {}_FILE)": "ajoutez la clé, ou définissez {} (ou {}_FILE)",
    "must be text": "ce doit être un texte",
    "not a date and an hour as they are written here": (
        "ce n'est ni une date ni une heure telles qu'on les écrit ici"
    ),
    "write 2026-10-04T18:30": "écrivez 2026-10-04T18:30 pour le 4 octobre 2026 à 18 h 30",
    "not a date as it is written here": "ce n'est pas une date telle qu'on l'écrit ici",
    "write 2026-10-04 for 4 October 2026": "écrivez 2026-10-04 pour le 4 octobre 2026",
    "not a number as it is written here": "ce n'est pas un nombre tel qu'on l'écrit ici",
    "write 0.08, without a unit": "écrivez 0.08 pour 0,08 €, avec un point et sans unité",
    "not a whole number": "ce n'est pas un nombre entier",
    "write digits alone, such as 12": "écrivez des chiffres seuls, comme 12",
    'put it in quotes, such as "57"': 'mettez-le entre guillemets, comme "57"',
    "Field required": "il manque",
    "Input should be {} or {}": "ce doit être {} ou {}",
    "Input should be {}, {} or {}": "ce doit être {}, {} ou {}",
    "Input should be a valid integer": "ce doit être un nombre entier",
    "Input should be a valid integer, unable to parse string as an integer": (
        "ce doit être un nombre entier"
    ),
    "Input should be a valid decimal": "ce doit être un nombre décimal",
    "Input should be a valid boolean": "ce doit être true (oui) ou false (non)",
    "Input should be a valid boolean, unable to interpret input": (
        "ce doit être true (oui) ou false (non)"
    ),
    "Input should be a valid list": "ce doit être une liste",
    "Input should be a valid tuple": "ce doit être une liste",
    "Input should be a valid dictionary": "ce doit être des lignes « clé: valeur »",
    "Input should be a valid dictionary or instance of {}": (
        "ce doit être des lignes « clé: valeur »"
    ),
    "Input should be a valid date or datetime, {}": "ce doit être une date ({})",
    "Input should be greater than or equal to {}": "ce doit être {} ou plus",
    "Input should be less than or equal to {}": "ce doit être {} ou moins",
    "Input should be greater than {}": "ce doit être plus de {}",
    "is not written as it is here": "ne s'écrit pas ainsi ici",
    "is no interval": "n'est pas un intervalle",
    "write 15m, 6h or 1d: minutes, hours or days": "écrivez 15m, 6h ou 1d : minutes, heures ou jours",
    "is no address of a database": "n'est pas l'adresse d'une base de données",
    "write it as postgresql+psycopg://user@host/name": (
        "écrivez-la comme postgresql+psycopg://user@host/name"
    ),
    "String should have at least {} characters": "au moins {} caractères",
    "no such rule — write none, monday, saturday, sunday, or monday-08:30": (
        "règle inconnue — écrivez none, monday, saturday, sunday, ou monday-08:30"
    ),
    "no such rule": "règle inconnue",
    "write none, monday, saturday, sunday, or monday-08:30": (
        "écrivez none, monday, saturday, sunday, ou monday-08:30"
    ),
    "docs/fr/droit.md has them all": "docs/fr/droit.md les donne toutes",
    "did you mean {}? docs/fr/droit.md has them all": (
        "vouliez-vous dire {} ? docs/fr/droit.md les donne toutes"
    ),
    "nobody is named": "personne n'est nommé",
    "write who decided": "écrivez qui a décidé",
    "there is no audience {}": "il n'y a pas de public {}",
    "there is no audience {} with contacts of its own": (
        "il n'y a pas de public {} qui ait ses propres contacts"
    ),
    "there is no channel {}": "il n'y a pas de canal {}",
    "name one listed at the top": "nommez-en un de la liste en tête",
    "name one of audiences, or remove the key": "nommez-en un de audiences, ou retirez la clé",
    "name an audience of config.yaml that has contacts of its own": (
        "nommez un public de config.yaml qui a ses propres contacts"
    ),
    "{} has no contacts": "{} n'a pas de contacts",
    "write {}, or remove the name": "écrivez {}, ou retirez le nom",
    "is a reserved name": "ce nom est réservé",
    "choose another name; this one is the program's own": (
        "choisissez un autre nom ; celui-ci est au programme"
    ),
    "is no known territory": "territoire inconnu",
    "use FR, a department such as 57, or 971 to 976, BL, MF, NC, PF, WF": (
        "écrivez FR, un département comme 57, ou 971 à 976, BL, MF, NC, PF, WF"
    ),
    "e-mail shifts to monday or not at all": "le courriel se décale au lundi ou pas du tout",
    "use none or monday": "écrivez none ou monday",
    "{} is no segment field of {}": "{} n'est pas un champ de segment de {}",
    "declare it under fields with segment: true": "déclarez-le sous fields avec segment: true",
    "use one of: {}": "choisissez parmi : {}",
    "audience {} is not written to by e-mail on the basis of consent": (
        "on n'écrit pas par courriel au public {} sur la base du consentement"
    ),
    "choose another audience, or remove the key": "choisissez un autre public, ou retirez la clé",
    "give a PNG or JPEG of at most {} kB": "donnez un PNG ou un JPEG de {} ko au plus",
    "{} is larger than {} kB": "{} dépasse {} ko",
    "{} is neither PNG nor JPEG": "{} n'est ni un PNG ni un JPEG",
    "{} can't be read ({})": "{} ne peut pas être lu ({})",
    "give the relay's host (and port, security, username)": (
        "donnez l'hôte du relais (host, et port, security, username)"
    ),
    (
        "give channels.sms.twilio.account_sid, and the token by "
        "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN (or …_FILE)"
    ): (
        "donnez channels.sms.twilio.account_sid, et le jeton par "
        "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN (ou …_FILE)"
    ),
    "nothing would sign": "rien ne signerait",
    "give rsa, ed25519 or both; or take dkim: out": "donnez rsa, ed25519 ou les deux ; ou retirez dkim:",
    "{} has no key": "{} n'a pas de clé",
    "name its PEM file by {}": "nommez son fichier PEM par {}",
    "{}: the key asks for a passphrase": "{} : la clé demande une phrase de passe",
    "{}: the key isn't a private key as PEM": "{} : la clé n'est pas une clé privée au format PEM",
    "{}: the key isn't an Ed25519 key": "{} : la clé n'est pas une clé Ed25519",
    "{}: the key isn't an RSA key": "{} : la clé n'est pas une clé RSA",
    "{}: the key has {} bits, of {} at least": "{} : la clé a {} bits, il en faut {}",
    "mend the file of {}": "corrigez le fichier de {}",
    "dkim.domain {} isn't that of from ({}), nor above it": (
        "dkim.domain {} n'est ni celui de from ({}), ni au-dessus"
    ),
    "take it out, or name the sender's own": "retirez-le, ou nommez celui de l'expéditeur",
    "a password would cross the network in the clear": "un mot de passe passerait en clair",
    "the password would cross the network in the clear": "le mot de passe passerait en clair",
    "set security to starttls or tls": "mettez security à starttls ou tls",
    "username and password go together": "username et password vont ensemble",
    "give both, or neither": "donnez les deux, ou aucun",
    "tenant is missing": "il manque tenant",
    "give the directory's id or domain": "donnez l'identifiant ou le domaine de l'annuaire",
    "token_url would carry the secret in the clear": "token_url ferait passer le secret en clair",
    "give a URL that begins with https://": "donnez une URL qui commence par https://",
    "password and oauth2 exclude each other": "password et oauth2 s'excluent",
    "only an onboarding campaign's episode says the same as a series'": (
        "seul l'épisode d'une campagne d'accueil (onboarding) dit la même chose que celui d'une "
        "série"
    ),
    "nobody is to be mailed": "personne n'est à prévenir par courriel",
    "give alarms.mail_to, or remove the key": "donnez alarms.mail_to, ou retirez la clé",
    "no series has an episode {}": "aucune série n'a d'épisode {}",
    "name one as campaign/episode, or remove the key": (
        "nommez-en un sous la forme campagne/épisode, ou retirez la clé"
    ),
    "audience {} isn't said to be staff: no entry is kept there": (
        "rien ne dit que le public {} est du personnel : aucune date d'entrée n'y est gardée"
    ),
    "take it out, or say people: staff in audiences/{}.yaml": (
        "retirez-le, ou écrivez people: staff dans audiences/{}.yaml"
    ),
    "give one of them": "donnez l'un des deux",
    "pace.spend_cap_per_day is less than a segment costs ({})": (
        "pace.spend_cap_per_day est moindre que le prix d'un segment ({})"
    ),
    "raise it": "augmentez-le",
    "must be an https address without query, such as https://cyber.example.org": (
        "ce doit être une adresse https sans paramètre, comme https://cyber.example.org"
    ),
    "must be an address, or Name <address>": "ce doit être une adresse, ou Nom <adresse>",
    "must be host:port, such as 127.0.0.1:8080": "ce doit être hôte:port, comme 127.0.0.1:8080",
    "must be the address of an OTLP/HTTP receiver, such as http://127.0.0.1:4318": (
        "ce doit être l'adresse d'un récepteur OTLP/HTTP, comme http://127.0.0.1:4318"
    ),
    'must be a time in quotes, such as "10:00"': (
        'ce doit être une heure entre guillemets, comme "10:00"'
    ),
    "between 02:00 and 03:00 clocks skip or repeat": (
        "entre 02:00 et 03:00 les horloges sautent ou répètent"
    ),
    "choose another time": "choisissez une autre heure",
    "an event's time is a local wall time": "l'heure d'un événement est celle du lieu",
    "write 2026-10-13T14:30 and set zone": "écrivez 2026-10-13T14:30 et donnez zone",
    "no database this program knows": "base inconnue de ce programme",
    "write sqlite:///path or postgresql+psycopg://user@host/name": (
        "écrivez sqlite:///chemin ou postgresql+psycopg://utilisateur@hôte/nom"
    ),
    (
        "must be a name of 3 to 11 letters and digits without space or accent, or a short code "
        "36xxx or 38xxx (numbers in 06 and 07 are forbidden to automated sending)"
    ): (
        "ce doit être un nom de 3 à 11 lettres et chiffres sans espace ni accent, ou un numéro "
        "court 36xxx ou 38xxx (les numéros en 06 et 07 sont interdits à l'envoi automatisé)"
    ),
    "names nobody: operators refuse generic words": (
        "ne nomme personne : les opérateurs refusent les mots génériques"
    ),
    "use the organisation's": "prenez celui de l'organisme",
    "must be one line of words of at most {} characters, in quotes, such as 'poste 4242, jour et "
    "nuit'": (
        "ce doit être une ligne de mots de {} caractères au plus, entre guillemets, par exemple "
        "'poste 4242, jour et nuit'"
    ),
    "must be a name of 2 to 20 letters of the alphabet of SMS": (
        "ce doit être un nom de 2 à 20 lettres de l'alphabet SMS"
    ),
    "must be 3 to 24 signs of the alphabet of SMS": "ce doit être 3 à 24 signes de l'alphabet SMS",
    "write Firmin Crochet": "écrivez Firmin Crochet",
    "write CH de l'Exemple": "écrivez CH de l'Exemple",
    "{} says something of the reader's health on a locked screen": (
        "{} dit quelque chose de la santé du lecteur sur un écran verrouillé"
    ),
    "a neutral name": "prenez un nom neutre",
    "not a usable e-mail address ({})": "adresse électronique inutilisable ({})",
    "not an IANA time zone, such as Europe/Paris": "pas un fuseau IANA, comme Europe/Paris",
    "not a domain name ({})": "pas un nom de domaine ({})",
    "{} is no rule of a {} campaign": "{} n'est pas une règle d'une campagne {}",
    "{} is outside the hours of channel {} ({} to {})": (
        "{} est hors des heures du canal {} ({} à {})"
    ),
    "choose a time inside them, or change the channel's hours": (
        "choisissez une heure dedans, ou changez les heures du canal"
    ),
    "the event ends before it starts": "l'événement finit avant de commencer",
    "mend starts or ends": "corrigez starts ou ends",
    "closes before it opens": "ferme avant d'ouvrir",
    'write ["08:00", "20:00"], the earlier first': (
        'écrivez ["08:00", "20:00"], la plus tôt d\'abord'
    ),
    'write ["08:00", "20:00"]': 'écrivez ["08:00", "20:00"]',
    "lies outside {}, where no SMS may leave (operators' charter of 2026)": (
        "sort de {}, où aucun SMS ne peut partir (charte des opérateurs de 2026)"
    ),
}
