"""Writing: the page of one text, proposals, and what was published."""

WRITING = "Écrire"
WRITING_INTRO = (
    "Les textes que l'on écrit ici l'emportent sur les fichiers du dossier templates. Un message "
    "se choisit dans « Messages » ; ses textes y ont un lien « Écrire »."
)
WRITE_TEXTS = "Écrire ses textes"
WRITE_TEXTS_WHY = (
    "Vous écrivez un brouillon, enregistré au fil de l'eau ; rien ne part avant que le texte soit "
    "publié. Un texte commun sert à plusieurs messages."
)
WRITE_ONE = "Écrire"
THE_TEXT = "Le texte"
THE_MESSAGE = "Le message"
HISTORY = "Historique"
SHARED_TEXT = "texte commun"
HEAD_OF_MESSAGE = "fiche du message"
QUIZ_OF_MESSAGE = "quiz"
PROPOSALS = "Textes proposés"
PROPOSALS_NONE = "Aucun texte n'attend d'être approuvé."
PROPOSED_BY = "Proposé par"
READ_PROPOSAL = "Lire ce texte proposé"
DRAFTS = "Brouillons"
DRAFTS_NONE = "Personne n'écrit en ce moment."
SAVED_AT = "enregistré"
PUBLISHED = "Textes publiés"
PUBLISHED_NONE = "Aucun texte n'a été publié ici : les fichiers valent tous."
PUBLISHED_BY = "Publié par"
WRITTEN_BY = "écrit par"
WITHDRAWN_BY = "Rendu au fichier par"
FILE_CHANGED = "Son fichier a changé depuis : dites lequel des deux vaut."
FILE_SAME = "Son fichier dit la même chose."
SOMEBODY = "Quelqu'un"

YOUR_TEXT = "Votre texte"
TEXT_WHY = (
    "Ce que vous tapez est gardé comme brouillon. Personne ne le reçoit avant qu'il soit publié."
)
SAVE_AND_CHECK = "Enregistrer et vérifier"
PUBLISH = "Publier"
PUBLISH_WHY = (
    "Le texte vaut dès le prochain envoi. Ce qui est déjà préparé pour partir garde le sien."
)
PROPOSE = "Proposer"
PROPOSE_WHY = "Une autre personne le lit, puis l'approuve ou le refuse en disant pourquoi."
SECOND_WANTED = (
    "Ce texte est lu par une deuxième personne avant d'être publié (message de service, ou "
    "« approval: true »)."
)
NOTE = "Un mot pour qui le lira (facultatif)"
DROP = "Abandonner ce brouillon"
DROP_WHY = "Le texte en vigueur reste ; le brouillon est perdu."
MERGED = "J'ai tenu compte de ce que le fichier dit maintenant"
NOTHING_TO_PUBLISH = "Ce texte est déjà celui qui vaut : il n'y a rien à publier."
TOO_LONG_TEXT = "Ce texte est trop long pour être gardé : 50 000 signes au plus."
STOPPED_BY_FAULT = "Ce texte a une faute, dite ci-dessous : corrigez-la, puis recommencez."
STOPPED_BY_FAULTS = "Ce texte a {} fautes, dites ci-dessous : corrigez-les, puis recommencez."
STILL_BEING_READ = (
    "Ce texte est encore à la relecture ; ce qui est tapé est gardé. Recommencez dans un instant."
)
BEING_CHECKED = (
    "Ce texte est encore à la relecture : ce qu'elle trouve s'affiche ici dans un instant."
)
BEING_CHECKED_RELOAD = "Ce texte est encore à la relecture. Rechargez la page dans un instant."
OTHER_WINDOW = (
    "Ce brouillon a été enregistré d'une autre fenêtre depuis. Rien n'est perdu : voici les deux. "
    "Ce que vous enregistrez maintenant remplace l'autre."
)
OTHER_PERSON = (
    "Quelqu'un a publié ce texte pendant que vous l'écriviez. Rien n'est perdu : voici les deux. "
    "Reprenez du sien ce qui doit rester, puis recommencez."
)
IN_OTHER_WINDOW = "L'autre version de votre brouillon"
IN_FORCE_NOW = "Le texte en vigueur maintenant"
DRAFT_DROPPED = "Le brouillon est abandonné."
TEXT_PUBLISHED = "C'est publié : le texte vaut dès le prochain envoi."
TEXT_PROPOSED = "C'est proposé : une autre personne doit l'approuver."
TEXT_KEPT = "C'est noté : le texte publié reste en vigueur."
YOU_PROPOSED = "Vous avez proposé ce texte. Le modifier retire la proposition."
REFUSED_BY = "Refusé par"
WRITES_SINCE = "écrit depuis"
WRITES_TOO = (
    "Vous pouvez écrire aussi : chacun a son brouillon, et le second à publier voit les deux."
)
SAVED_AUTO = "Brouillon enregistré"
NOT_SAVED = "Pas encore enregistré : nouvel essai dans un instant."
SESSION_OVER = (
    "Plus rien n'est enregistré : la session est finie, ou le bureau a redémarré. Copiez votre "
    "texte, puis rechargez la page."
)
AUTOSAVE_OFF = (
    "Sans JavaScript, rien n'est enregistré tout seul : utilisez « Enregistrer et vérifier »."
)
INSERT = "Insérer"
SIGNS = "signes"
SMS_PART = "partie de SMS"
SMS_PARTS = "parties de SMS"
SMS_ABOUT = "environ, fin comprise ; le compte exact est sous l'aperçu"
SEEN_BY = "Comme le lit"
APPEARANCES = "Apparences"
DARK_SCREEN = "Écran sombre"
WITHOUT_IMAGES = "Sans images"
NO_APPEARANCE = "Ce fichier ne se lit pas tel quel : voyez les messages qu'il compose."
CHECKED = "Relecture et apparences"
ALL_OF_IT = "le texte entier"
FOUND_IN_TEXT = "Ligne à ligne"
FOUND_ELSEWHERE = "Ailleurs dans ce message"
NEW_TEXT = "Ce texte n'existe pas encore : ce que vous publierez le crée."

