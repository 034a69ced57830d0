"""A quiz's file, for tests."""

from pathlib import Path

QUESTION = """\
  {key}:
    ask: "Que faire de {key} ?"
    answers:
      a: "Le laisser"
      b: "Le fermer"
      c: "Le prêter"
    right: {right}
    why: "{{{{ hote }}}} le dit aussi."
"""
#: Five questions, whose right answers stand at three places.
RIGHTS = {"un": "a", "deux": "b", "trois": "c", "quatre": "b", "cinq": "c"}


def quiz_text(address: str = "essai", **changed: str) -> str:
    """``changed``: a question's right answer."""
    head = {
        "address": address,
        "title": '"Un essai"',
        "intro": '"{{ hote }} écoute."',
    }
    asked = "".join(
        QUESTION.format(key=key, right=right) for key, right in {**RIGHTS, **changed}.items()
    )
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    now = '"Fermez votre écran."\nfurther:\n  "Le site": https://www.cybermalveillance.gouv.fr\n'
    return f"{lines}questions:\n{asked}now: {now}"


def write_quiz(
    templates: Path,
    text: str,
    *,
    message: str = "cybermois/annonce",
    name: str = "quiz.staff.fr.yaml",
) -> Path:
    file = templates / message / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
