"""What columns are called in people's files, and where that is written.

A head that a maker documents stands beside the address of that page; the rest are words that people
use, and bear nobody's name. ``docs/contact-files.md`` shows the same table.
"""

from scheduler.domain.values import frozen


@frozen
class Maker:
    """A program whose export has these heads."""

    name: str
    #: Where its maker, or who reads its files, documents them.
    address: str
    #: Head -> meaning, as in ``WORDS``.
    heads: dict[str, str]


MAKERS = (
    Maker(
        name="Outlook (English)",
        address="https://support.microsoft.com/office/create-or-edit-csv-files-to-import-into-"
        "outlook-4518d70d-8fe9-46ad-94fa-1494247193c7",
        heads={
            "First Name": "field prenom",
            "Last Name": "field nom",
            "E-mail Address": "email",
            "Mobile Phone": "phone",
            "Department": "field service",
            "Job Title": "field fonction",
            "Birthday": "birth",
            "Home Postal Code": "postcode",
        },
    ),
    Maker(
        name="Outlook (French), as Open-Xchange reads it",
        address="https://github.com/open-xchange/appsuite-middleware (FrenchOutlookMapper.java)",
        heads={
            "Prénom": "field prenom",
            "Nom": "field nom",
            "Adresse de messagerie": "email",
            "Tél. mobile": "phone",
            "Service": "field service",
            "Anniversaire": "birth",
            "Code postal (domicile)": "postcode",
        },
    ),
    Maker(
        name="Google Contacts",
        address="https://support.google.com/contacts/answer/1069522",
        heads={
            "First Name": "field prenom",
            "Given Name": "field prenom",
            "Last Name": "field nom",
            "Family Name": "field nom",
            "E-mail 1 - Value": "email",
            "Phone 1 - Value": "any phone",
            "Organization Department": "field service",
            "Birthday": "birth",
        },
    ),
    Maker(
        name="Thunderbird",
        address="https://github.com/mozilla/releases-comm-central/blob/master/mail/locales/en-US/"
        "chrome/messenger/importMsgs.properties",
        heads={
            "First Name": "field prenom",
            "Last Name": "field nom",
            "Primary Email": "email",
            "Mobile Number": "phone",
            "Home ZipCode": "postcode",
        },
    ),
    Maker(
        name="Active Directory (csvde)",
        address="https://learn.microsoft.com/windows/win32/ad/address-book-properties",
        heads={
            "givenName": "field prenom",
            "sn": "field nom",
            "mail": "email",
            "mobile": "phone",
            "department": "field service",
            "employeeID": "key matricule",
            "employeeNumber": "key matricule",
        },
    ),
    Maker(
        name="Active Directory (Get-ADUser)",
        address="https://learn.microsoft.com/powershell/module/activedirectory/get-aduser",
        heads={
            "GivenName": "field prenom",
            "Surname": "field nom",
            "EmailAddress": "email",
            "MobilePhone": "phone",
            "Department": "field service",
            "EmployeeID": "key matricule",
        },
    ),
    Maker(
        name="Microsoft Entra (download users)",
        address="https://github.com/MicrosoftDocs/entra-docs/blob/main/docs/identity/users/"
        "users-bulk-download.md",
        heads={
            "givenName": "field prenom",
            "surname": "field nom",
            "mail": "email",
            "mobile": "phone",
            "department": "field service",
            "jobTitle": "field fonction",
        },
    ),
    Maker(
        name="LDAP (inetOrgPerson)",
        address="https://www.rfc-editor.org/rfc/rfc2798",
        heads={
            "givenName": "field prenom",
            "sn": "field nom",
            "mail": "email",
            "mobile": "phone",
            "employeeNumber": "key matricule",
            "preferredLanguage": "language",
        },
    ),
    Maker(
        name="Lucca",
        address="https://support.lucca.fr/hc/fr/articles/360021100132",
        heads={
            "firstName": "field prenom",
            "lastName": "field nom",
            "mail": "email",
            "department": "field service",
            "employeenumber": "key matricule",
            "culture": "language",
            "dtBirth": "birth",
        },
    ),
    Maker(
        name="Colibri (MesVaccins)",
        address="https://support-colibri.mesvaccins.net/hc/fr/articles/18302348211345",
        heads={
            "nom": "field nom",
            "prenom": "field prenom",
            "date_de_naissance": "birth",
            "telephone": "any phone",
            "email": "email",
            "code_postal_ville": "postcode",
        },
    ),
)

