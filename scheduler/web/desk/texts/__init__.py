"""Every sentence of the desk, in French, by page. Another language is another package like this.

Sentences are written with plain spaces; ``typography`` puts the no-break ones in. What states,
reasons and places are called is in ``words``. A name stands in one module alone: a test sees to it.
"""

from scheduler.web.desk.texts.accounts import *
from scheduler.web.desk.texts.acts import *
from scheduler.web.desk.texts.answers import *
from scheduler.web.desk.texts.battle import *
from scheduler.web.desk.texts.calendar import *
from scheduler.web.desk.texts.changes import *
from scheduler.web.desk.texts.entering import *
from scheduler.web.desk.texts.figures import *
from scheduler.web.desk.texts.files import *
from scheduler.web.desk.texts.frame import *
from scheduler.web.desk.texts.help import *
from scheduler.web.desk.texts.law import *
from scheduler.web.desk.texts.messages import *
from scheduler.web.desk.texts.newcomers import *
from scheduler.web.desk.texts.own_account import *
from scheduler.web.desk.texts.people import *
from scheduler.web.desk.texts.sending import *
from scheduler.web.desk.texts.sources import *
from scheduler.web.desk.texts.trials import *
from scheduler.web.desk.texts.twins import *
from scheduler.web.desk.texts.writing import *
