"""What a room's pages say besides: on telephones, on the projector, and where a code is typed."""

from collections.abc import Mapping

ROOM_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "join_title": "Rejoindre une salle",
        "code": "Code de la salle",
        "code_why": "Six lettres et chiffres, sur le grand écran.",
        "enter": "Entrer",
        "not_here": (
            "Cette salle n’est pas ouverte ici : le code est faux, la partie est finie, ou un "
            "autre serveur la tient. Vérifiez le code, puis demandez à qui anime."
        ),
        "your_team": "Votre équipe",
        "team_name": "Nom de l’équipe",
        "team_why": (
            "24 signes au plus, sans nom de personne : il s’affiche sur le grand écran. Seuls ce "
            "nom, vos points et la manche quittent ce téléphone ; jamais ce que vous tapez."
        ),
        "join": "Rejoindre",
        "fault_name": "Écrivez un nom qui se lit : une lettre ou un chiffre au moins.",
        "fault_full": "La salle est pleine : jouez avec une équipe qui y est déjà.",
        "fault_closed": "Les inscriptions sont fermées : demandez à qui anime.",
        "fault_many": "Trop d’inscriptions depuis ce réseau : réessayez dans quelques minutes.",
        "fault_lost": "La salle ne répond pas : réessayez.",
        "you_are": "Vous jouez pour : {team}.",
        "loading": "Le compteur se prépare…",
        "loaded": "Le compteur est prêt.",
        "wait_start": "La partie n’a pas commencé : regardez le grand écran.",
        "wait_next": "La manche {n} est finie. La suivante vient du grand écran.",
        "sent": "Envoyé : {p}. Tant que la manche est ouverte, le dernier essai compte.",
        "not_sent": "Pas envoyé : la salle ne répond pas. Mesurez de nouveau.",
        "too_late": "La manche était finie : cet essai ne compte pas.",
        "type_first": "Écrivez d’abord un mot de passe inventé.",
        "round_open": "La manche {n} est ouverte.",
        "your_points": "Vos points : {p}.",
        "your_place": "Votre place : {n} sur {m}.",
        "dropped": "Votre équipe a été retirée par qui anime : choisissez un autre nom.",
        "lost": "La salle ne répond pas ; nouvel essai dans un instant.",
        "gone": "Cette salle n’est pas sur ce serveur. Nous réessayons.",
        "closed": "Cette salle est fermée et oubliée. Merci d’avoir joué.",
        "given_up": (
            "Cette salle est fermée et oubliée, ou un autre serveur la tient : rechargez la page."
        ),
        "needs_script": (
            "Cette page a besoin de JavaScript : le mot de passe se mesure dans le téléphone et "
            "n’en sort pas. Sinon, jouez à plusieurs sur un autre téléphone."
        ),
        "scan": "Pour jouer : scannez, ou tapez",
        "qr": "Code QR de l’adresse de la salle",
        "and_code": "Code",
        "nobody": "Aucune équipe encore.",
        "in_room": "{n} dans la salle",
        "team_one": "équipe",
        "team_many": "équipes",
        "answered": "Ont envoyé : {n} sur {m}",
        "open_now": "ouverte",
        "ended": "finie",
        "places": "Classement",
    },
    "en": {
        "join_title": "Join a room",
        "code": "Code of the room",
        "code_why": "Six letters and digits, on the big screen.",
        "enter": "Enter",
        "not_here": (
            "This room isn’t open here: the code is wrong, the game is over, or another server "
            "has it. Check the code, then ask the host."
        ),
        "your_team": "Your team",
        "team_name": "Name of the team",
        "team_why": (
            "24 signs at most, and nobody’s name: it is shown on the big screen. Only this name, "
            "your points and the round leave this phone; never what you type."
        ),
        "join": "Join",
        "fault_name": "Write a name that can be read: one letter or digit at least.",
        "fault_full": "The room is full: play with a team that is in it.",
        "fault_closed": "Nobody is taken in any more: ask the host.",
        "fault_many": "Too many have joined from this network: try again in a few minutes.",
        "fault_lost": "The room doesn’t answer: try again.",
        "you_are": "You play for: {team}.",
        "loading": "The counter is getting ready…",
        "loaded": "The counter is ready.",
        "wait_start": "The game has not begun: look at the big screen.",
        "wait_next": "Round {n} is over. The next one comes from the big screen.",
        "sent": "Sent: {p}. While the round is open, the last try counts.",
        "not_sent": "Not sent: the room doesn’t answer. Measure again.",
        "too_late": "The round was over: this try doesn’t count.",
        "type_first": "Write a made-up password first.",
        "round_open": "Round {n} is open.",
        "your_points": "Your points: {p}.",
        "your_place": "Your place: {n} of {m}.",
        "dropped": "The host took your team away: choose another name.",
        "lost": "The room doesn’t answer; trying again in a moment.",
        "gone": "This room isn’t on this server. We try again.",
        "closed": "This room is closed and forgotten. Thank you for playing.",
        "given_up": (
            "This room is closed and forgotten, or another server has it: load the page again."
        ),
        "needs_script": (
            "This page needs JavaScript: the password is measured in the phone and never leaves "
            "it. Otherwise, play together on another phone."
        ),
        "scan": "To play: scan, or type",
        "qr": "QR code of the room’s address",
        "and_code": "Code",
        "nobody": "No team yet.",
        "in_room": "{n} in the room",
        "team_one": "team",
        "team_many": "teams",
        "answered": "Have sent: {n} of {m}",
        "open_now": "open",
        "ended": "over",
        "places": "Places",
    },
}
