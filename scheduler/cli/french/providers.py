"""What providers answer, with the key that mends it."""

from collections.abc import Mapping

PROVIDERS: Mapping[str, str] = {
    "{} — this port speaks STARTTLS: channels.email.smtp.security: starttls": "{} — ce port parle STARTTLS : channels.email.smtp.security: starttls",
    "{} — channels.email.smtp.security: tls if the port speaks TLS from the start (465), or another port": "{} — channels.email.smtp.security: tls si le port parle TLS d'emblée (465), ou un autre port",
    "{} — this port may speak TLS from the start: channels.email.smtp.security: tls": "{} — ce port parle peut-être TLS d'emblée : channels.email.smtp.security: tls",
    "{} — name the relay's certificate authority: channels.email.smtp.ca_file": "{} — nommez l'autorité de certification du relais : channels.email.smtp.ca_file",
    "{} — write the name that is in its certificate: channels.email.smtp.host": "{} — écrivez le nom qui est dans son certificat : channels.email.smtp.host",
    "{} — the relay's administrator renews it": "{} — l'administrateur du relais le renouvelle",
    "{} — look at channels.email.smtp.username and the password (REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD or …_FILE)": "{} — voyez channels.email.smtp.username et le mot de passe (REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD ou …_FILE)",
    "{} — nothing listens there: look at channels.email.smtp.host and port": "{} — rien n'y écoute : voyez channels.email.smtp.host et port",
    "{} — no such name: look at channels.email.smtp.host": "{} — nom introuvable : voyez channels.email.smtp.host",
    "{} — look at channels.sms.twilio.account_sid and the token (REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN or …_FILE)": "{} — voyez channels.sms.twilio.account_sid et le jeton (REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN ou …_FILE)",
    "the relay doesn't offer STARTTLS{}": "le relais n'offre pas STARTTLS{}",
    "tls the relay doesn't offer STARTTLS{}": "tls : le relais n'offre pas STARTTLS{}",
    "timeout the relay didn't answer while connecting": "timeout : le relais n'a pas répondu à la connexion",
    "tls ca_file can't be read: {}": "tls : ca_file ne peut pas être lu : {}",
    "auth the relay offers no AUTH PLAIN, LOGIN or CRAM-MD5{}": "auth : le relais n'offre pas AUTH PLAIN, LOGIN ou CRAM-MD5{}",
    "auth a password never leaves without TLS: set security": "auth : un mot de passe ne part jamais sans TLS : donnez security",
    "certificate Twilio's certificate can't be verified": "certificate : le certificat de Twilio ne peut pas être vérifié",
    "connect before the request: {}": "connect : avant la requête : {}",
    "timeout no answer in time after the request": "timeout : pas de réponse à temps après la requête",
    "sender neither a sender nor a messaging service is set": "sender : ni expéditeur ni service d'envoi n'est donné",
}