#: Meaning -> words that people use. ``phone`` are words for a mobile; ``any phone`` for a
#: telephone, taken when no column is called a mobile; ``any number`` may be one of anything, so its
#: values decide. Our own names are words of their meaning.
WORDS: dict[str, tuple[str, ...]] = {
    "email": (
        *("courriel", "e-mail", "mail", "adresse email", "adresse mail", "adresse courriel"),
        *("adresse électronique", "adresse de courriel", "email professionnel", "email pro"),
        *("mail professionnel", "mail pro", "courriel professionnel", "email address"),
        *("adresse mail professionnelle", "adresse email professionnelle"),
        *("adresse électronique professionnelle", "mél", "adresse mél", "mél pro"),
        *("mél professionnel", "courriel pro", "adresse mail pro", "adresse email pro"),
        *("adresse mél professionnelle", "adresse courriel professionnelle", "work email"),
        *("email de travail", "mail de travail", "courriel de travail", "messagerie"),
        *("messagerie professionnelle", "messagerie pro", "adr. mail", "adr. email", "adr. mél"),
    ),
    "phone": (
        *("mobile", "portable", "téléphone portable", "téléphone mobile", "tél. portable", "gsm"),
        *("tél. mobile", "numéro de portable", "numéro de mobile", "n° de portable", "n° portable"),
        *("n° de mobile", "n° mobile", "cell phone", "num portable"),
    ),
    "any phone": (
        *("téléphone", "tél.", "numéro de téléphone", "n° de téléphone", "n° tél."),
        *("n° téléphone", "num tél.", "téléphone 1", "phone number"),
    ),
    "any number": ("numéro", "n°", "num"),
    "language": ("langue",),
    "easy_to_read": ("falc",),
    "zone": ("fuseau", "fuseau horaire"),
    "territory": ("territoire", "département", "code département"),
    "postcode": ("code postal", "cp", "postal code", "postcode", "zip", "zip code"),
    "birth": (
        *("date de naissance", "date naissance", "né(e) le", "né le", "née le", "naissance", "ddn"),
        *("date naiss", "date of birth", "birth date", "dob"),
    ),
    "entered": (
        *("date d’entrée", "date entrée", "date d’arrivée", "date arrivée", "date d’embauche"),
        *("date embauche", "embauché le", "embauchée le", "embauché(e) le"),
        *("entré le", "entrée le"),
        *("entré(e) le", "arrivé le", "arrivée le", "arrivé(e) le", "date de recrutement"),
        *("date recrutement", "date de prise de poste", "prise de poste"),
        *("date de prise de fonction", "date de prise de fonctions", "début de contrat"),
        *("date de début de contrat", "date d’entrée établissement", "hire date", "date of hire"),
        *("start date", "entry date"),
    ),
    "death": (
        *("date de décès", "date décès", "date du décès", "décès", "décédé", "décédé(e)"),
        *("décédée", "décédé le", "décédé(e) le", "date of death", "death date", "deceased"),
        *("date dc", "dt dc", "dt décès", "dcd", "dcd le", "jour du décès", "défunt", "défunt(e)"),
        *("date de mort", "mort le", "statut vital", "état vital", "vital", "vital status", "dod"),
    ),
    "field prenom": ("prénom usuel", "prénom d’usage", "prénom d’exercice"),
    "field nom": ("nom d’usage", "nom usuel", "nom de famille", "nom d’exercice"),
    "key matricule": (
        *("matricule agent", "n° matricule", "numéro de matricule", "matricule rh", "n° agent"),
        *("code agent", "numéro agent", "id agent", "id salarié", "n° salarié", "employee id"),
    ),
    "key reference": (
        *("ipp", "n° ipp", "numéro ipp", "nip", "n° nip", "identifiant patient", "id patient"),
        *("numéro patient", "n° patient", "n° de dossier", "numéro de dossier", "n° dossier"),
        *("n° adhérent", "numéro d’adhérent", "numéro adhérent", "patient id", "référence patient"),
    ),
}  # fmt: skip
