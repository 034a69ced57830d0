"""How long each kind of data is kept, in French: for the register's sheet and for a person."""

from collections.abc import Sequence

from scheduler.config.settings import RetentionSettings


def durations(keys: RetentionSettings) -> Sequence[tuple[str, str]]:
    """(what, how long)."""
    silent = f"{keys.contacts_years} ans après le dernier acte ou accord de la personne, à défaut "
    silent += "après le dernier fichier qui la nomme"
    proof = f"tant qu’elle vaut, puis {keys.proofs_years} ans après son remplacement ou son "
    proof += "retrait ; au plus tard avec le contact"
    return (
        ("Contact", silent),
        ("Contact sorti de son fichier", f"{keys.leavers_days} jours"),
        ("Preuve d’accord", proof),
        (
            "Qui a reçu quel message, essais, demandes d’abonnement confirmées",
            f"{keys.deliveries_months} mois, puis des totaux seulement",
        ),
        (
            "Date d’entrée d’un nouvel arrivant",
            "60 jours ; qui a reçu l’accueil une fois reste connu par des empreintes, sans limite",
        ),
        ("Demande d’abonnement non confirmée", "7 jours"),
        ("Texte des réponses par SMS", f"{keys.replies_months} mois"),
        ("Répétition (copie de travail)", f"{keys.rehearsal_days} jours"),
        ("Opposition", "sans limite, sous forme d’empreinte (3 ans au moins)"),
        ("Journal d’audit", "sans limite ; il ne contient ni nom ni adresse"),
        ("Journaux techniques", "à régler par l’exploitant (6 à 12 mois) ; adresses masquées"),
    )
