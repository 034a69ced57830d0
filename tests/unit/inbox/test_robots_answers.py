"""What a robot answers for its owner is no bounce, whatever it says of an address."""

import pytest

from scheduler.domain.answers.bounces import BounceKind, Finding
from scheduler.inbox.reports.reading import read_report
from tests.samples.report import TO, dsn

TOKEN = "b+" + "a" * 40 + "@retour.example.org"
LEFT = (
    "Bonjour,\nj'ai quitté l'établissement. Cette adresse n'est plus valide, votre message n'a pas "
    "pu être transmis.\nMerci d'écrire à :\nsecretariat@ch.example\n"
)


def answer(subject: str, text: str, **fields: str) -> bytes:
    """A mail in French or English, with whatever fields its program sets."""
    known = {"From": "Claire Dupont <claire.dupont@ch.example>", "To": f"<{TOKEN}>"}
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    header = "".join(f"{name}: {value}\n" for name, value in (known | named).items())
    return (
        f"{header}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def one(raw: bytes) -> Finding:
    (found,) = read_report(raw).findings
    return found


VACATIONS = {
    "outlook": answer(
        "Réponse automatique : Poste quitté", LEFT, Return_Path="<>", Auto_Submitted="auto-replied"
    ),
    "exchange": answer(
        "Réponse automatique : Poste quitté, poste verrouillé",
        "Je suis absente jusqu'au 12 octobre. Adresse inconnue ici ? Écrivez au secrétariat.",
        Return_Path="<>",
        Auto_Submitted="auto-generated",
        X_Auto_Response_Suppress="All",
    ),
    "exchange in english": answer(
        "Automatic reply: Screen locked",
        "I no longer work here. This mailbox is disabled, the address no longer exists.\n"
        "Delivery failed? Write to desk@ch.example",
        Return_Path="<>",
        X_MS_Exchange_Inbox_Rules_Loop="claire@ch.example",
    ),
    "zimbra": answer(
        "Re: Poste quitté",
        "Cette boîte est désactivée, compte fermé.",
        Return_Path="<claire@ch.example>",
        Auto_Submitted="auto-replied (zimbra; vacation)",
        Precedence="bulk",
    ),
    "gmail": answer(
        "Je suis en congés Re: Poste quitté",
        "Cette adresse est inconnue de mes remplaçants.",
        Precedence="bulk",
        X_Autoreply="yes",
        Auto_Submitted="auto-replied",
    ),
    "lotus": answer(
        "Claire Dupont est absente (retour le 12/10)",
        "Je serai absente du 3 au 12. Votre message n'a pas été délivré à mes collègues.",
        Auto_Submitted="auto-generated",
        X_Mailer="Lotus Domino Out-of-office",
    ),
    "open-xchange": answer(
        "Absence Re: Poste quitté",
        LEFT,
        Return_Path="<>",
        Auto_Submitted="auto-replied (vacation)",
    ),
    "horde": answer(
        "Absence du bureau", LEFT, Precedence="bulk", User_Agent="Horde Vacation", Return_Path="<>"
    ),
    "dovecot sieve": answer(
        "Auto: Poste quitté", LEFT, Return_Path="<>", X_Sieve="Pigeonhole Sieve 0.5.19"
    ),
    "unix vacation": answer(
        "Poste quitté", LEFT, Return_Path="<>", Precedence="junk", Auto_Submitted="auto-replied"
    ),
    "cpanel": answer("Autorespond: Poste quitté", LEFT, X_Autorespond="yes", Return_Path="<>"),
    "a hospital's gateway": answer(
        "Réponse automatique : changement d'adresse",
        "Mon adresse de messagerie change. L'ancienne adresse n'est plus valide. Non remis.",
        From="postmaster@ch.example",
        Return_Path="<>",
        Auto_Submitted="auto-replied",
    ),
    "maternity": answer(
        "=?utf-8?Q?Absente_:_Poste_quitt=C3=A9?=",
        "Je suis en congé maternité : votre message n'a pas pu être transmis à ma remplaçante, "
        "dont le compte est encore inactif.\nNouvelle adresse : secretariat@ch.example",
        Return_Path="<>",
        Auto_Submitted="auto-replied",
    ),
    "no field but an empty return path": answer("Re: Poste quitté", LEFT, Return_Path="<>"),
    "said of a third person": answer(
        "Re: Poste quitté",
        "Madame Dupont ne fait plus partie de l'établissement, son compte n'existe plus.\n"
        "550 lits, 12 services : contactez le standard.",
        Return_Path="<>",
    ),
    "a subject at its end": answer("Poste quitté [Réponse automatique]", LEFT, Return_Path="<>"),
    "german": answer(
        "Automatische Antwort: Poste", "Ich bin bis Montag nicht im Büro.", Return_Path="<>"
    ),
    "a mail program's receipt": (
        f"From: claire@ch.example\nTo: <{TOKEN}>\nSubject: Lu : Poste\nReturn-Path: <>\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=XX\n\n"
        "--XX\nContent-Type: text/plain\n\nVotre message a été lu ; boîte inconnue.\n"
        "--XX\nContent-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822; {TO}\nDisposition: automatic-action; displayed\n\n--XX--\n"
    ).encode(),
}


@pytest.mark.parametrize("name", VACATIONS)
def test_an_absence_is_no_bounce_and_names_nobody(name: str) -> None:
    found = one(VACATIONS[name])

    assert (found.kind, found.recipient) == (BounceKind.AUTO_REPLY, "")


CHALLENGES = {
    "a French filter": answer(
        "Action requise : votre message attend votre validation",
        "Bonjour, pour que votre message soit remis à Claire Dupont, authentifiez-vous :\n"
        "https://filtre.example/captcha\nAdresse inconnue de nos expéditeurs autorisés.",
        From="noreply@filtre.example",
        Return_Path="<>",
        Auto_Submitted="auto-replied",
    ),
    "mailinblack": answer(
        "Re: Poste quitté",
        "Votre message est protégé par Mailinblack : confirmez votre adresse en un clic.",
        Return_Path="<>",
    ),
    "boxbe": answer(
        "Poste quitté (Action Required)",
        "Hello, your message about Poste quitté was waitlisted. Please add yourself to my Guest "
        "List: https://www.boxbe.example/crs",
        From="noreply@boxbe.example",
        Auto_Submitted="auto-replied",
    ),
    "waits for validation": answer(
        "Your message waits for validation",
        "It will be delivered once you verify that you are human: https://f.example/x",
        Return_Path="<>",
    ),
    "not a known sender": answer(
        "Votre message",
        "Bonjour, vous n’êtes pas un expéditeur connu, cliquez pour être accepté : "
        "https://filtre.example/a",
        From="filtre@filtre.example",
    ),
    "not a known sender, of a mailbox": answer(
        "Re: Poste quitté",
        "Vous n’êtes pas un expéditeur connu de ma messagerie. Cliquez ici pour être accepté : "
        "https://filtre.example/a",
        Auto_Submitted="auto-replied",
    ),
    "delivered once clicked": answer(
        "Votre e-mail est bloqué",
        "Je reçois beaucoup de spam. Votre e-mail sera remis dès que vous aurez cliqué sur ce "
        "lien : https://filtre.example/a",
        Auto_Submitted="auto-replied",
    ),
    "spamarrest": answer(
        "Re: Poste quitté (verification)",
        "I am protecting my mailbox with Spam Arrest. Just this once, click the link below so I "
        "can receive your email: https://spamarrest.example/a2",
    ),
    "verify yourself": answer(
        "Re: Poste quitté",
        "Please verify yourself by clicking the link below: https://f.example/x",
    ),
    "in an absence's clothes": answer(
        "Réponse automatique : Poste quitté",
        "Votre message est en attente de validation. Cliquez ici pour confirmer votre adresse : "
        "https://f.example/x",
        Return_Path="<>",
        Auto_Submitted="auto-replied",
    ),
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_filter_that_asks_for_a_proof_is_counted_apart(name: str) -> None:
    found = one(CHALLENGES[name])

    assert (found.kind, found.recipient) == (BounceKind.CHALLENGE, "")
    assert found.is_noted
    assert not found.settles


def test_a_status_report_is_a_bounce_though_it_calls_itself_an_answer() -> None:
    called = dsn(text="Je suis absente. Réponse automatique.").replace(
        b"Subject: Undelivered",
        b"Auto-Submitted: auto-replied\nSubject: Automatic reply: Undelivered",
    )

    assert one(called).kind is BounceKind.HARD


EXIM = (
    "Return-Path: <>\nFrom: Mail Delivery System <Mailer-Daemon@mx.example>\n"
    f"To: {TOKEN}\nAuto-Submitted: auto-replied\n{{more}}"
    "Subject: Mail delivery failed: returning message to sender\n\n"
    "A message that you sent could not be delivered to all of its recipients. This is a permanent "
    f"error. The following address(es) failed:\n\n  {TO}\n"
    "    SMTP error from remote mail server after RCPT TO:<essai@example.org>:\n"
    "    550 5.1.1 User unknown\n"
)


@pytest.mark.parametrize("more", ["", f"X-Failed-Recipients: {TO}\n"])
def test_so_is_a_text_by_a_server_that_calls_itself_an_answer(more: str) -> None:
    found = one(EXIM.format(more=more).encode())

    assert (found.kind, found.recipient) == (BounceKind.HARD, TO)


def test_an_address_in_the_prose_of_a_bounce_is_nobodys() -> None:
    raw = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@ch.example\nSubject: Non remis\n\n"
        "Votre message n'a pas pu être remis : utilisateur inconnu. En cas de doute, écrivez à "
        "secretariat@ch.example, qui vous répondra.\n"
    )

    assert one(raw.encode()).recipient == ""


def test_what_a_person_writes_waits_for_a_person() -> None:
    found = one(answer("Re: Poste quitté", "Bonjour, merci pour ce message. Ma collègue le lira."))

    assert found.kind is BounceKind.NOT_A_REPORT
    assert not found.reason
