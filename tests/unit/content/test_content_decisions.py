from scheduler.content.composing.decisions import Decisions
from scheduler.content.composing.render import Question

NAMED = Question("prenom")
SURGERY = Question("service", "Bloc")


def test_whoever_answers_the_same_gets_the_same() -> None:
    decisions = Decisions[str]()
    decisions.add([(NAMED, True), (SURGERY, False)], "named")
    decisions.add([(NAMED, False)], "unnamed")

    assert decisions.find({"prenom": "Zoé", "service": "Urgences"}) == "named"
    assert decisions.find({"service": "Bloc"}) == "unnamed"
    assert decisions.find({"prenom": "Zoé", "service": "Bloc"}) is None


def test_without_questions_one_result_is_for_all() -> None:
    decisions = Decisions[str]()
    decisions.add([], "all")

    assert decisions.find({"prenom": "Zoé"}) == decisions.find({}) == "all"


def test_beyond_its_limit_all_is_forgotten() -> None:
    decisions = Decisions[str](limit=1)
    decisions.add([(NAMED, True)], "named")
    decisions.add([(NAMED, False)], "unnamed")

    assert decisions.find({"prenom": "Zoé"}) is None
    assert decisions.find({}) == "unnamed"
