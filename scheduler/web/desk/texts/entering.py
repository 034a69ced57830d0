"""Signing in, and what is said to who may not enter or ask."""

SIGN_IN_WHY = (
    "Entrez avec votre compte ; qui exploite Réflexe en donne un, et un nouveau lien si le mot de "
    "passe est perdu."
)
YOUR_NAME = "Votre nom"
PASSWORD = "Mot de passe"  # noqa: S105 - a label
PASSWORD_AGAIN = "Le même, une seconde fois"  # noqa: S105 - a label
CHOOSE_PASSWORD = "Choisir un mot de passe"  # noqa: S105 - a title
ACCOUNT_OF = "Ce compte est celui de"
PASSWORD_WHY = "Au moins 12 caractères : quelques mots sans lien entre eux font l'affaire."  # noqa: S105
CHOOSE_IT = "Choisir et entrer"
WRONG_PASSWORD = "Ce nom, ce mot de passe et ce code ne vont pas ensemble."  # noqa: S105 - a sentence
WEAK_PASSWORD = {
    "length": "Le mot de passe a de 12 à 200 caractères.",
    "repeated": (
        "Ce mot de passe répète les mêmes signes : prenez quelques mots sans lien entre eux."
    ),
    "row": (
        "Ce mot de passe suit l'ordre des lettres, des chiffres ou des touches : prenez quelques "
        "mots sans lien entre eux."
    ),
    "expected": (
        "Ce mot de passe est fait de ce qu'on essaie d'abord (votre nom, celui de l'organisation "
        "ou de Réflexe, « mot de passe ») : ajoutez-y quelques mots sans lien."
    ),
}
PASSWORDS_DIFFER = "Les deux mots de passe ne sont pas les mêmes."
LINK_SPENT = (
    "Ce lien a déjà servi, ou il est trop vieux : demandez-en un autre à qui exploite Réflexe."
)
LOGIN = "Accès au bureau"
LOGIN_WHY = (
    "Le bureau demande un jeton : il s'affiche au démarrage de Réflexe, "
    "ou l'exploitant l'a fixé dans la configuration."
)
TOKEN = "Jeton d'accès"  # noqa: S105 - a label
ENTER = "Entrer"
WRONG_TOKEN = "Ce jeton n'est pas le bon."  # noqa: S105 - a sentence
TOO_MANY_TRIES = "Trop d'essais : attendez une minute."
FROM_ELSEWHERE = "Cette demande vient d'une autre page : recommencez depuis celle-ci."
LEAVE = "Quitter"
LEFT = "Encore une étape pour quitter"
LEFT_WHY = (
    "C'est le portail de votre organisation qui dit qui vous êtes, et le bureau ne garde pas de "
    "session pour vous : quittez aussi le portail, ou fermez le navigateur."
)
LEAVE_PORTAL = "Quitter le portail"
NO_PLACE = (
    "Le portail vous connaît, mais aucun de vos groupes n'a de place ici : demandez-la à qui "
    "exploite Réflexe."
)
BY_OIDC = "Entrer avec le compte de votre organisation"
BY_PASSWORD = "Entrer avec un mot de passe d'ici"  # noqa: S105 - a label
ENTERED = "Vous êtes entré"
GO_IN = "Continuer vers le calendrier"
OIDC_FAILED = (
    "L'entrée par le compte de votre organisation n'a pas abouti : recommencez depuis le début."
)
OIDC_AWAY = (
    "Le service de comptes de votre organisation ne répond pas : recommencez dans un moment. "
    "Pour tout arrêter sans attendre, `reflexe stop-all`."
)
OIDC_NO_NAME = (
    "Le service de comptes de votre organisation ne donne pas de nom pour vous : demandez à qui "
    "exploite Réflexe."
)
NAME_TAKEN = (
    "Un autre compte porte déjà ce nom : demandez à qui exploite Réflexe de le retirer, ou un nom "
    "qui vous soit propre."
)
BY_PORTAL = "Entrez par le portail de votre organisation : c'est lui qui dit qui vous êtes."
BACK = "Revenir au calendrier"
BACK_TO_FORM = "Revenir au formulaire"
MAIL_TOO_LARGE = (
    "Ce courriel est trop gros : 2 Mo au plus. Enregistrez-le sans ses pièces jointes, ou collez "
    "son texte source."
)