HISTORY_INTRO = "Qui a publié quoi, et quand. Le texte barré est parti, le texte souligné est venu."
HISTORY_NONE = "Ce texte n'a jamais été publié ici : son fichier vaut."
HISTORY_MORE = "Plus anciens, au registre"
RESTORE = "Reprendre ce texte comme brouillon"
TAKE_FILE = "Reprendre le fichier comme brouillon"
KEEP_EDIT = "Garder le texte publié"
KEEP_EDIT_WHY = "Le fichier, tel qu'il est maintenant, est noté comme vu."
FILE_BEFORE_NOW = "Ce qui a changé dans le fichier"
EDIT_AND_FILE = "Du fichier au texte publié"
HAS_DRAFT = "Vous avez déjà un brouillon de ce texte : publiez-le ou abandonnez-le d'abord."
NOTHING_CHANGED = "Il n'y a plus rien à décider ici."
LINES_LEFT_OUT = "lignes inchangées"
WORDS_GONE = "retiré"
WORDS_NEW = "ajouté"

PROPOSAL = "Texte proposé"
PROPOSAL_CHANGES = "Ce qui change"
APPROVE_TEXT = "Approuver et publier"
REFUSE_TEXT = "Refuser"
REFUSE_WHY = "Pourquoi (l'auteur le lira)"
STANDS_CHANGED = (
    "Le texte en vigueur a changé depuis cette proposition : son auteur doit la reprendre."
)
TEXT_REFUSED = "C'est refusé : l'auteur lira pourquoi."
YOUR_PROPOSAL = "Vous avez proposé ce texte : une autre personne l'approuve ou le refuse."
TEXTS_WAIT_ONE = "Un texte proposé attend d'être lu"
TEXTS_WAIT = "Des textes proposés attendent d'être lus"
TEXT_WAS_REFUSED = "Votre texte a été refusé : lisez pourquoi"
NO_PROPOSAL = "Ce texte n'est plus proposé"
NO_PROPOSAL_WHY = (
    "Quelqu'un y a répondu, ou son auteur l'écrit de nouveau. S'il a été approuvé, son historique "
    "le dit."
)

BESIDE = "Côte à côte, comme on le lit"
SEE_BESIDE = "Voir l'avant et l'après côte à côte"
STANDS_NOW = "Le texte en vigueur"
STOOD_BEFORE = "Avant"
PUBLISHED_THEN = "Après"

COMMENTS = "Remarques"
COMMENTS_NONE = "Personne n'a fait de remarque."
COMMENTS_NEW = "remarques reçues"
COMMENT_ON_OTHER = "sur un texte qui a changé depuis"
COMMENT_LABEL = "Votre remarque à qui a écrit ce texte"
COMMENT_WHY = "Elle porte votre nom, reste près de l'historique, et ne change rien au texte."
COMMENT_SEND = "Envoyer la remarque"
COMMENT_LATE = (
    "Rien n'est fait : ce texte a changé depuis que vous l'avez lu. Relisez-le, puis recommencez."
)

