"""The help of the commands about people and their data, of their arguments and options."""

from collections.abc import Mapping

HELP_OF_PEOPLE: Mapping[str, str] = {
    (
        "Who entered lately and is greeted; and the answer for those whom a file brought in number."
    ): (
        "Qui vient d'arriver et reçoit l'accueil ; et la réponse pour ceux qu'un fichier a amenés "
        "en nombre."
    ),
    "Greet those who are held.": "Accueille ceux qui sont retenus.",
    "Never greet those who are held.": "N'accueille jamais ceux qui sont retenus.",
    "Who may sign in on the desk, and do what.": "Qui entre au bureau, et pour y faire quoi.",
    "Every account, with its roles.": "Tous les comptes, avec leurs rôles.",
    (
        "Make an account; prints the link by which its holder sets a password, once, in three days."
    ): (
        "Fait un compte ; affiche le lien par lequel son titulaire choisit un mot de passe, une "
        "fois, sous trois jours."
    ),
    "Note where somebody who signs in by this name gets trials sent from the desk.": (
        "Note où quelqu'un qui entre sous ce nom reçoit les essais envoyés du bureau."
    ),
    "An e-mail address or a number.": "Une adresse électronique ou un numéro.",
    "Take away those that are noted.": "Retire celles qui sont notées.",
    "give an address or a number, or say --forget": (
        "donnez une adresse ou un numéro, ou dites --forget"
    ),
    "Nothing is noted any more.": "Plus rien n'est noté.",
    "It is noted; only that person sees it.": "C'est noté ; seule cette personne le voit.",
    "Another link, for a password that is lost: the one before, and its sessions, end.": (
        "Un autre lien, pour un mot de passe perdu : l'ancien prend fin, avec ses sessions."
    ),
    "Give an account these roles in place of those it has; they hold at its next request.": (
        "Donne à un compte ces rôles à la place des siens ; ils valent dès sa prochaine demande."
    ),
    "Take an account away, with its sessions; the audit log keeps its name.": (
        "Retire un compte, avec ses sessions ; le journal des actes garde son nom."
    ),
    "Roles, with commas between: read, write, approve, operate, privacy.": (
        "Des rôles, séparés par des virgules : read, write, approve, operate, privacy."
    ),
    "Take a contact file in; exit 1 when something in it was refused or left aside.": (
        "Importe un fichier de contacts ; code 1 si quelque chose y est refusé ou laissé de côté."
    ),
    "An audience with contacts of its own.": "Un public qui a ses propres contacts.",
    "A CSV file or a workbook, with a header.": "Un fichier CSV ou un classeur, avec un en-tête.",
    "Our own service asked the people themselves (HR, admissions): GDPR article 13.": (
        "Notre propre service les a demandées aux personnes (RH, admissions) : RGPD, article 13."
    ),
    "Where the file comes from, in words.": "D'où vient le fichier, en toutes lettres.",
    "One of the bases that the audience names.": "L'une des bases que le public nomme.",
    "replace: those whom the file doesn't name leave the audience.": (
        "replace : ceux que le fichier ne nomme pas quittent le public."
    ),
    "A key whose holder changed both name and address; repeatable.": (
        "Une clé dont le titulaire a changé de nom et d'adresse ; peut se répéter."
    ),
    "A key that was given to somebody new: whoever had it leaves; repeatable.": (
        "Une clé donnée à quelqu'un d'autre : qui l'avait s'en va ; peut se répéter."
    ),
    "MEANING=COLUMN, by its name or number; MEANING= for none. Repeatable.": (
        "SENS=COLONNE, par son nom ou son numéro ; SENS= pour aucune. Peut se répéter."
    ),
    "The sheet of a workbook with the people.": "La feuille du classeur où sont les personnes.",
    "Show the columns with some cells, say what it would do; no more.": (
        "Montre les colonnes avec quelques cellules, dit ce qui serait fait ; rien de plus."
    ),
    "Let it end more than half of an audience, or take many for dead.": (
        "Accepte de faire sortir plus de la moitié d'un public, ou de compter beaucoup de décès."
    ),
    (
        "The sheet of the register of processing activities (GDPR article 30), in French, with "
        "how the settings stand before the law."
    ): (
        "La fiche du registre des traitements (article 30 du RGPD), en français, avec la "
        "situation des réglages au regard du droit."
    ),
    "A file to write it to instead.": "Un fichier où l'écrire plutôt.",
    "Print the table of rules that a key can weaken, and stop.": (
        "Affiche le tableau des règles qu'une clé peut affaiblir, sans rien faire d'autre."
    ),
    (
        "Move the ledger to another, empty database. The daemon must be stopped; cut short, say "
        "it again."
    ): (
        "Déplace le registre vers une autre base, vide. Le démon doit être arrêté ; en cas de "
        "coupure, relancez-la."
    ),
    "The other database's URL, as database.url says it.": (
        "L'URL de l'autre base, comme l'écrit database.url."
    ),
    "People in the ledger, and their rights.": "Les personnes du registre, et leurs droits.",
    "Who is in the ledger; addresses masked unless told otherwise.": (
        "Qui est dans le registre ; adresses masquées sauf demande contraire."
    ),
    "An audience of config.yaml; all of them when absent.": (
        "Un public de config.yaml ; tous en son absence."
    ),
    "Show addresses and numbers whole.": "Montre adresses et numéros en entier.",
    "Write contacts to a CSV file. One audience's can be imported again.": (
        "Écrit les contacts dans un fichier CSV. Ceux d'un public peuvent être réimportés."
    ),
    "Also who of the staff agreed on their own phone: to move to another ledger.": (
        "Aussi qui du personnel a accepté sur son propre téléphone : pour changer de registre."
    ),
    "Everything the ledger holds on one person, for them to see (GDPR article 15).": (
        "Tout ce que le registre détient sur une personne, pour elle (article 15 du RGPD)."
    ),
    "An id, a source's key, an e-mail address or a telephone number.": (
        "Un numéro de fiche, la clé d'une source, une adresse ou un téléphone."
    ),
    "Erase a person for good; only a digest stays, so that no import brings them back.": (
        "Efface une personne pour de bon ; seule une empreinte reste, pour qu'aucun import ne "
        "la ramène."
    ),
    "Freeze a person's data (GDPR article 18): nothing is sent to them, nothing of them erased.": (
        "Gèle les données d'une personne (article 18 du RGPD) : rien ne lui est envoyé, rien "
        "n'est effacé."
    ),
    "Lift a freeze: the person is treated like everybody again.": (
        "Lève un gel : la personne est de nouveau traitée comme les autres."
    ),
    (
        "The answer to a complaint on one page, in French: since when refused, by which route, "
        "what left before, and that nothing did after."
    ): (
        "La réponse à une réclamation, en une page : depuis quand le refus, par quelle voie, ce "
        "qui est parti avant, et que rien n'est parti après."
    ),
    "text or html.": "text ou html.",
    "Who asked for no more, and from what.": "Qui ne veut plus rien recevoir, et de quoi.",
    "Every opt-out that holds, oldest first.": (
        "Chaque désinscription en vigueur, la plus ancienne d'abord."
    ),
    "What was refused at an address, since when and by which route; after an erasure too.": (
        "Ce qui est refusé à une adresse, depuis quand et par quelle voie ; et après un effacement."
    ),
    "Record an opt-out, of anybody; it holds before the next message leaves.": (
        "Note une désinscription, de n'importe qui ; elle vaut avant le prochain message."
    ),
    "Absent: the channel of the address or number that is given.": (
        "Absent : le canal de l'adresse ou du numéro donné."
    ),
    "A text file with an address or number a line, instead of one.": (
        "Un fichier texte avec une adresse ou un numéro par ligne, au lieu d'un seul."
    ),
    "Whose wish it is, where several people have that address: an id or a source's key.": (
        "De qui est la demande, quand plusieurs personnes ont cette adresse : un numéro de "
        "fiche ou la clé d'une source."
    ),
    "Whoever had it has died: everything, on every channel.": (
        "Son titulaire est décédé : tout, sur tous les canaux."
    ),
    "End an opt-out, when the person themselves asks for it.": (
        "Met fin à une désinscription, quand la personne elle-même le demande."
    ),
    "Who took the person's request.": "Qui a reçu la demande de la personne.",
    "Write every opt-out that holds to a CSV file.": (
        "Écrit chaque désinscription en vigueur dans un fichier CSV."
    ),
    "What is old is forgotten.": "Ce qui est ancien est oublié.",
    "Forget what is old now, as the daemon does once a day; say how many of what.": (
        "Oublie maintenant ce qui est ancien, comme le démon chaque jour ; dit combien de quoi."
    ),
    "Say what it would forget; do nothing.": "Dit ce qui serait oublié, sans rien faire.",
    "The keys of keys.file.": "Les clés de keys.file.",
    "Each key's id, newest first, and how many addresses are found by it. Never a secret.": (
        "Le nom de chaque clé, la plus récente d'abord, et combien d'adresses se trouvent par "
        "elle. Jamais un secret."
    ),
    "Put a new key in front of keys.file; it seals from then on. The daemon must be stopped.": (
        "Met une nouvelle clé en tête de keys.file ; elle scellera tout. Le démon doit être arrêté."
    ),
    (
        "Seal everything with the newest key, and digest living addresses anew. The daemon must "
        "be stopped; cut short, say it again."
    ): (
        "Scelle tout avec la clé la plus récente, et recalcule les empreintes des adresses "
        "vivantes. Le démon doit être arrêté ; en cas de coupure, relancez-la."
    ),
    "Say what is left; change nothing.": "Dit ce qui reste à faire, sans rien changer.",
    "Who did what, and the proof of it.": "Qui a fait quoi, et la preuve.",
    "The latest acts: who, what, to what. Never an address.": (
        "Les derniers actes : qui, quoi, sur quoi. Jamais une adresse."
    ),
    "So many, the newest first.": "Tant d'actes, les plus récents d'abord.",
    "Work the whole chain out again; exit 1 when an entry isn't as it was written.": (
        "Recalcule toute la chaîne ; code 1 si une entrée n'est plus telle qu'écrite."
    ),
    "A head kept elsewhere: it must be in the chain.": (
        "Une tête de chaîne gardée ailleurs : elle doit s'y trouver."
    ),
    "What people answered, for a person to read.": (
        "Ce que les gens ont répondu, à lire par quelqu'un."
    ),
    "Those that wait for a person, oldest first, in their own words.": (
        "Celles qui attendent quelqu'un, les plus anciennes d'abord, telles quelles."
    ),
    "Show numbers whole.": "Montre les numéros en entier.",
    "Who looks, for the audit log.": "Qui regarde, pour le journal des actes.",
    "Decide one. An opt-out holds before the next message leaves.": (
        "Décide de l'une d'elles. Une désinscription vaut avant le prochain message."
    ),
    "opt-out: they want no more SMS. noted: read; what was held in doubt goes on. wrong-person, deceased: the number is closed. reopen: it is theirs after all, or they didn't leave the series.": "opt-out : plus de SMS. noted : lu ; ce qui était retenu dans le doute reprend. wrong-person, deceased : le numéro est fermé. reopen : c'est bien le sien, ou la série n'a pas été quittée.",
    "Who decides, for the audit log.": "Qui décide, pour le journal des actes.",
    "What came back by mail: bounces, complaints.": (
        "Ce qui est revenu par courriel : retours, signalements."
    ),
    "What these messages would do, and why. Nothing is changed.": (
        "Ce que feraient ces messages, et pourquoi. Rien n'est changé."
    ),
    "Messages as they came (.eml).": "Les messages tels qu'arrivés (.eml).",
    "Show addresses whole.": "Montre les adresses en entier.",
    "Reports that nothing proves to be ours, oldest first: they changed nothing.": (
        "Les rapports que rien ne prouve être les nôtres, les plus anciens d'abord : ils n'ont "
        "rien changé."
    ),
    "Decide one.": "Décide de l'un d'eux.",
    "bounced: the address gets no more e-mail. noted: nothing changes.": (
        "bounced : l'adresse ne reçoit plus de courriel. noted : rien ne change."
    ),
    "Write again to what was closed because mail to it was refused.": (
        "Écrit de nouveau à ce qui était fermé parce que le courrier y était refusé."
    ),
    "Every address of this domain, instead.": "Plutôt toutes les adresses de ce domaine.",
    "Of the domain: those closed since that day.": "Du domaine : celles fermées depuis ce jour.",
    "Why, for the audit log.": "Pourquoi, pour le journal des actes.",
    "Messages that may have left: nobody knows, a person decides.": (
        "Les messages peut-être partis : nul ne sait, quelqu'un décide."
    ),
    "Those that wait for a decision, oldest first. Recipients are masked.": (
        "Ceux qui attendent une décision, les plus anciens d'abord. Destinataires masqués."
    ),
    "Send them again, with the same Message-ID: whoever has it already gets it twice.": (
        "Les renvoie, avec le même Message-ID : qui l'a déjà le reçoit deux fois."
    ),
    "As `reflexe uncertain list` says.": "Comme le dit `reflexe uncertain list`.",
    "All those of this occurrence instead.": "Plutôt tous ceux de ce rendez-vous.",
    "Who decides, for the audit log; absent: this account's name.": (
        "Qui décide, pour le journal des actes ; absent : le nom de ce compte."
    ),
    "Say what became of them, once you know.": "Dit ce qu'ils sont devenus, une fois su.",
    "What became of them; nothing is sent either way.": (
        "Ce qu'ils sont devenus ; rien n'est envoyé dans les deux cas."
    ),
    "Take over who said no elsewhere: addresses, numbers or keys, an old tool's list. Exit 1 when a row could not be used.": "Reprend qui a dit non ailleurs : adresses, numéros ou clés, la liste d'un ancien outil. Code 1 si une ligne n'a pas pu servir.",
    "A text or CSV file, a person a row.": "Un fichier texte ou CSV, une personne par ligne.",
    "Absent: the channel of each address, and all of a key's.": "Absent : le canal de chaque adresse, et tous ceux d'une clé.",
    "What they told the old tool.": "Ce qu'ils ont dit à l'ancien outil.",
    "Where the list comes from, in words.": "D'où vient la liste, en toutes lettres.",
    "Say what it would do; no more.": "Dit ce qui serait fait, rien de plus.",
    "Who acts, for the audit log.": "Qui agit, pour le journal des actes.",
}
