"""The pieces that patterns of leaving are made of: verbs, messages, lists, numbers."""

SURE = (
    r"(?:sms\w*|textos?|texts?|txts?|messages|msgs?|mms|envois?|notif\w*|alertes?|alerts?"
    r"|campa[gi]\w*"
    r"|pubs?|publicit\w*|spams?|listes?|lists?|listing|mailing|newsletters?|diffusions?"
    r"|prospection"
    r"|sollicit\w*|relances|abonnements?|subscription|tips|astuces|demarchage|conseils"
    r"|inscription"
    r"|ces infos|vos infos|vos trucs|cyber\w*|ces messages|vos messages"
    r"|ce genre de message|marketing"
    r"|your updates|these updates|vos conneries|vos betises|vos mails|ces mails"
    r"|your emails|rappels"
    r"|reminders)"
)
STOPPING = (
    r"(?:ar+et+\w*|stop\w*|cess\w*|termin(?:ez|er|e|ons)|suspend\w*|interromp\w*"
    r"|desactiv\w*|bloqu\w*"
    r"|resili\w*|coupe[rz]?|annule[rz]?|cancel|cease|quit|end|halt|block|disable"
    r"|deactivate|fin"
    r"|discontinue|turn off|switch off|finissez|finir|mettre fin|mettez fin"
    r"|abandonne[rz]?|mute"
    r"|inutile de (?:continuer)?|pas la peine de|evite[rz]?|basta|marre|quitter|sortir"
    r"|give up)"
)
WRITING = (
    r"(?:envoy\w*|envoi\w*|menvoy\w*|menvoi\w*|ecri\w*|mecri\w*|contact\w*|sollicit\w*"
    r"|derang\w*"
    r"|importun\w*|adress\w*|embet\w*|emmerd\w*|harcel\w*|spam\w*|relanc\w*|texting"
    r"|txting|txtin|messaging|sending|sendin"
    r"|contacting|writing|bother\w*|pester\w*|harass\w*|texter|messager|recevoir"
    r"|receiving|getting"
    r"|saouler|souler|gonfler|polluer|casser les|faire chier)"
)
TO_WRITE = (
    r"(?:recevoir|resevoir|recevoire|envoyer|renvoyer|menvoyer|ecrire|mecrire|contacter"
    r"|solliciter"
    r"|deranger|importuner|adresser|embeter|emmerder|harceler|spammer|relancer|texter"
    r"|joindre"
    r"|communiquer|etre (?:embet\w*|harcel\w*|spamm\w*|bombard\w*|contact\w*|sollicit\w*"
    r"|derang\w*|inscrit\w*|sur|dans"
    r"|destinataire|abonne\w*"
    r"|importun\w*)|faire partie|figurer|apparaitre|les (?:recevoir|avoir)|en (?:recevoir"
    r"|avoir)|avoir (?:de |vos"
    r" |ces |les )?(?:sms|textos?|messages?|msg|notif\w*|alertes?))"
)
WRITE = (
    r"(?:envoye[rz]?|envoie[sz]?|envoi|envois|menvoye[rz]?|menvoie|ecrive[rz]?|ecris"
    r"|ecrit|mecrive[rz]"
    r"|contacte[rz]?|sollicite[rz]?|derange[rz]?|importune[rz]?|adresse[rz]?|embete[rz]?"
    r"|emmerde[rz]?"
    r"|harcele[rz]?|spamme[rz]?|relance[rz]?|text[oe]*[rz]?)"
)
TAKING_OFF = (
    r"(?:retir\w*|enlev\w*|sup+rim\w*|ef+ac\w*|ray(?:ez|er|e)|otez|oter|ote|virez|virer"
    r"|vire|sortez"
    r"|sortir|exclu\w*|radi(?:ez|er|e)|remov\w*|delet\w*|drop|erase\w*|strike|scratch"
    r"|take|takes|taken"
    r"|taking|get rid of|lose|forget|oubliez|oublie|oublier|effassez|bannissez|excluez"
    r"|cut)"
)
MY_NUMBER = (
    r"(?:(?:mon|ce|my|this|le|notre|son|sa|votre|the) (?:numero\w*|num|nums|no|n|nom|tel|telephone"
    r"|portable|mobile|contact|adresse|number|name|phone|cell|inscription|abonnement|profil|06|07)"
    r"|mes (?:coordonnees|infos|informations)|my (?:details|contact details|info))"
)
LISTS = (
    r"(?:listes?|lists?|listing|fichiers?|bases?|database|diffusions?|destinataires"
    r"|contacts?|envois?"
    r"|campagnes?|mailing|repertoire|carnet|annuaire|sms|textos?|texts|messages|notif\w*"
    r"|system\w*"
    r"|registre|records|newsletter|programme|groupe|group|truc|thing|service|boucle|loop)"
)
END = (
    r"(?= (?:s il|svp|stp|merci|please|pls|plz|thanks|thank|thx|maintenant|now|tout"
    r"|de suite|d urgence|cordialement|bonne|sinon|immediatement|definitivement|and|et|j"
    r"|je|i|il|elle|car|because) | $)"
)
NEVER = r"(?:plus|pu|plu|pas|jamais|point|aucun\w*|rien|nul\w*)"
ABOUT = (
    r"(?:de |d |des |vos |ces |ce |cette |tes |ton |votre |vo |les |le |leurs? |of |your "
    r"|ur |these |those |this |the |any |more |all |tous |toutes |toute |tout |aucun "
    r"|aucune |un seul |a |aux |avec |with |ses |sur |m |genre )"
)
