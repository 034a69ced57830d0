"""Messages with one fault each, and good ones that a hasty reader would take for faulty."""

from dataclasses import dataclass

SUBJECT = "Une porte fermée, un poste tranquille"
PREHEADER = "Trois gestes simples pour garder ses affaires à l’abri."
BODY = "# Fermer sa porte\n\nBonjour,\n\nVerrouillez votre écran avant de vous lever.\n"
#: Line of an e-mail's file at which its body starts.
START = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """What differs from a good message, and what ``check`` says of it."""

    subject: str = SUBJECT
    preheader: str = PREHEADER
    body: str = BODY
    sms: str = ""
    #: Lines added to message.yaml.
    fields: str = ""
    #: The rule expected, and the line; empty: nothing at all.
    rule: str = ""
    line: int = 0
    #: End of the file's name.
    file: str = "email.fr.md"


def mail(sentence: str, rule: str = "") -> Sample:
    """A paragraph of its own in an e-mail, at line 9."""
    return Sample(body=f"# Fermer sa porte\n\nBonjour,\n\n{sentence}\n", rule=rule, line=9)


def subject(words: str, rule: str = "") -> Sample:
    return Sample(subject=words, rule=rule, line=2)


def preheader(words: str, rule: str = "") -> Sample:
    return Sample(preheader=words, rule=rule, line=3)


def sms(words: str, rule: str = "") -> Sample:
    return Sample(sms=words, rule=rule, line=1, file="sms.fr.txt")


