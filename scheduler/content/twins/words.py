"""The twins' own words, in each language that they speak."""

from scheduler.domain.values import frozen


@frozen
class Words:
    #: In front of the address to type.
    to_read_more: str
    #: Beside the QR code: a code pasted over ours leads elsewhere.
    sticker: str
    #: What the code is, for who doesn't see it.
    code: str
    #: In front of the help page, where the message has no address of its own.
    advice: str
    #: In front of a line of words: whom to call.
    staff_help: str
    help: str
    #: Of the drawing's words, in a post.
    picture: str
    #: Of a voice's script.
    hello: str
    #: The first, those between, the last.
    ordinals: tuple[str, str, str, str]
    type_it: str
    goodbye: str
    #: In front of those whose idea or slogan it is.
    credited: str = "Crédit"
    #: Between a name and what it is.
    colon: str = "\u00a0: "
    tags: tuple[str, ...] = ("#Cybersécurité", "#Santé")
    october: str = "#Cybermois"

    def ordinals_of(self, points: int) -> tuple[str, ...]:
        """Of so many points: the last is said as the last."""
        return (*self.ordinals[: points - 1], self.ordinals[-1]) if points else ()


WORDS = {
    "fr": Words(
        to_read_more="Pour en savoir plus, tapez cette adresse :",
        sticker="Un autocollant par-dessus ? Dites-le à l’accueil.",
        code="Code QR : il mène à l’adresse écrite à côté",
        advice="Nos conseils et notre aide, à cette adresse :",
        staff_help="Un doute ? L’assistance informatique :",
        help="Besoin d’aide ? Appelez-nous :",
        picture="Texte de remplacement de l’image",
        hello="Bonjour. {organisation} vous donne un conseil.",
        ordinals=("D’abord", "Ensuite", "Puis", "Enfin"),
        type_it="Pour en savoir plus, tapez l’adresse vous-même.",
        goodbye="Merci de votre écoute.",
    ),
    "fr-falc": Words(
        to_read_more="Pour en savoir plus, écrivez cette adresse sur internet :",
        sticker="Il y a un autocollant sur le dessin carré ? Dites-le à l’accueil.",
        code="Dessin carré : il mène à l’adresse écrite à côté",
        advice="Pour avoir de l’aide, écrivez cette adresse sur internet :",
        staff_help="Vous avez une question ? Appelez l’assistance informatique :",
        help="Vous avez besoin d’aide ? Appelez-nous :",
        picture="Texte de remplacement de l’image",
        hello="Bonjour. {organisation} vous donne un conseil.",
        ordinals=("D’abord", "Ensuite", "Après", "À la fin"),
        type_it="Vous voulez en savoir plus ? Écrivez cette adresse sur internet.",
        goodbye="Merci de votre écoute.",
    ),
    "en": Words(
        to_read_more="To read more, type this address:",
        sticker="Is there a sticker over it? Tell the reception desk.",
        code="QR code: it leads to the address beside it",
        advice="Our advice and our help, at this address:",
        staff_help="In doubt? The IT help desk:",
        help="Need help? Call us:",
        picture="Alternative text of the picture",
        hello="Hello. {organisation} has some advice for you.",
        ordinals=("First", "Next", "Then", "Last"),
        type_it="To read more, type the address yourself.",
        goodbye="Thank you for listening.",
        credited="Credit",
        colon=": ",
        tags=("#CyberSecurity", "#Health"),
        october="#CyberMonth",
    ),
}


def words_for(variant: str) -> Words:
    """The easy-to-read ones, else the language's; French stands in for others."""
    return WORDS.get(variant) or WORDS.get(variant.partition("-")[0]) or WORDS["fr"]
