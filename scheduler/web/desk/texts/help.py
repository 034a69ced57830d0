"""« Aide »: how a comms lead does what they come for, a question each."""

HELP = "Aide"
HELP_INTRO = "Ce que l'on vient faire ici, et par où. Rien de ce qui suit ne demande de terminal."
HELP_ROLES = (
    "Ce que vous voyez dépend de vos rôles : consulter, écrire, approuver, conduire les envois, "
    "voir les personnes. Il vous en manque un ? Qui conduit les envois peut le donner, depuis "
    "« Comptes », s'il l'a lui-même."
)
#: Question, answer, and the page where it is done.
HELP_QUESTIONS = (
    (
        "Qu'est-ce qui part, et quand ?",
        (
            "Le calendrier montre les douze mois qui viennent : à qui, à quelle heure locale,"
            " et ce qui empêche un envoi de partir."
        ),
        "/",
    ),
    (
        "Comment corriger un texte ?",
        (
            "Dans « Écrire » : les fautes se lisent à côté de la ligne, une autre personne "
            "approuve, et le texte publié part au prochain envoi."
        ),
        "/writing",
    ),
    (
        "Comment savoir si un texte est clair ?",
        (
            "Dans « Écrire », sous le titre d'un texte : « Donner à lire à trois personnes » fait "
            "un lien, sans compte ni nom, où l'on dit de chaque paragraphe s'il est clair."
        ),
        "/writing",
    ),
    (
        "Comment voir un message comme ses lecteurs ?",
        (
            "Dans « Messages » : chaque public, chaque langue, le courriel et le SMS ; de là,"
            " envoyez-vous un essai."
        ),
        "/messages",
    ),
    (
        "Comment tout arrêter ?",
        (
            "« Tout arrêter », sur le calendrier : plus rien ne part, sur aucun canal, "
            "jusqu'à la reprise. Chacun peut le faire, quel que soit son rôle ; qui conduit "
            "les envois reprend."
        ),
        "/",
    ),
    (
        "Comment mettre un seul envoi en pause, l'annuler ou l'avancer ?",
        (
            "Sur sa page, depuis le calendrier : « Mettre en pause », « Annuler cet envoi » "
            "ou « Envoyer maintenant… », qui montre d'abord à qui, quand et pour combien."
        ),
        "/",
    ),
    (
        "Comment ajouter un événement, le déplacer, sauter un envoi ?",
        (
            "« Ajouter un événement » est sur le calendrier ; le reste sur la page de chaque "
            "envoi. On voit d'abord qui, quand, pour combien et ce qui gênerait ; « Changements "
            "du calendrier » garde chaque décision, et la retire."
        ),
        "/changes",
    ),
    (
        "Quelqu'un ne veut plus de messages : que faire ?",
        (
            "Tapez son adresse ou son numéro dans « Désinscriptions » : cela vaut avant le "
            "prochain envoi, que nous le connaissions ou non."
        ),
        "/optouts",
    ),
    (
        "Un courriel est-il de nous ?",
        ("Déposez-le dans « À nous ou pas ? » : la réponse dit pourquoi. Rien n'en est gardé."),
        "/whose",
    ),
    (
        "Comment mettre à jour le fichier du personnel ?",
        (
            "Dans « Fichiers » : déposez-le, vérifiez ce que chaque colonne veut dire et les "
            "lignes écartées, dites d'où il vient, importez."
        ),
        "/files",
    ),
    (
        "Quelqu'un demande ce que nous détenons sur lui ?",
        (
            "Dans « Personnes », par son adresse ou son numéro exact : sa fiche, ses refus, "
            "son fichier, l'effacement. Chaque recherche est notée."
        ),
        "/people",
    ),
    (
        "Une réponse par SMS attend quelqu'un ?",
        (
            "« Réponses » montre celles que le programme n'a pas comprises ; « Retours », les"
            " adresses refusées."
        ),
        "/replies",
    ),
    (
        "Un message est « en doute » : qu'est-ce que c'est ?",
        (
            "Il a été remis, et aucune réponse n'est venue : personne ne sait s'il est "
            "arrivé. Le renvoyer peut le donner deux fois ; ne pas le renvoyer, aucune."
        ),
        "/uncertain",
    ),
    (
        "Comment montrer ce que la campagne a donné ?",
        (
            "« Bilan » tient les chiffres de la saison, à imprimer ou à enregistrer ; ce que "
            "le programme ne peut pas compter (présences, réactions) se tape dans « Chiffres "
            "saisis »."
        ),
        "/season",
    ),
    (
        "Comment animer la bataille des mots de passe ?",
        (
            "« Bataille » ouvre une salle pour quelques heures : projetez son grand écran, les "
            "équipes scannent le code et jouent sur leur téléphone."
        ),
        "/battle",
    ),
    (
        "Comment voir l'année dans mon agenda ?",
        (
            "« Mon compte » donne une adresse secrète pour votre agenda ; on y active aussi "
            "un second code à la connexion."
        ),
        "/my-account",
    ),
)
HELP_GO = "Y aller"
