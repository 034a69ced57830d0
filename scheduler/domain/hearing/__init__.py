"""What a text that came in asks for: read whole, weighed, decided in one place.

``reading`` takes it apart; ``keywords`` knows the words that stand alone, ``leaving`` the verbs and
``refusals`` what is as clear; ``care`` is health and appointments, ``context`` whose act is meant,
``doubting`` what isn't sure, ``strangers`` a number that isn't the person's. ``deciding`` weighs.
"""
