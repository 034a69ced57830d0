"""Accounts, sessions and the first account."""

SESSIONS = "Sessions"
SESSIONS_INTRO = (
    "Les navigateurs où quelqu'un est entré. Une session finit après une demi-heure sans rien "
    "faire, et au bout de douze heures."
)
THIS_ONE = "ici même"
LAST_USED = "dernière page"
END_SESSION = "Fermer cette session"
NO_SESSIONS = "Personne n'est entré avec un compte."
NOBODY_ACTS = (
    "Vous lisez le bureau, et rien ne s'y fait : sur un vrai site, chacun agit avec un compte à "
    "son nom."
)
MAKE_FIRST_ACCOUNT = "Créer le premier compte"
FIRST_ACCOUNT_WHY = (
    "Vous avez le jeton du bureau : créez le premier compte, le vôtre ou celui de qui conduira la "
    "campagne. Dès que son mot de passe est choisi, le jeton n'ouvre plus aucune page."
)
ACCOUNT_NAME = "Prénom et nom, comme le journal des actes les écrira"
ACCOUNT_ROLES = "Ce que cette personne peut faire"
MAKE_ACCOUNT = "Créer le compte"
ACCOUNT_MADE = "Le compte est créé"
LINK_WHY = "Un lien sert une fois, pendant trois jours, à choisir le mot de passe."
LINK_MINE = "C'est mon compte : choisir mon mot de passe"
LINK_THEIRS = (
    "C'est celui de quelqu'un d'autre : donnez-lui ce chemin, à taper après l'adresse du bureau, "
    "et à personne d'autre. Cette page ne le montre qu'une fois."
)
LINK_SHOWN_ONCE = "Ce formulaire a déjà servi ; s'il faut un autre lien, envoyez-le de nouveau."
ACCOUNTS = "Comptes"
ACCOUNTS_INTRO = (
    "Qui peut entrer au bureau, et ce que chacun peut y faire. Vous ne donnez que ce que vous "
    "pouvez faire vous-même."
)
ADD_ACCOUNT = "Donner un compte à quelqu'un"
NO_ROLE = "aucun rôle"
NO_PASSWORD_YET = "Son mot de passe n'est pas encore choisi."  # noqa: S105 - a sentence
BY_PROVIDER = "Le service de comptes de votre organisation dit ce que cette personne peut faire."
CHANGE_ROLES = "Changer ce que cette personne peut faire"
NEW_LINK = "Donner un nouveau lien"
NEW_LINK_WHY = "Pour un mot de passe perdu : l'ancien ne vaut plus, et ses sessions se ferment."
OWN_ADDRESS = "Noter où cette personne reçoit ses essais"
OWN_ADDRESS_WHY = (
    "« M'envoyer un essai » part à cette adresse ou à ce numéro, et à personne d'autre. Elle ne "
    "s'affiche qu'à cette personne."
)
OWN_ADDRESS_NOTED = "Il y en a : ce que vous tapez remplace celle du même genre."
OWN_ADDRESS_NONE = "Il n'y en a pas encore."
OWN_ADDRESS_FIELD = "Son adresse électronique, ou son numéro"
OWN_ADDRESS_NOTE = "Noter"
OWN_ADDRESS_FORGET = "Retirer l'adresse et le numéro notés"
NO_OWN_ADDRESS = (
    "Rien n'est fait : tapez une adresse électronique (prenom.nom@example.org) ou un numéro."
)
REMOVE_ACCOUNT = "Retirer ce compte"
REMOVE_ACCOUNT_WHY = "Ses sessions se ferment ; le journal des actes garde son nom."
MORE_THAN_YOURS = (
    "Cette personne peut faire ce que vous ne pouvez pas : vous ne changez rien à son compte."
)
NO_ACCOUNTS = "Personne n'a encore de compte."
NAME_IS_THERE = "Rien n'est fait : un compte porte déjà ce nom."
NOT_YOUR_ROLE_TO_GIVE = "Rien n'est fait : vous ne pouvez donner que ce que vous pouvez faire."
NOT_YOURSELF = "Rien n'est fait : demandez à quelqu'un d'autre de retirer votre compte."
NO_ACCOUNT_NAME = "Rien n'est fait : donnez un nom en lettres, de 80 signes au plus."
NO_ROLES = "Rien n'est fait : cochez au moins une chose que cette personne peut faire."
NO_ROLES_LEFT = (
    "Rien n'est fait : un compte peut faire au moins une chose. Pour que cette personne n'entre "
    "plus, retirez son compte."
)
FIRST_STEPS = (
    "Derrière ce bureau il y a de vraies personnes, et nul n'a encore de compte. Qui exploite "
    "Réflexe crée le premier, sur la machine, par cette commande :"
)
A_NAME = "Prénom Nom"
ACCOUNTS_WAIT = (
    "Des comptes attendent leur mot de passe : qui a reçu un lien l'ouvre, choisit le sien, et "
    "entre."
)
LOST_LINK = (
    "Un lien sert une fois, pendant trois jours ; qui exploite Réflexe en donne un autre, sur la "
    "machine, par cette commande :"
)
FIRST_STEPS_LINK = "Elle donne un lien, qui sert à choisir le mot de passe et fait entrer ici."
STOP_BY_COMMAND = "Pour tout arrêter sans attendre :"
