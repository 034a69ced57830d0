"""What stands around every page: names of pages, menus, where nothing leaves."""

PRODUCT = "Réflexe"
SKIP = "Aller au contenu"
MAIN_MENU = "Menu principal"
MENU = "Menu"
CALENDAR = "Calendrier"
MESSAGES = "Messages"
OUTBOX = "Boîte d'envoi"
REPORTS = "Retours"
REPLIES = "Réponses"
UNCERTAIN = "En doute"
LAW = "Réglages et droit"
ACTS_ARE_KEPT = "Ce qui se décide ici est noté, avec le nom donné, au journal des actes."
NOTHING_LEAVES = (
    "Tout reste sur cette machine : aucun fournisseur n'est configuré, "
    "les messages vont dans la boîte d'envoi."
)
