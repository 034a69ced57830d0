"""The register of rules."""

LAW_INTRO = (
    "Chaque règle de la loi, d'un contrat ou de notre propre parole, et le réglage qui "
    "l'affaiblit. Une décision écrite, avec un nom et une date, vaut pour ce qui peut se décider."
)
LAW_WEAKENED = "Ce qu'un réglage affaiblit"
LAW_ALL_HELD = "Aucun réglage n'affaiblit une règle."
LAW_HELD = "Ce qui est respecté"
LAW_RULE = "Règle"
LAW_SOURCE = "Source"
LAW_KEYS = "Ce qui pourrait l'affaiblir"
LAW_WHY = "Pourquoi"
LAW_HAPPENS = "Ce qui se passe"
LAW_WHO = "Qui peut décider"
LAW_NOBODY = "Personne : c'est interdit."
LAW_SIGN = "Pour décider, dans config.yaml"
