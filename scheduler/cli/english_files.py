"""What is wrong inside a writers' file, in English: its YAML, its marks, its fields.

More of the table of ``scheduler.cli.english``, which reads it; the keys are the French sentences as
the code has them.
"""

from collections.abc import Mapping

IN_FILES: Mapping[str, str] = {
    # Lines of YAML.
    "une tabulation est dans ces lignes": "there is a tab in these lines",
    "remplacez-la par des espaces": "put spaces in its place",
    "ces lignes ne se lisent pas comme « clé: valeur »": "these lines don't read as “key: value”",
    "mettez entre guillemets une valeur qui contient « : » ou commence par un signe": (
        "put a value that holds “: ” or begins with a sign in quotation marks"
    ),
    "il y a trop de crochets imbriqués": "too many brackets stand in each other",
    "gardez des lignes « clé: valeur »": "keep to lines of “key: value”",
    "« {} » attend des lignes « clé: valeur »": "{} wants lines of “key: value”",
    "écrivez clé: valeur": "write key: value",
    "« {} » attend un texte": "{} wants a text",
    "écrivez {}: …": "write {}: …",
    "« {} » manque": "{} is missing",
    "ajoutez une ligne {}: …": "add a line {}: …",
    "« {} » attend une liste": "{} wants a list",
    "écrivez {}: [un, deux]": "write {}: [one, two]",
    "« {} » est écrit deux fois": "{} is written twice",
    "gardez-en un": "keep one of them",
    "« {} » n'est pas un champ": "{} is no field",
    "les noms connus ici : aucun": "no name is known here",
    "ce texte est encore le texte français": "this text is still the French one",
    # message.yaml.
    "« {} » n'est pas une classe": "{} is no class",
    "« {} » ne dit pas où se lit la version en ligne": (
        "{} doesn't say where the web version is read"
    ),
    "choisissez listed, unlisted ou none": "choose listed, unlisted or none",
    "« {} » ne dit pas à qui va le message": "{} doesn't say whom the message goes to",
    "choisissez list ou audience": "choose list or audience",
    "« {} » ne peut pas nommer un champ": "{} can't name a field",
    "écrivez-le en a-z, 0-9 et _": "write it in a-z, 0-9 and _",
    "« max_length » attend un nombre": "max_length wants a number",
    "écrivez max_length: 12": "write max_length: 12",
    "« {} » ne dit pas ce que devient l'agenda": (
        "{} doesn't say what becomes of the calendar entry"
    ),
    "choisissez publish ou cancel": "choose publish or cancel",
    "« {} » ne nomme pas un dessin": "{} names no drawing",
    "écrivez son nom sans .png, en a-z, 0-9 et -": (
        "write its name without .png, in a-z, 0-9 and -"
    ),
    "les mots du dessin en « {} » font {} caractères": (
        "the drawing's words in {} have {} characters"
    ),
    "la ligne au-dessus du titre en « {} » fait {} caractères": (
        "the line above the title in {} has {} characters"
    ),
    "restez à {} au plus": "keep to {} at most",
    "une seule ligne se lit au-dessus du titre": "one line alone is read above the title",
    "gardez slogan: ou kicker:": "keep slogan: or kicker:",
    "« {} » attend true ou false": "{} wants true or false",
    "écrivez {}: true": "write {}: true",
    "« {} » est dans channels mais n'a pas de texte": "{} is in channels and has no text",
    "« {} » a un texte mais n'est pas dans channels": "{} has a text and isn't in channels",
    "écrivez {}.fr.{}": "write {}.fr.{}",
    "« {} » n'est pas une date": "{} is no date",
    "écrivez {}: 2027-09-01": "write {}: 2027-09-01",
    "« {} » n'est pas un public": "{} is no audience",
    "écrivez staff:, ou all:": "write staff:, or all:",
    "« {} » n'est pas une langue": "{} is no language",
    "écrivez fr:": "write fr:",
    # Fields, between braces.
    "le texte est trop long": "the text is too long",
    "restez sous {} caractères": "keep under {} characters",
    "« {} » est un champ de contact, il n'a pas sa place ici": (
        "{} is a contact's field: it has no place here"
    ),
    "gardez les champs de contact pour le corps du courriel": (
        "keep contacts' fields for the body of the e-mail"
    ),
    "« {} » n'est pas un champ de ce message": "{} is no field of this message",
    "« .{} » ne peut pas être lu": ".{} can't be read",
    "employez les champs documentés, sans point": "use the documented fields, without a dot",
    "cette comparaison n'est pas permise": "this comparison isn't allowed",
    'comparez par == ou !=, ou par in ("a", "b")': 'compare by == or !=, or by in ("a", "b")',
    "deux champs de contact sont comparés entre eux": (
        "two fields of a contact are compared with each other"
    ),
    "comparez un champ à un texte entre guillemets": (
        "compare a field with a text in quotation marks"
    ),
    "le filtre « {} » n'existe pas ici": "there is no filter {} here",
    "le filtre « {} » reçoit trop de choses": "the filter {} is given too much",
    'écrivez {{ champ|default("…") }}, et les autres filtres sans parenthèses': (
        'write {{{{ field|default("…") }}}}, and the other filters without brackets'
    ),
    "le filtre « {} » ne s'applique pas à un champ de contact": (
        "the filter {} isn't for a contact's field"
    ),
    'écrivez le champ seul, ou avec default("…")': 'write the field alone, or with default("…")',
    "{} n'a pas sa place dans un message": "{} has no place in a message",
    'gardez les champs {{ … }}, les {% if … %} et {{ snippet("nom") }}': (
        'keep to fields {{{{ … }}}}, {{% if … %}} and {{{{ snippet("name") }}}}'
    ),
    "trop de conditions imbriquées": "too many conditions stand in each other",
    "simplifiez le texte": "make the text simpler",
    "« {} » désigne deux choses à la fois (programme, message ou contacts)": (
        "{} means two things at once (program, message or contacts)"
    ),
    "donnez un autre nom au champ du message ou de l'audience": (
        "give the message's or the audience's field another name"
    ),
    "une accolade n'est pas fermée": "a brace isn't closed",
    "les accolades ne se lisent pas": "the braces can't be read",
    "« {} » est de trop entre les accolades": "{} is too much between the braces",
    "« {} » n'a pas sa place entre les accolades": "{} has no place between the braces",
    # Marks of a text.
    "le texte est vide": "the text is empty",
    "l'objet ou le pré-en-tête est vide": "the subject or the preheader is empty",
    "le texte rempli est trop long": "the text, filled in, is too long",
    "un SMS tient sur une seule ligne": "an SMS is one line",
    "retirez les retours à la ligne": "take the line breaks out",
    "écrivez {}.{}.md": "write {}.{}.md",
    "« {} » n'ouvre aucun encadré": "{} opens no box",
    "écrivez ::: {}": "write ::: {}",
    "l'encadré « {} » n'est pas fermé": "the box {} isn't closed",
    "ajoutez une ligne ::: après lui": "add a line ::: after it",
    "une image est demandée": "a picture is asked for",
    "un message ne porte pas d'image : dites-le avec des mots": (
        "a message carries no picture: say it in words"
    ),
    "un bouton est mal écrit": "a button is written wrong",
    "écrivez [[Texte|https://…]] seul sur sa ligne": "write [[Text|https://…]] alone on its line",
    "le lien vers « {} » est refusé": "the link to {} is refused",
    "seules les adresses https:, mailto: et tel: sont permises ; {}": (
        "addresses of https:, mailto: and tel: alone are allowed; {}"
    ),
    "un lien n'a pas d'adresse ou pas de texte": "a link has no address or no text",
    "écrivez [texte](https://…)": "write [text](https://…)",
    "un champ de contact est dans un lien": "a contact's field is in a link",
    "sortez-le du texte et de l'adresse du lien": "take it out of the link's text and address",
    "un titre a plus de deux #": "a heading has more than two #",
    "gardez # et ##": "keep to # and ##",
    "un champ de contact a été perdu ou répété à la mise en page": (
        "a contact's field was lost or repeated in the layout"
    ),
    "vérifiez que la maquette montre {{ body }} une fois": (
        "see that the layout shows {{{{ body }}}} once"
    ),
    "« {} » ferait charger ou exécuter quelque chose": "{} would load or run something",
    "un courriel ne charge rien : retirez-le": "an e-mail loads nothing: take it out",
    "le style de la page ne se lit pas ({})": "the page's style can't be read ({})",
    "le courriel fait plus de {} ko": "the e-mail is larger than {} kB",
    # Quizzes, the battle, the statement.
    "ce nom n'est pas celui d'un quiz": "this name is no quiz's",
    "« questions » manque": "questions is missing",
    "ajoutez questions:, et une clé par question": "add questions:, and a key for each question",
    "« {} » ne peut pas nommer une question": "{} can't name a question",
    "des lettres minuscules et des tirets": "small letters and dashes",
    "« {} » a {} réponse(s)": "{} has {} answer(s)",
    "écrivez-en de {} à {}": "write {} to {} of them",
    "« {} » a deux fois la même réponse": "{} has the same answer twice",
    "changez-en une": "change one of them",
    "« {} » n'est pas une des réponses": "{} is none of the answers",
    "« {} » n'est ni true ni false": "{} is neither true nor false",
    "écrivez draft: true": "write draft: true",
    "« {} » ne peut pas être une adresse": "{} can't be an address",
    "un mot court, en minuscules sans accent": "a short word, in small letters without accents",
    "rendez-le lisible": "make it readable",
    "ce fichier fait plus de {} ko": "this file is larger than {} kB",
    "« {} » fait {} caractères": "{} has {} characters",
    "« {} » n'est pas une lettre de réponse": "{} is no answer's letter",
    "écrivez a, b, c…": "write a, b, c…",
    "« {} » n'est pas une adresse": "{} is no address",
    "écrivez https://…": "write https://…",
    "« taunts » est vide": "taunts is empty",
    "écrivez les piques de l'hôte": "write the host's taunts",
    "« {} » n'est pas une suite de piques": "{} is no row of taunts",
    "l'état de conformité manque": "the state of accessibility is missing",
    "« {} » n'est pas un état de conformité": "{} is no state of accessibility",
    "« state » n'est pas celui de {}": "state isn't that of {}",
    "écrivez state: {}, ou corrigez l'autre": "write state: {}, or mend the other",
    "choisissez {}": "choose {}",
    # What stands wrong between braces.
    "fermez chaque « {{ » par « }} », et chaque {% if … %} par {% endif %}": (
        "close each “{{{{” by “}}}}”, and each {{% if … %}} by {{% endif %}}"
    ),
    "écrivez l'adresse entière, comme https://www.example.org/page": (
        "write the whole address, such as https://www.example.org/page"
    ),
    "il manque une accolade": "a brace is missing",
    "mettez-en deux de chaque côté, comme {{ prenom }}": (
        "put two on each side, as in {{{{ prenom }}}}"
    ),
    "l'en-tête n'est pas fermé": "the head isn't closed",
    "ajoutez une ligne --- sous subject: et preheader:": (
        "add a line --- below subject: and preheader:"
    ),
    "un guillemet s'ouvre ici et ne se referme pas": "a quotation mark opens here and never closes",
    "refermez-le à la fin de la valeur": "close it at the end of the value",
    "un crochet ou une accolade s'ouvre ici et ne se referme pas": (
        "a bracket or a brace opens here and never closes"
    ),
    "refermez-le sur la même ligne": "close it on the same line",
    "fermez-le, ou retirez-le": "close it, or take it out",
    "un commentaire {# n'est pas fermé": "a comment {{# isn't closed",
    "fermez-le par #}": "close it by #}}",
    "{% raw %} n'est pas permis dans un message": "{{% raw %}} isn't allowed in a message",
    "un {% if … %} n'est pas fermé": "an {{% if … %}} isn't closed",
    "ajoutez {% endif %} là où il s'arrête": "add {{% endif %}} where it ends",
    "« {} » n'est pas fermé": "{} isn't closed",
    "un « {} » n'a pas son {% if … %}": "an {} has no {{% if … %}} of its own",
    "retirez-le, ou écrivez {% if … %} avant lui": "take it out, or write {{% if … %}} before it",
    "« {} » n'existe pas entre {% et %}": "there is no {} between {{% and %}}",
    "gardez if, elif, else et endif": "keep to if, elif, else and endif",
    "{% %} est vide": "{{% %}} is empty",
    "retirez-le, ou écrivez {% if … %}": "take it out, or write {{% if … %}}",
    "{{ }} est vide": "{{{{ }}}} is empty",
    "écrivez-y le nom d'un champ, ou retirez-le": "write a field's name in it, or take it out",
    "un {% if … %} n'a pas de condition": "an {{% if … %}} has no condition",
    "écrivez {% if champ %}": "write {{% if field %}}",
    "gardez un seul nom de champ, sans espace ni accent": (
        "keep one field's name, without spaces and accents"
    ),
    "un point n'est suivi de rien": "nothing follows a dot",
    "employez les champs sans point": "use fields without a dot",
    # Said of more than one place.
    "copiez celui qui est fourni, ou retirez web.battle": (
        "copy the one that is shipped, or take web.battle out"
    ),
    "enregistrez-le en UTF-8": "save it as UTF-8",
    'écrivez "8": ["…"] : sous 10^8 essais, une de ces piques': (
        'write "8": ["…"]: under 10^8 tries, one of these taunts'
    ),
    "le texte demande trop de temps ou de mémoire pour être composé": (
        "the text wants too much time or memory to be composed"
    ),
    "simplifiez-le : moins de marques imbriquées, des paragraphes plus courts": (
        "make it simpler: fewer marks in each other, shorter paragraphs"
    ),
    "ce fichier ne se lit pas en UTF-8": "this file can't be read as UTF-8",
    "un paragraphe a plus de {} caractères": "a paragraph has more than {} characters",
    "corrigez <style>": "mend <style>",
    "faites-en plusieurs": "make several of it",
    "trop de textes communs": "too many shared texts",
    "gardez-en {} au plus": "keep {} of them at most",
    "ajoutez {}": "add {}",
    "il y a trop d'adresses": "there are too many addresses",
    "commencez par ---, state: none, puis ---": "begin with ---, state: none, then ---",
    "il y a {} points": "there are {} points",
    "gardez-en {}": "keep {} of them",
}
