"""In French: the page where somebody chooses what they receive."""

from scheduler.web.public.texts import ChoiceTexts

CHOICES = ChoiceTexts(
    title="Choisir ce que vous recevez",
    intro="Cochez ce que vous voulez recevoir, décochez le reste, puis enregistrez. Vous pourrez "
    "revenir sur cette page aussi souvent que vous voulez.",
    for_address="Ces choix sont ceux de :",
    groups={"email": "Par courriel", "sms": "Par SMS"},
    notes={
        "email": "Les messages de service, rares, arrivent toujours par courriel : par exemple "
        "pour vous prévenir d’une fuite de données.",
        "sms": "Si vous décochez tout, vous ne recevrez plus aucun SMS, messages de service "
        "compris.",
    },
    other_group="Par {channel}",
    other_note="Si vous décochez tout, vous ne recevrez plus rien par {channel}, messages de "
    "service compris.",
    topics={
        "october": ("La série d’octobre", "quatre dimanches, quatre réflexes"),
        "reminders": ("Les rappels", "un réflexe par mois, le reste de l’année"),
        "events": ("Les rendez-vous", "webinaires, ateliers et journées"),
    },
    language_group="Dans quelle langue ?",
    easy_to_read="Des textes faciles à lire et à comprendre, quand il y en a",
    save="Enregistrer mes choix",
    stop_title="Ne plus rien recevoir",
    stop="Un seul appui arrête tous vos messages : courriels et SMS. Seuls restent les messages "
    "de service par courriel.",
    stop_button="Arrêter tous vos messages",
    done={
        "saved": "C’est enregistré. Voici vos choix.",
        "stopped": "C’est fait : tous vos messages sont arrêtés.",
        "back": "C’est fait : vous recevrez de nouveau ce qui est coché ici.",
    },
    later="Un message déjà parti peut encore vous arriver.",
)
