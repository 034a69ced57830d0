"""What a text that came in asks for: read whole, weighed, decided in one place.

``reading`` takes it apart and ``spelling`` makes it plain. ``keywords`` knows the words that stand
alone, ``plainly`` orders with nothing else in them, ``leaving`` the verbs with ``objects``,
``asking_off``, ``telling_off`` and ``refusals`` what is as clear; ``mentions`` are words only
spoken of, ``aside`` orders that aren't said to us. ``care`` is health, ``distress`` what nobody may
pass over, ``context`` whose act is meant. ``strangers`` (with ``names``) and ``deaths`` are numbers
that aren't the person's; ``mistakes`` (and deaths) are the sender's own, ``narrow`` refusals of an
hour or another thing, ``partial`` those that keep the appointments, and ``farewells`` leave taken
without naming what. ``ordering`` says what is an order, ``holding`` (with ``doubting``) what is
held, ``staying`` what is plainly about something else; ``deciding`` brings them together.
``evidence`` takes a text's signs, ``weighing`` says what they are worth together, and ``bearing``
how much of what the rules find they bear. What nothing is found in is passed over only where
``recognising`` knows what it is about: ``subjects`` that are named beyond mistake, words that are
``familiar`` from who stays, nothing ``faint`` of leaving, nothing ``strange`` to its reader; all
else is held.
"""
