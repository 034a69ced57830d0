"""Sources of people: a directory, a folder, an address, a query."""

from collections.abc import Mapping

SOURCES: Mapping[str, str] = {
    "Audiences whose people a directory, a folder, an address or a query lists.": (
        "Publics dont un annuaire, un dossier, une adresse ou une requête donne les personnes."
    ),
    "An audience with a source; all of them when absent.": (
        "Un public qui a une source ; tous, si absent."
    ),
    "An audience with a source in config.yaml.": "Un public qui a une source dans config.yaml.",
    "When each source was read, what it gave, and what was refused.": (
        "Quand chaque source a été lue, ce qu'elle a donné, et ce qui a été refusé."
    ),
    "Read a source now; exit 1 when nothing of it was taken in.": (
        "Lit une source maintenant ; code 1 quand rien n'en a été repris."
    ),
    "Read at": "Lue le",
    "Outcome": "Résultat",
    "New": "Arrivées",
    "Left": "Départs",
    "Why": "Pourquoi",
    "There is nothing new to read.": "Il n'y a rien de nouveau à lire.",
    "{} people with an address are taken in.": "{} personnes avec une adresse sont reprises.",
    "The source says that nothing has changed.": "La source dit que rien n'a changé.",
    "Nothing was changed: {}": "Rien n'a changé : {}",
    "config.yaml names no source of {}; it names: {}": (
        "config.yaml ne nomme aucune source de {} ; il nomme : {}"
    ),
    "there is no reading {}: `reflexe sources list` shows them": (
        "il n'y a pas de lecture {} : `reflexe sources list` les montre"
    ),
    (
        "less than half, nothing is replaced: {} people with an address, and {} the last time; if "
        "that is right, say reflexe sources read {} --yes"
    ): (
        "moins de la moitié : je ne remplace rien ; {} personnes avec une adresse, {} la fois "
        "d'avant ; si c'est juste, dites reflexe sources read {} --yes"
    ),
    # What a source says of itself
    "{} gives more than {} rows": "{} donne plus de {} lignes",
    "the connection broke ({})": "la connexion s'est rompue ({})",
    "it wasn't read to its end in {} seconds": "il n'a pas été lu jusqu'au bout en {} secondes",
    "the directory gives no more than a part: raise its limit for this account ({})": (
        "l'annuaire ne donne qu'une partie : relevez sa limite pour ce compte ({})"
    ),
    "the directory knows no such base, filter or attribute ({})": (
        "l'annuaire ne connaît pas cette base, ce filtre ou cet attribut ({})"
    ),
    "the directory refuses bind_dn or its password ({})": (
        "l'annuaire refuse bind_dn ou son mot de passe ({})"
    ),
    "its certificate isn't trusted: see ca_file ({})": (
        "son certificat n'est pas reconnu : voir ca_file ({})"
    ),
    "the directory doesn't answer, or broke off ({})": (
        "l'annuaire ne répond pas, ou s'est interrompu ({})"
    ),
    "{} attributes have several values: the first is taken": (
        "{} attributs ont plusieurs valeurs : la première est prise"
    ),
    "{} entries have neither key nor address: left aside": (
        "{} entrées n'ont ni clé ni adresse : laissées de côté"
    ),
    "{} parts of the directory are on other servers: not asked": (
        "{} parties de l'annuaire sont sur d'autres serveurs : pas demandées"
    ),
    "the folder can't be read ({})": "le dossier ne peut pas être lu ({})",
    "`{}` can't be read ({})": "`{}` ne peut pas être lu ({})",
    "`{}` is larger than {} MB": "`{}` est plus grand que {} Mo",
    "the file could not be moved to done ({}): it isn't read again": (
        "le fichier n'a pas pu être déplacé dans done ({}) : il n'est pas relu"
    ),
    "the certificate of {} isn't trusted: see ca_file": (
        "le certificat de {} n'est pas reconnu : voir ca_file"
    ),
    "{} doesn't answer, or broke off ({})": "{} ne répond pas, ou s'est interrompu ({})",
    "{} answers {}: see its account": "{} répond {} : voir son compte",
    "{} answers {}, a redirection: give the last address": (
        "{} répond {}, un renvoi : donnez la dernière adresse"
    ),
    "{} answers {}": "{} répond {}",
    "{} answers {}, or encoded": "{} répond {}, ou codé",
    "{} doesn't say how long its answer is: half of it would look whole": (
        "{} ne dit pas combien sa réponse est longue : une moitié semblerait entière"
    ),
    "the answer is larger than {} MB": "la réponse est plus grande que {} Mo",
    "the answer didn't come within {} seconds": "la réponse n'est pas venue en {} secondes",
    "{} broke off half-way": "{} s'est interrompu en chemin",
    "no whole file came within {} seconds": "aucun fichier entier n'est venu en {} secondes",
    "the folder has more than {} files: give it one of its own": (
        "le dossier a plus de {} fichiers : donnez-lui-en un à part"
    ),
    "SFTP needs a part that isn't installed: pip install 'reflexe[sftp]'": (
        "SFTP demande une partie qui n'est pas installée : pip install 'reflexe[sftp]'"
    ),
    "SFTP needs a part that isn't installed": "SFTP demande une partie qui n'est pas installée",
    "pip install 'reflexe[sftp]', or take the source away": (
        "pip install 'reflexe[sftp]', ou retirez la source"
    ),
    "{} isn't who host_key says: its key is {}": (
        "{} n'est pas celui que dit host_key : sa clé est {}"
    ),
    "host_key can't be read: write it as ssh-keyscan shows it": (
        "la clé de host_key ne peut pas être lue : écrivez-la comme ssh-keyscan la montre"
    ),
    "the private key can't be read: see its passphrase, and OpenSSH's format": (
        "la clé privée ne peut pas être lue : voir sa phrase de passe, et le format d'OpenSSH"
    ),
    "{} refuses username, or its password or key": (
        "{} refuse username, ou son mot de passe ou sa clé"
    ),
    "{} has no host key of the kind of host_key, or none of its ciphers is safe": (
        "{} n'a pas de clé de la sorte de host_key, ou aucun de ses chiffrements n'est sûr"
    ),
    "{} doesn't let this account read the folder": ("{} ne laisse pas ce compte lire le dossier"),
    "{} has no such folder: see path": "{} n'a pas ce dossier : voir path",
    "no driver for this address: install it beside the program ({})": (
        "pas de pilote pour cette adresse : installez-le à côté du programme ({})"
    ),
    "the query gives no rows: write a SELECT": "la requête ne donne pas de lignes : un SELECT",
    "the query wasn't read to its end in {} seconds": (
        "la requête n'a pas été lue jusqu'au bout en {} secondes"
    ),
    "a column holds octets: make text of it": "une colonne contient des octets : faites-en un texte",
    "the database refuses the query: {}": "la base refuse la requête : {}",
    "the database doesn't answer, or broke off: {}": (
        "la base ne répond pas, ou s'est interrompue : {}"
    ),
    "reading it broke ({}): the log has more": "la lecture a cassé ({}) : le journal en dit plus",
    # Settings
    "has signs that an address can't have: write them as %C3%A9": (
        "a des signes qu'une adresse ne peut pas avoir : écrivez-les comme %C3%A9"
    ),
    "has no such port: give one from 1 to 65535": (
        "n'a pas un tel port : donnez-en un de 1 à 65535"
    ),
    "must be ldaps://host or ldap://host, with a port if wanted": (
        "doit être ldaps://hôte ou ldap://hôte, avec un port si besoin"
    ),
    "takes no name and no query: give bind_dn, base and filter": (
        "ne prend ni nom ni requête : donnez bind_dn, base et filter"
    ),
    "must be an https address without a name in it": (
        "doit être une adresse https sans nom de compte"
    ),
    "names would cross the network in the clear": "des noms traverseraient le réseau en clair",
    "set start_tls to true": "mettez start_tls à true",
    "bind_dn and password go together": "bind_dn et password vont ensemble",
    "attributes name no address": "attributes ne nomme aucune adresse",
    "give email or phone": "donnez email ou phone",
    "username and token exclude each other": "username et token s'excluent",
    "a source is of one kind": "une source est d'une seule sorte",
    "give one of ldap, folder, https, sftp, sql": (
        "donnez ldap, folder, https, sftp ou sql, un seul"
    ),
    "must be sftp://host, with a port if wanted; the folder is path": (
        "doit être sftp://hôte, avec un port si besoin ; le dossier est path"
    ),
    "takes no name: give username": "ne prend pas de nom : donnez username",
    "is no public key of a server": "n'est pas la clé publique d'un serveur",
    "write it as ssh-keyscan shows it": "écrivez-la comme ssh-keyscan la montre",
    "an account has one way in": "un compte a une seule entrée",
    "give password or private_key": "donnez password ou private_key",
    "passphrase opens a private_key": "passphrase ouvre un private_key",
    "give it, or take passphrase away": "donnez-le, ou retirez passphrase",
    "no file would ever be quiet in time": "aucun fichier ne serait jamais calme à temps",
    "make timeout longer than quiet": "rendez timeout plus long que quiet",
    "name one of audiences, or remove the source": "nommez un des publics, ou retirez la source",
    "{} is no basis of {}": "{} n'est pas un fondement de {}",
    "audiences/{}.yaml names {}": "audiences/{}.yaml nomme {}",
}