FAULTY = (
    # What C1 names.
    subject("x" * 60, "subject-length"),
    mail("Bonjour {{ prenon }}.", "structure"),
    mail("Lisez [leur site](https://ailleurs.example/page).", "link-domain"),
    mail("Voyez [www.ameli.fr](https://www.cnil.fr).", "link-text"),
    mail("Voyez [bit.ly/abc](https://bit.ly/abc).", "shortener"),
    subject("Urgent : vérifiez votre poste", "urgency"),
    mail("![](https://www.example.org/photo.png)", "image"),
    sms("Cybermois : " + "x" * 120, "sms-length"),
    sms("Cybermois : verrouillez votre poste avant même de partir.", "sms-alphabet"),
    # Urgency.
    subject("Action requise sur votre poste", "urgency"),
    subject("À lire immédiatement", "urgency"),
    subject("Réponse en urgence, merci", "urgency"),
    subject("« Urgent : votre compte »", "urgency"),
    subject("Dernier rappel avant la fin du mois", "urgency"),
    subject("Hurry, the offer ends", "urgency"),
    preheader("Agissez vite pour garder votre accès au service du personnel.", "urgency"),
    mail("Vous avez 24 heures pour répondre.", "urgency"),
    mail("Merci de répondre sous 48 h.", "urgency"),
    mail("Dépêchez-vous, la fin approche.", "urgency"),
    mail("N’attendez plus.", "urgency"),
    mail("C’est urgent.", "urgency"),
    mail("Il ne vous reste que trois jours.", "urgency"),
    mail("Votre accès expire demain soir.", "urgency"),
    mail("Répondez immédiatement.", "urgency-in-text"),
    mail("Inscrivez-vous sans attendre.", "urgency-in-text"),
    # Threat.
    mail("Votre compte sera suspendu.", "threat"),
    mail("Votre messagerie professionnelle a été bloquée.", "threat"),
    mail("Répondez, faute de quoi votre dossier restera vide.", "threat"),
    mail("Vous risquez des poursuites pénales.", "threat"),
    mail("Nous avons détecté une activité suspecte.", "threat"),
    mail("Vous perdrez vos documents.", "threat"),
    subject("Votre compte est bloqué", "threat"),
    subject("Your account has been suspended", "threat"),
    # Reward.
    mail("Félicitations, vous avez gagné un téléphone.", "reward"),
    mail("Vous avez été sélectionné par notre jury.", "reward"),
    mail("Votre remboursement de 120 euros est disponible.", "reward"),
    mail("Recevez votre bon d’achat.", "reward"),
    subject("Votre colis vous attend", "reward"),
    subject("Gagnez un iPhone en dix minutes", "reward"),
    # Secrecy.
    mail("N’en parlez à personne.", "secrecy"),
    mail("Cette demande est strictement confidentielle.", "secrecy"),
    mail("Ne dites rien à vos collègues.", "secrecy"),
    # A secret, a payment.
    mail("Communiquez-nous votre mot de passe.", "secret"),
    mail("Merci de nous envoyer vos identifiants.", "secret"),
    mail("Pour continuer, saisissez votre numéro de carte bancaire.", "secret"),
    mail("Veuillez confirmer votre identité.", "secret"),
    mail("Répondez à ce message avec votre RIB.", "secret"),
    mail("Indiquez le code reçu par SMS.", "secret"),
    mail("Mettez à jour vos coordonnées bancaires.", "secret"),
    mail("N’attendez pas d’autre appel : donnez votre code.", "secret"),
    mail("Please confirm your password.", "secret"),
    sms("Cybermois : renvoyez votre mot de passe par SMS.", "secret"),
    mail("Réglez les frais de dossier.", "payment"),
    mail("Merci d’effectuer le virement : faites un virement au service.", "payment"),
    mail("Achetez des cartes cadeaux pour le service.", "payment"),
    mail("Il reste 2,99 € à payer.", "payment"),
    # Clicks, codes to scan, files.
    mail("Cliquez ici pour en savoir davantage.", "click"),
    mail("Suivez ce lien.", "click"),
    mail("Connectez-vous pour éviter la fermeture du service.", "click"),
    mail("Scannez le QR code affiché.", "qr-code"),
    mail("Vous trouverez le guide en pièce jointe.", "attachment"),
    mail("Le compte rendu est ci-joint.", "attachment"),
    mail("Ouvrez le fichier joint.", "attachment"),
    mail("Appelez le 0 899 12 34 56.", "premium-number"),
    # Links.
    mail("Voyez [l’aide du service](http://www.example.org/aide).", "insecure-link"),
    mail("Voyez [notre page](https://192.0.2.7/aide).", "disguised-link"),
    mail("Voyez [notre page](https://3221225991/aide).", "disguised-link"),
    mail("Voyez [notre page](https://[2001:db8::1]/aide).", "disguised-link"),
    mail("Voyez [leur page](https://www.ameli.fr@piege.example/).", "disguised-link"),
    mail("Voyez [notre page](https://www.example.org:8443/aide).", "disguised-link"),
    mail("Voyez [votre compte](https://xn--amli-bpa.fr/).", "disguised-link"),
    mail("Voyez [votre compte](https://аmeli.fr/).", "disguised-link"),
    mail("Voyez [votre compte](https://ameli-remboursement.example/).", "disguised-link"),
    mail("Voyez [votre compte](https://www.arneli.fr/).", "disguised-link"),
    mail("Voyez [votre compte](https://cybermalveilance.example/).", "disguised-link"),
    mail("Le site est arneli.fr, tapez son adresse.", "disguised-link"),
    mail(
        "Voyez [notre page](https://www.example.org/go?url=https://ailleurs.example).",
        "disguised-link",
    ),
    mail("Voyez [notre page](https://www.example.org/?utm_source=mail).", "tracking"),
    mail("Voyez [notre page](https://www.example.org/?a=1&mc_eid=12).", "tracking"),
    mail("Voyez [notre page](https://www.example.org/?gclid=12).", "tracking"),
    mail("Voyez [notre page](https://www.example.org/?email=a%40b.fr).", "tracking"),
    mail("Voyez [notre page](https://www.example.org/?uid=8812).", "tracking"),
    mail("Voyez [le service](https://www.example.org/login).", "login-link"),
    mail("Voyez [confirmer mon compte](https://www.example.org/espace).", "login-link"),
    mail("Voyez [le guide](https://www.example.org/guide.zip).", "download"),
    mail("[Cliquez ici](https://www.example.org/guide)", "link-wording"),
    mail("Tout est [ici](https://www.example.org/guide).", "link-wording"),
    mail("[[En savoir plus|https://www.example.org/guide]]", "link-wording"),
    mail("Écrivez-nous : [cyber@example.org](mailto:cyber@example.org?body=oui).", "mailto"),
    mail("Voyez [notre page](https://cyber.example.org/concours).", "own-page"),
    mail("Voyez [la page](https://cyber.example.org/abonnement).", "own-page"),
    mail("Voyez [la suite](https://sms.example.org/A7K2Q9XB).", "own-page"),
    mail("Voyez [{{ prenom }}](https://www.example.org/{{ prenom }}).", "structure"),
    sms("Cybermois : la suite sur https://ailleurs.example.org", "sms-link"),
    sms("Cybermois : la suite sur bit.ly/cyber", "shortener"),
    sms("Cybermois : pour ne plus rien recevoir, STOP au 36111.", "sms-stop"),
    # Pictures and HTML.
    mail('<img src="https://www.example.org/p.gif" width="1" height="1">', "image"),
    mail("<script>alert(1)</script>", "html"),
    mail('Un <span style="color:red">mot</span>.', "html"),
    # Shouting, emoji, false answers.
    subject("VOTRE POSTE EST OUVERT", "shouting"),
    subject("Fermez la porte\u202f!!!", "shouting"),
    mail("VERROUILLEZ VOTRE ÉCRAN.", "shouting-in-text"),
    subject("🔒 Un poste bien fermé", "emoji"),
    mail("Bravo 🎉 à toute l’équipe.", "emoji-in-text"),
    subject("RE: votre question", "fake-reply"),
    subject("TR : compte rendu", "fake-reply"),
    # Days.
    mail("Rendez-vous ce dimanche.", "day"),
    mail("La réunion a lieu mardi 13.", "day"),
    mail("Répondez avant vendredi.", "day"),
    mail("Le Cybermois commence le 4 octobre.", "day"),
    mail("On se retrouve demain.", "day-in-text"),
    sms("Cybermois : rendez-vous le 13/10 au self.", "day"),
    # Writing.
    preheader("Trop court.", "preheader-length"),
    preheader("Une porte fermée, un poste tranquille, voilà tout.", "preheader-repeats"),
    Sample(body="   \n", rule="structure", line=5),
    Sample(body="---\n", rule="empty", line=5),
    Sample(body="## Un point\n\nUn texte.\n\n# Le titre\n", rule="heading", line=5),
    Sample(body="# Un\n\nUn texte.\n\n# Deux\n", rule="heading", line=9),
    Sample(body="#Titre\n\nUn texte.\n", rule="heading", line=5),
    mail("### Un détail", "structure"),
    mail("Bonjour {{ prenom }},", "hole"),
    mail("Bonjour [prénom],", "unfilled"),
    mail("Rendez-vous en {salle}.", "unfilled"),
    mail("TODO finir ce passage.", "unfilled"),
    mail("Un mot.{% if prenom %} Un autre.{% endif %}\nUn troisième.", "swallowed-break"),
    mail("{% if prenom %}Bonjour {{ prenom }}.", "structure"),
    mail("Il dit « bonjour et s’en va.", "quotes"),
    mail("Il dit bonjour » et s’en va.", "quotes"),
    mail("Un mot in\u200bvisible.", "signs"),
    mail("Votre аccès est fermé.", "signs"),
    mail("Une rÃ©union est prévue.", "signs"),
    mail("L'écran se verrouille.", "typography"),
    mail("Voici l’adresse : la nôtre.", "typography"),
    mail("Qui frappe?", "typography"),
    mail("Il dit «\u00a0bonjour».", "typography"),
    mail("Un instant...", "typography"),
    mail("Un  mot de trop.", "typography"),
    mail('Il dit "bonjour" en entrant.', "typography"),
    mail('Voyez {{ snippet("aid") }}', "structure"),
    mail("::: encadré Le geste\nUn texte.\n:::", "structure"),
    Sample(
        sms="Cybermois : verrouillez.\nDeuxième ligne.", rule="structure", line=1, file="sms.fr.txt"
    ),
    Sample(fields="ownr: Nous\n", rule="structure", line=4, file="message.yaml"),
)

