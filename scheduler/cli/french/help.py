"""The help of the commands that send and write, of their arguments and options."""

from collections.abc import Mapping

HELP: Mapping[str, str] = {
    "Runs a cyber-awareness campaign: calendar, e-mail, SMS, every opt-out honoured.": (
        "Mène une campagne de sensibilisation cyber : calendrier, courriels, SMS, et le respect "
        "de chaque désinscription."
    ),
    "Path of config.yaml.": "Chemin de config.yaml.",
    "Print the version and stop.": "Affiche la version, sans rien faire d'autre.",
    "The language of help, errors and tables. Absent: the locale's, and French for check.": (
        "Langue de l'aide, des erreurs et des tableaux. Absente : celle du système, et le "
        "français pour check."
    ),
    "Start the daemon: it sends what is due until it is told to stop.": (
        "Démarre le démon : il envoie ce qui est dû jusqu'à ce qu'on l'arrête."
    ),
    "First load the sample audiences and rehearse over them, once.": (
        "Charge d'abord les publics d'exemple et répète sur eux, une fois."
    ),
    "The ledger is a backup, somebody has looked: let it send.": (
        "Le registre vient d'une sauvegarde, quelqu'un l'a vérifié : il peut envoyer."
    ),
    "Who has looked; absent: this account's name.": (
        "Qui l'a vérifié ; absent : le nom de ce compte."
    ),
    "Make the ledger, or bring its schema up to date. May be said twice.": (
        "Crée le registre, ou met son schéma à jour. Peut être relancé sans risque."
    ),
    "Make keys.file if it is missing (a first PostgreSQL start).": (
        "Crée keys.file s'il manque (premier démarrage sur PostgreSQL)."
    ),
    "Ask this installation's running daemon whether it is well; exit 1 when it isn't.": (
        "Demande au démon de cette installation s'il va bien ; code 1 sinon."
    ),
    "Print JSON.": "Affiche du JSON.",
    (
        "What runs, what waits, what needs a person; exit 1 when something does, or when no "
        "daemon works."
    ): (
        "Ce qui est en cours, ce qui attend, ce qui demande quelqu'un ; code 1 si c'est le cas, "
        "ou si aucun démon ne travaille."
    ),
    "What will leave, and when: twelve months from today unless dates are given.": (
        "Ce qui partira, et quand : les douze mois qui viennent, sauf dates données."
    ),
    "First date.": "Première date.",
    "Last date.": "Dernière date.",
    "Write a calendar file instead.": "Écrit plutôt un fichier d'agenda.",
    "One line each, however wide; an identifier has no line of its own.": (
        "Une ligne chacun, si large soit-elle ; l'identifiant n'a plus sa ligne à lui."
    ),
    "Play the dates under a simulated clock, on a copy, into an outbox; exit 1 on a conflict.": (
        "Joue les dates avec une horloge simulée, sur une copie, dans une boîte de sortie ; "
        "code 1 en cas de conflit."
    ),
    "First nominal date.": "Première date nominale.",
    "Last nominal date.": "Dernière date nominale.",
    "Messages kept of each kind, or all.": "Messages gardés de chaque sorte, ou all pour tous.",
    "Also each audience, channel and territory of each occurrence.": (
        "Aussi chaque public, canal et territoire de chaque rendez-vous."
    ),
    "Figures of one occurrence, by audience, channel and territory, and what each received.": (
        "Les chiffres d'un rendez-vous, par public, canal et territoire, et ce que chacun a reçu."
    ),
    "Who got it, to --out instead.": "Écrit plutôt dans --out qui l'a reçu.",
    "Whom it didn't reach and why, to --out instead.": (
        "Écrit plutôt dans --out qui ne l'a pas reçu, et pourquoi."
    ),
    "The CSV file to write.": "Le fichier CSV à écrire.",
    "Figures to the last person, for who answers for data protection.": (
        "Chiffres à la personne près, pour qui répond de la protection des données."
    ),
    "Who looks at people, for the audit log.": (
        "Qui regarde les personnes, pour le journal des actes."
    ),
    "Bring an occurrence forward: the daemon sends it now, within hours and opt-outs.": (
        "Avance un rendez-vous : le démon l'envoie maintenant, dans les heures permises et sans "
        "les désinscrits."
    ),
    "Only this audience.": "Ce public seulement.",
    "Name of this sending, for an off-calendar message.": (
        "Nom de cet envoi, pour un message hors calendrier."
    ),
    "Who asks; needed where a second person must allow.": (
        "Qui le demande ; nécessaire quand une seconde personne doit l'autoriser."
    ),
    "Don't ask for confirmation.": "Ne demande pas de confirmation.",
    "Only to these people: a file with a key or an address a row.": (
        "À ces personnes seulement : un fichier avec une clé ou une adresse par ligne."
    ),
    "A message for a list concerns everybody this time.": (
        "Un message prévu pour une liste concerne tout le monde cette fois."
    ),
    "Allow, as the second person, what was asked with send-now: it is then due.": (
        "Autorise, en seconde personne, ce qui a été demandé par send-now : c'est alors dû."
    ),
    "Its folder's path under templates/.": "Le chemin de son dossier sous templates/.",
    "Who allows it: another name than who asked.": (
        "Qui l'autorise : un autre nom que celui qui l'a demandé."
    ),
    "Take the new text of its files, for those of an occurrence who have not been served.": (
        "Reprend le texte de ses fichiers, pour ceux d'un rendez-vous qui n'ont pas été servis."
    ),
    "campaign/episode/date (+key), as `reflexe calendar` prints it.": (
        "campagne/épisode/date (+clé), comme l'affiche `reflexe calendar`."
    ),
    "Who acts, for the audit log; absent: this account's name.": (
        "Qui agit, pour le journal des actes ; absent : le nom de ce compte."
    ),
    "Who acts, for the audit log. Default: this account's name.": (
        "Qui agit, pour le journal des actes. Absent : le nom de ce compte."
    ),
    "Stop an occurrence for now; what is left waits.": (
        "Arrête un rendez-vous pour l'instant ; ce qui reste attend."
    ),
    "Go on with a paused occurrence, or a campaign or country that halts, where it stopped.": (
        "Reprend un rendez-vous en pause, ou une campagne ou un pays arrêtés, là où il en était."
    ),
    "An occurrence; with --channel, a campaign or a country by its code (+262).": (
        "Un rendez-vous ; avec --channel, une campagne, ou un pays par son indicatif (+262)."
    ),
    "Let what the provider made halt on this channel go on.": (
        "Laisse repartir ce que le fournisseur a fait arrêter sur ce canal."
    ),
    "End an occurrence for good; what has not left is cancelled.": (
        "Met fin à un rendez-vous pour de bon ; ce qui n'est pas parti est annulé."
    ),
    "Stop every channel at once: no message leaves until `resume-all`, even after a restart.": (
        "Arrête tous les canaux d'un coup : rien ne part avant `resume-all`, même après un "
        "redémarrage."
    ),
    "Go on where `stop-all` stopped; nobody gets a message twice.": (
        "Reprend là où `stop-all` a arrêté ; personne ne reçoit un message deux fois."
    ),
    "Read every message as its readers will; exit 1 when one must not leave like this.": (
        "Lit chaque message comme le liront ses lecteurs ; code 1 quand l'un d'eux ne doit pas "
        "partir ainsi."
    ),
    "Only these; all when absent.": "Ceux-là seulement ; tous en leur absence.",
    "How to print what was found.": "Forme sous laquelle afficher ce qui est trouvé.",
    "The same as --format json.": "Comme --format json.",
    "Print a JSON Schema for editors and stop.": (
        "Affiche un schéma JSON pour les éditeurs, sans rien faire d'autre."
    ),
    "Believe nothing of what was found before.": "Ne croit rien de ce qui a été trouvé avant.",
    "Print the table of rules and stop.": "Affiche le tableau des règles, sans rien faire d'autre.",
    "Show a message as its readers get it: every text of it, or the ones asked for.": (
        "Montre un message comme ses lecteurs le reçoivent : tous ses textes, ou ceux demandés."
    ),
    "Only for this audience.": "Pour ce public seulement.",
    "Only on this channel.": "Sur ce canal seulement.",
    "As read in it: fr, en, fr-falc…": "Tel qu'on le lit dans cette langue : fr, en, fr-falc…",
    "As this contact, or camille, sans-nom…": "Pour ce contact, ou camille, sans-nom…",
    "Write one message to a .eml, .html or .txt file instead.": (
        "Écrit plutôt un message dans un fichier .eml, .html ou .txt."
    ),
    "Send one message, now, through the configured provider; noted as a test, never counted.": (
        "Envoie un message, maintenant, par le fournisseur configuré ; noté comme essai, jamais "
        "compté."
    ),
    "As a reader of this audience.": "En lecteur de ce public.",
    "Your own e-mail address or telephone number.": "Votre adresse ou votre numéro à vous.",
    "Absent: the one for such an address.": "Absent : celui d'une telle adresse.",
    "Absent: the audience's. fr, fr-falc…": "Absente : celle du public. fr, fr-falc…",
    "Who sends it, for the audit log.": "Qui l'envoie, pour le journal des actes.",
    "Make a message's poster, screen, post, intranet piece or voice script; nothing is sent.": (
        "Fait l'affiche, l'écran, la publication, le morceau d'intranet ou le script d'un "
        "message ; rien ne part."
    ),
    "What to make of it.": "Ce que l'on en fait.",
    "Of a poster.": "D'une affiche.",
    "Write a .html, .pdf, .txt or .png file instead, as the twin allows.": (
        "Écrit plutôt un fichier .html, .pdf, .txt ou .png, selon ce que l'on en fait."
    ),
    "For this audience.": "Pour ce public.",
    "In it: fr, en, fr-falc…": "En : fr, en, fr-falc…",
    "Give the address of a text that isn't for everybody.": (
        "Donne l'adresse d'un texte qui n'est pas pour tout le monde."
    ),
}