TRIO = "Lecture à trois"
TRIO_WHY = (
    "Une infirmière, un patient, un collègue ouvrent un lien, sans compte, et disent de chaque "
    "paragraphe s'il est clair, et s'il a fait sourire. Vous voyez le résultat quand les trois ont "
    "terminé, ou quand le délai est passé."
)
TRIO_GUESS = "Aucun nom n'est demandé ni gardé ; à trois, l'auteur peut deviner : dites-le-leur."
TRIO_HONOUR = (
    "Rien ne reconnaît qui a déjà répondu : qui ouvre le lien trois fois peut répondre trois fois. "
    "Ne le donnez qu'à trois personnes de confiance."
)
TRIO_NO_FALC = "Ce n'est pas une relecture FALC par des personnes concernées."
TRIO_ASK = "Demander une lecture"
TRIO_OF_DRAFT = "Ils liront votre brouillon, tel qu'il est enregistré maintenant."
TRIO_OF_STANDING = "Ils liront le texte en vigueur."
TRIO_DAYS = "Le lien vaut"
DAYS = "jours"
TRIO_MAKE = "Obtenir le lien"
TRIO_LINK = (
    "Donnez ce lien aux trois personnes, de la main à la main ou par votre messagerie. Cette page "
    "ne le montre qu'une fois."
)
TRIO_BY = "Demandée par"
TRIO_OF = "sur"
TRIO_ENDED = "ont terminé"
TRIO_UNTIL = "Le lien vaut jusqu'au"
TRIO_OTHER_TEXT = "Le texte a changé depuis."
TRIO_CLEAR = "clair"
TRIO_UNCLEAR = "pas clair"
TRIO_SMILE = "sourire"
TRIO_WAITS = "Le résultat se montre quand les trois ont terminé, ou quand le délai est passé."
TRIO_TOO_FEW = "Moins de deux personnes ont répondu : rien n'est montré, on saurait qui."
TRIO_DROP = "Retirer cette lecture"
TRIO_NONE = "Aucune lecture n'a été demandée."
TRIO_GONE = "Cette lecture n'est plus là."
TRIO_DAYS_WRONG = "Choisissez une des durées de la liste."
TRIO_SHOWN_ONCE = "Ce formulaire a déjà servi ; pour un autre lien, envoyez-le de nouveau."
TRIO_GO = "Donner à lire à trois personnes"

FIELDS = "Champs"
FIELDS_OF_HEAD = "Remplir par un formulaire"
FIELDS_OF_MAIL = "Objet et phrase d'accroche, par un formulaire"
FIELDS_WHY = (
    "Ce qui change ici change dans votre brouillon, une ligne par champ ; le reste du texte ne "
    "bouge pas. On publie sur la page « Écrire »."
)
FIELDS_KEEP = "Enregistrer et vérifier"
FIELDS_KEPT = "C'est enregistré dans votre brouillon."
FIELDS_PUBLISH = "Publier ou proposer : page « Écrire »"
FIELDS_UNREADABLE = (
    "Ces lignes ne se lisent pas, et rien n'est changé : corrigez-les ligne à ligne, page "
    "« Écrire »."
)
FIELDS_OTHERS = "Ailleurs dans ce texte"
FIELD_UNSAID = "rien n'est dit"
FIELD_LABELS = {
    "title": "Titre",
    "class": "Classe",
    "credit": "Crédit",
    "owner": "Qui s'en occupe",
    "reviewed_by": "Relu par",
    "review_by": "À jour jusqu'au",
    "channels": "Canaux",
    "web": "Version en ligne",
    "recipients": "À qui va chaque envoi",
    "approval": "Une autre personne permet chaque envoi",
    "sourced": "Ne part qu'avec sa source",
    "subject": "Objet",
    "preheader": "Phrase à côté de l'objet",
}
#: In place of what an editor of the file says, which names the file's words.
FIELD_WHY = {
    "review_by": "Passé ce jour, la relecture le rappelle",
    "sourced": (
        "Il part seulement avec l'adresse où son chiffre ou son actualité a été lu, le jour de "
        "cette lecture et son dernier jour"
    ),
    "channels": "Par où le message part",
    "approval": "À chaque fois, quelqu'un d'autre que la personne qui l'envoie",
    "web": "Où l'on peut le lire sur le site public",
    "recipients": "Une liste se donne au moment de l'envoi",
}
#: The words of the file that one chooses among.
FIELD_WORDS = {
    "awareness": "Sensibilisation",
    "service": "Information indispensable (message de service)",
    "promotional-event": "Invitation à un salon, à un événement",
    "listed": "Dans la liste publique",
    "unlisted": "À son adresse seulement",
    "none": "Aucune page",
    "audience": "Le public entier",
    "list": "Une liste donnée à l'envoi",
}
FIELD_EMPTY = "remplissez ce champ"

SIBLINGS_LACK = "Ajouter une langue"
SIBLINGS_WHY = (
    "Le texte français vous est donné pour le traduire, ou pour l'écrire plus simplement ; rien "
    "n'existe tant qu'il n'est pas publié."
)
SIBLING_FILLED = (
    "Voici le texte français : remplacez-le, puis publiez. Tant que ce sont ses mots, il ne se "
    "publie pas."
)