GOOD = (
    mail("Un message dit\u00a0: «\u00a0Votre compte sera suspendu, agissez immédiatement\u00a0»."),
    mail(
        "> Votre compte est bloqué. Cliquez ici, sous 24 heures, et donnez votre code.\n\n"
        "Voilà un faux message."
    ),
    mail("::: citation\nURGENT\u00a0! Votre colis vous attend, réglez 2,99 € de frais.\n:::"),
    mail("Le service des urgences de l’hôpital reste ouvert."),
    mail("Le service de médecine d’urgence utilise deux codes."),
    mail("Le numéro d’urgence est le 112."),
    mail("Il crie «\u00a0immédiatement\u00a0» pour vous presser."),
    mail("Voyez [www.ameli.fr](https://www.ameli.fr)."),
    mail("Voyez [ameli.fr](https://www.ameli.fr/assure)."),
    mail("Tapez vous-même **www.ameli.fr** dans la barre d’adresse."),
    mail("Voyez <https://www.cnil.fr>."),
    sms("Cybermois : un SMS suspect ? Transférez-le au 33700, puis effacez-le."),
    sms("Cybermois : 17cyber.gouv.fr répond 24h/24."),
    sms("Cybermois 3/4. Menace, délai, dernier rappel ? Prenez votre temps."),
    mail("Ne donnez jamais votre mot de passe."),
    mail("Nous ne vous demanderons jamais votre mot de passe ni votre numéro de carte."),
    mail("Le support n’a jamais besoin de votre code."),
    mail("Ne communiquez pas vos identifiants, même à un collègue."),
    mail("Aucun service sérieux ne réclame une carte bancaire par message."),
    mail("Saisissez votre mot de passe uniquement sur le site dont vous avez tapé l’adresse."),
    mail("Tapez votre code à l’abri des regards."),
    mail("Changez votre mot de passe, puis prévenez le support."),
    mail("Prévenez immédiatement le support."),
    mail("Faites opposition sans attendre auprès de votre banque."),
    mail("Ne cliquez pas sur le lien."),
    mail("Avant de cliquer sur un lien, lisez l’adresse."),
    mail("N’ouvrez pas les pièces jointes inattendues."),
    mail("Une pièce jointe inattendue\u202f? On demande d’abord."),
    mail("Ajoutez le rendez-vous à votre agenda avec le fichier joint."),
    mail("Ne scannez pas un QR code collé sur une affiche."),
    mail("Votre compte est bloqué\u202f? Appelez le support."),
    mail("Si votre compte est bloqué, le support vous aide."),
    mail("Un faux message annonce que votre compte sera fermé."),
    mail("Un escroc vous promet un remboursement, ou vous dit de payer une amende."),
    mail("On vous annonce que vous avez gagné\u202f? C’est un piège."),
    mail("Gagnez du temps\u00a0: verrouillez votre poste."),
    mail("Mettez à jour votre téléphone."),
    mail("Réglez le verrouillage de l’écran sur cinq minutes."),
    mail("Choisissez un mot de passe long pour chaque compte."),
    mail("Confiez vos mots de passe à un coffre-fort validé."),
    mail("Gardez vos codes pour vous."),
    mail("Ce code est à vous\u00a0: ne le dictez à personne."),
    mail("Le RSSI, le CERT Santé, la CNIL et l’ANSSI vous répondent."),
    mail("Les adresses raccourcies, comme «\u00a0bit.ly\u00a0», cachent où elles mènent."),
    mail("Le site «\u00a0arneli.fr\u00a0» imite celui de l’assurance maladie."),
    mail("Le dimanche, c’est réflexe cyber."),
    mail("Le support répond du lundi au vendredi, de 8h à 18h."),
    mail("Depuis le 25 mai 2018, un règlement protège vos données."),
    mail("Voyez [la page d’aide]({{ page_aide }})."),
    mail("Voyez [Ce message vient-il de nous\u202f?](https://cyber.example.org/verifier)."),
    mail("Bonjour{% if prenom %} {{ prenom }}{% endif %},"),
    mail('Votre équipe, {{ prenom|default("vous", true) }}, peut nous écrire.'),
    mail("{% if prenom %}\nBonjour {{ prenom }}.\n{% endif %}\n\nUn texte."),
    mail("Écrivez à [cyber@example.org](mailto:cyber@example.org)."),
    mail("Appelez le [3018](tel:3018)."),
    mail("Une capture d’écran [floutée] suffit."),
    mail("L’adresse [notre page](https://www.example.org/page?numero=3) reste simple."),
    subject("On vous presse\u202f? C’est peut-être un piège"),
    subject("«\u00a0Urgent\u00a0»\u00a0: le mot qui doit nous ralentir"),
    subject("Un numéro d’urgence à garder près de soi"),
    subject("CERT Santé\u00a0: qui fait quoi"),
    subject("Vos comptes santé méritent une vraie serrure"),
    preheader("Ni soignant, ni caisse, ni banque n’a besoin du code reçu par SMS."),
)
