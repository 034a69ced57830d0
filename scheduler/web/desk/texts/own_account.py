"""« Mon compte »: a second code, and the team's agenda."""

MY_ACCOUNT = "Mon compte"
NO_ACCOUNT_OF_YOURS = (
    "Vous n'êtes pas entré par un compte d'ici : il n'y a ni second code ni agenda à votre nom."
)
SECOND_CODE = "Second code à la connexion"
SECOND_CODE_WHY = (
    "En plus du mot de passe, un code à six chiffres que montre une application de votre téléphone "
    "(FreeOTP, Aegis, Google ou Microsoft Authenticator…)."
)
BEGIN_CODE = "Activer le second code"
SCAN_IT = (
    "Avec l'application, lisez cette image, puis tapez le code qu'elle montre : il n'est demandé "
    "qu'ensuite, et vos autres sessions prennent fin."
)
QR_OF_CODE = "Code QR à lire avec l'application"
OR_TYPE_IT = "Ou tapez-y cette clé :"
CODE_OF_DEVICE = "Code à six chiffres"
PROVE_CODE = "Vérifier et activer"
CODE_IS_ASKED = (
    "Un second code est demandé à chaque connexion. Téléphone perdu ? Qui conduit les envois vous "
    "donne un nouveau lien, depuis « Comptes » : il remet le mot de passe et le second code à zéro."
)
REMOVE_CODE = "Ne plus demander de code"
CODE_ELSEWHERE = "Vous entrez par le fournisseur de votre organisation : c'est lui qui en demande."
WRONG_CODE = (
    "Ce code n'est pas le bon, ou a déjà servi : attendez le suivant, et vérifiez l'heure du "
    "téléphone."
)
TOO_MANY_CODES = "Trop de codes faux : aucun n'est plus regardé pendant dix minutes."
YOUR_CODE = "Second code (si vous en avez activé un)"
TEAM_AGENDA = "L'année dans votre agenda"
TEAM_AGENDA_WHY = (
    "Une adresse secrète, à donner à votre agenda (Outlook, Thunderbird, téléphone) : ce qui part, "
    "ce qui attend un accord, les billets à publier, les chiffres à saisir. Aucune personne n'y "
    "est. Qui a l'adresse lit l'agenda : ne la transmettez pas."
)
MAKE_AGENDA = "Obtenir une adresse"
RENEW_AGENDA = "Changer d'adresse (l'ancienne ne vaudra plus rien)"
END_AGENDA = "Retirer l'adresse"
AGENDA_ADDRESS = "Copiez-la maintenant, elle ne sera plus montrée :"
AGENDA_SHOWN_ONCE = "L'adresse n'est montrée qu'une fois : demandez-en une autre."

MY_TRIALS = "Mes essais"
MY_TRIALS_WHY = (
    "« M'envoyer un essai » part à ces adresses. Elles viennent du service de comptes, ou de qui "
    "conduit les envois (« Comptes ») : vous ne les tapez pas vous-même."
)
MY_TRIALS_NONE = "Aucune n'est notée."
