"""Why an act is refused: a name that stands for nothing, a file, a sending, a person."""

from collections.abc import Mapping

ERRORS_ACTS: Mapping[str, str] = {
    "there is no file {}": "il n'y a pas de fichier {}",
    "{} is a folder: give a file that is in it": "{} est un dossier : donnez un fichier qui y est",
    "an account's name has no control sign, no line's end and no tab": (
        "le nom d'un compte n'a ni signe de contrôle, ni retour à la ligne, ni tabulation"
    ),
    "an account's name has letters, {} signs at most": (
        "le nom d'un compte a des lettres, et {} signes au plus"
    ),
    "{} is no role; there are: {}": "{} n'est pas un rôle ; il y a : {}",
    "an account has a role at least; there are: {}": "un compte a au moins un rôle ; il y a : {}",
    "{} signs in by the OpenID provider, which gives their roles": (
        "{} entre par le fournisseur OpenID, qui donne ses rôles"
    ),
    "there is an account {} already": "il y a déjà un compte {}",
    "somebody may sign in already": "quelqu'un peut déjà entrer",
    "there is no account {}: `reflexe accounts list` shows them": (
        "il n'y a pas de compte {} : `reflexe accounts list` les montre"
    ),
    "reflexe: {}": "reflexe : {}",
    "{} can't be read: {}": "{} ne peut pas être lu : {}",
    "{} can't be written: {}": "{} ne peut pas être écrit : {}",
    "there is no occurrence {}; there are: {}": "il n'y a pas de rendez-vous {} ; il y a : {}",
    "{} may be any of these, say which: {}": "{} peut être l'un de ceux-ci, dites lequel : {}",
    "give an address or number, or --domain, and not both": (
        "donnez une adresse ou un numéro, ou --domain, et pas les deux"
    ),
    "--domain and --since go together": "--domain et --since vont ensemble",
    ("say why: an empty --reason explains nothing"): (
        "dites pourquoi : un --reason vide n'explique rien"
    ),
    "{} is no day: write 2026-10-04": "{} n'est pas un jour : écrivez 2026-10-04",
    "--deceased closes every channel, to everybody who has it": (
        "--deceased ferme tous les canaux, pour tous ceux qui l'ont"
    ),
    "give --allow or --refuse, and not both": "donnez --allow ou --refuse, pas les deux",
    "{}/{} goes by itself to whoever enters, week by week: there is nothing to send by hand": (
        "{}/{} part de lui-même vers qui arrive, semaine après semaine : rien n'est à envoyer à "
        "la main"
    ),
    "give an address or number, or --file, and not both": (
        "donnez une adresse ou un numéro, ou --file, et pas les deux"
    ),
    "--channel is one of: {}": "--channel est l'un de : {}",
    "--person is of one address, and not of a --file": (
        "--person vaut pour une adresse, et pas pour un --file"
    ),
    "{}: write MEANING=COLUMN, such as phone=Portable": (
        "{} : écrivez SENS=COLONNE, comme phone=Portable"
    ),
    "--out takes a .eml or .html file for an e-mail, a .txt file for any message": (
        "--out prend un fichier .eml ou .html pour un courriel, .txt pour tout message"
    ),
    "say --people or --unreached, and the file by --out": (
        "dites --people ou --unreached, et le fichier par --out"
    ),
    "a number, or all": "un nombre, ou all",
    "it ends before it starts": "la fin précède le début",
    "give numbers, or --all OCCURRENCE": "donnez des numéros, ou --all RENDEZ-VOUS",
    "{} does not address {}: it has {}": "{} ne s'adresse pas à {} : elle a {}",
    "{} needs a second person: say who asks, with --by NAME": (
        "{} demande une seconde personne : dites qui le demande, par --by NOM"
    ),
    "config.yaml has no channel {}": "config.yaml n'a pas de canal {}",
    "{} selects from {} and has no contacts of its own: import into {}": (
        "{} choisit dans {} et n'a pas de contacts à lui : importez dans {}"
    ),
    "--origin is empty: say where the file comes from": (
        "--origin est vide : dites d'où vient le fichier"
    ),
    "{} is no basis of {}: audiences/{}.yaml names {}": (
        "{} n'est pas une base de {} : audiences/{}.yaml nomme {}"
    ),
    (
        "contact {} is frozen since {} (GDPR article 18): nothing of theirs is erased until "
        "`reflexe contacts unfreeze '#{}'`"
    ): (
        "la fiche {} est gelée depuis le {} (article 18 du RGPD) : rien n'en est effacé avant "
        "`reflexe contacts unfreeze '#{}'`"
    ),
    "campaign {} has no episode {}: it has {}": "la campagne {} n'a pas d'épisode {} : elle a {}",
    "--key {} names nothing: give it letters or digits": (
        "--key {} ne nomme rien : donnez-lui des lettres ou des chiffres"
    ),
    "{}/{} has no date: type it in config.yaml first": (
        "{}/{} n'a pas de date : écrivez-la d'abord dans config.yaml"
    ),
    (
        "{}/{} is off the calendar: give this sending a name with --key (the same key never sends "
        "twice)"
    ): (
        "{}/{} est hors calendrier : nommez cet envoi par --key (une même clé n'envoie jamais deux "
        "fois)"
    ),
    "{} may have left under another name: {}": "{} est peut-être parti sous un autre nom : {}",
    "{} can't leave: {}": "{} ne peut pas partir : {}",
    "{} doesn't halt on {}; halted: {}": "{} n'est pas à l'arrêt sur {} ; à l'arrêt : {}",
    "the file holds no usable row: nothing was changed{}": (
        "le fichier n'a aucune ligne utilisable : rien n'a été changé{}"
    ),
    (
        "{}: if the file is right, say it again with --yes; if a column is taken for what it "
        "isn't, say --columns death= or --columns birth="
    ): (
        "{} : si le fichier est juste, relancez avec --yes ; si une colonne est prise pour ce "
        "qu'elle n'est pas, dites --columns death= ou --columns birth="
    ),
    (
        "{} rows can't be read, and may be people who would leave the audience: mend them, or say "
        "it again with --yes"
    ): (
        "{} lignes ne peuvent pas être lues, et sont peut-être des gens qui sortiraient du public : "
        "corrigez-les, ou relancez avec --yes"
    ),
    (
        "this would end the membership of {} of {} people: if the file is right, say it again "
        "with --yes"
    ): ("cela ferait sortir {} personnes sur {} : si le fichier est juste, relancez avec --yes"),
    "--to-list and --to-everybody exclude each other: say one of them": (
        "--to-list et --to-everybody s'excluent : dites l'un des deux"
    ),
    "{} is on the calendar: only a message off it goes to a list": (
        "{} est au calendrier : seul un message hors calendrier va à une liste"
    ),
    (
        "{} goes to a list of people: give their keys or addresses by --to-list FILE, or say "
        "--to-everybody if it concerns everybody"
    ): (
        "{} va à une liste de personnes : donnez leurs clés ou adresses par --to-list FICHIER, ou "
        "dites --to-everybody s'il concerne tout le monde"
    ),
    "nobody in the list is known here: is it the right file and audience?": (
        "personne de la liste n'est connu ici : est-ce le bon fichier, le bon public ?"
    ),
    "nobody here has this number, key or address": (
        "personne ici n'a ce numéro, cette clé ou cette adresse"
    ),
    "{} has no text yet: what its files say when it is due will be sent": (
        "{} n'a pas encore de texte : c'est celui de ses fichiers au moment dû qui partira"
    ),
    "{}: its files say what is being sent already": "{} : ses fichiers disent déjà ce qui part",
    "{} was approved as it is: cancel it, and ask again under another --key": (
        "{} a été autorisé tel quel : annulez-le, et redemandez-le sous une autre --key"
    ),
    (
        "{} may be the people of another audience under a new name, with opt-outs that the file "
        "doesn't know: {}"
    ): (
        "{} est peut-être un autre public sous un nouveau nom, avec des désinscriptions que le "
        "fichier ne connaît pas : {}"
    ),
    "{} was cancelled: it is not sent again": "{} a été annulé : il n'est pas renvoyé",
    "{} is paused: reflexe resume {}, then it leaves at once": (
        "{} est en pause : reflexe resume {}, et il part aussitôt"
    ),
    "{} is {}: it can't become {}": "{} est {} : il ne peut pas devenir {}",
    "{} is {}: it can't be cancelled": "{} est {} : il ne peut pas être annulé",
    "{} has opted out: `reflexe optout remove` if its holder wants that": (
        "{} est désinscrit : `reflexe optout remove` si son titulaire le veut"
    ),
    "{}: no text for {} on channel {}": "{} : pas de texte pour {} sur le canal {}",
    "no one person is known by this address who has one for {}: give that one": (
        "plusieurs personnes ou aucune n'ont cette adresse avec une pour {} : donnez celle-là"
    ),
    ("{} is larger than {} MB: a list has a key a row"): (
        "{} dépasse {} Mo : une liste a une clé par ligne"
    ),
    "{} is no text file: save the list as CSV or text, in UTF-8": (
        "{} n'est pas un fichier texte : enregistrez la liste en CSV ou en texte, en UTF-8"
    ),
    "no answer of the token server: {}": "pas de réponse du serveur de jetons : {}",
    "no folder {} to move messages to": "pas de dossier {} où ranger les messages",
    "{} has begun to leave, to other people than these: give this list another --key": (
        "{} a commencé à partir, à d'autres que ceux-ci : donnez une autre --key à cette liste"
    ),
    (
        "{}: who got it is forgotten by now (retention.deliveries_months), and nobody may get it "
        "twice — send it under another key, or wait for its next season"
    ): (
        "{} : qui l'a reçu est oublié (retention.deliveries_months), et personne ne doit le "
        "recevoir deux fois — envoyez-le sous une autre clé, ou attendez sa prochaine saison"
    ),
    "{}: its texts were taken anew this very moment: say it again": (
        "{} : ses textes viennent d'être repris à l'instant : relancez"
    ),
    "scheduled": "prévu",
    "running": "en cours",
    "finished": "terminé",
    "missed": "manqué",
    "held": "retenu",
    "--out takes a {} file for this twin": "--out prend un fichier {} pour ce jumeau",
    "this message has no drawing to make a picture of": (
        "ce message n'a pas de dessin dont faire une image"
    ),
    "a .pdf wants the extra 'pdf' (pip install 'reflexe[pdf]') and Pango; "
    "or print the .html from a browser": (
        "un .pdf demande l'option « pdf » (pip install 'reflexe[pdf]') et Pango ; "
        "sinon, imprimez le .html depuis un navigateur"
    ),
}
