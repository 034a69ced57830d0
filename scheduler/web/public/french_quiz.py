"""In French, and in French that is easy to read: the pages of the quizzes."""

from dataclasses import replace

from scheduler.web.public.texts import QuizTexts

QUIZ = QuizTexts(
    rules="Rien n’est noté à votre nom : ni qui répond, ni quand. Nous comptons seulement, tous "
    "ensemble, combien de fois chaque réponse a été choisie.",
    number="Question {number} sur {questions}",
    button="Voir les réponses",
    nothing="Choisissez au moins une réponse, puis appuyez de nouveau sur le bouton.",
    score="{right} sur {questions}",
    verdicts=(
        "Un bon début : tout est expliqué plus bas, et personne n’a compté les fautes.",
        "Vous avez déjà de bons réflexes ; les autres sont expliqués plus bas.",
        "Sans faute. Il ne reste qu’à le raconter à quelqu’un.",
    ),
    right="Bien vu.",
    wrong="Pas cette fois.",
    unanswered="Sans réponse de votre part.",
    chosen="Votre réponse :",
    answer="La bonne réponse :",
    now="La chose à faire maintenant",
    further="Pour aller plus loin",
    again="Refaire le quiz",
    certificate_link="Une attestation à imprimer, sans nom",
    sheet_link="La fiche pour animer ce quiz avec un groupe",
    certificate="Attestation",
    certificate_lead="Cette feuille est à qui l’a méritée.",
    certificate_body="La personne qui la tient a répondu à « {title} » : {questions} questions, "
    "les explications lues jusqu’au bout, et un réflexe de plus dans la poche.",
    certificate_host="« Une de plus qui ne m’ouvrira pas », soupire {host}, qui signe quand même.",
    host_credit="Crédit de l’hôte, {host} : {credit}.",
    host_drawn="Firmin Crochet, casquette et pull rayé. Depuis qu’il a pris sa retraite, son "
    "crochet ne sert plus qu’à la laine.",
    certificate_note="Sans nom, sans note et sans numéro, exprès : apprendre ne se surveille pas. "
    "Cette page ne prouve rien, elle fait seulement plaisir.",
    sheet="Fiche d’animation",
    sheet_lead="Comptez quinze minutes. Lisez chaque question à voix haute, laissez le groupe en "
    "parler, faites lever la main pour A, B ou C. Personne n’a à dire son score. Les réponses "
    "sont sur une autre page.",
    sheet_questions="Les questions",
    sheet_answers="Les réponses, pour la personne qui anime",
    back="Revenir au quiz",
)

EASY = replace(
    QUIZ,
    rules="Votre nom n’est pas écrit.\nNous comptons seulement les réponses de tout le monde.",
    button="Voir les réponses",
    nothing="Choisissez une réponse.\nPuis appuyez sur le bouton.",
    verdicts=(
        "C’est un bon début.\nLisez les explications.",
        "Bravo.\nVous connaissez déjà de bons conseils.",
        "Bravo.\nToutes vos réponses sont bonnes.",
    ),
    right="Oui, c’est bien.",
    wrong="Ce n’est pas la bonne réponse.",
    unanswered="Vous n’avez pas répondu.",
    now="À faire maintenant",
    further="Pour apprendre encore",
    certificate_link="Une feuille à imprimer, pour dire bravo",
    sheet_link="Une feuille pour faire ce quiz avec un groupe",
    certificate="Bravo",
    certificate_lead="Cette feuille est pour vous.",
    certificate_body="Vous avez répondu au quiz « {title} ».\nIl y a {questions} questions.\n"
    "Vous avez lu les explications.",
    certificate_host="Bravo de la part de {host}.",
    host_credit="L’idée du personnage {host} vient de : {credit}.",
    host_drawn="Dessin : Firmin Crochet avec une casquette et une pelote de laine.",
    certificate_note="Votre nom n’est pas sur la feuille.\nC’est normal.",
    sheet="Feuille pour un groupe",
    sheet_lead="Une personne lit les questions.\nLes autres parlent ensemble.\nPuis elles "
    "choisissent A, B ou C.\nLes réponses sont sur une autre page.",
    sheet_answers="Les réponses",
)
