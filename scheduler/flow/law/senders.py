"""A channel whose sender takes somebody else's name: nothing leaves under it."""

from scheduler.config.configuration import Configuration
from scheduler.domain.channels import EMAIL, SMS
from scheduler.domain.errors import ContentError
from scheduler.domain.law.codes import LawRule
from scheduler.flow.law import mail, sms
from scheduler.flow.law.look import Look

_JUDGES = {EMAIL.name: mail.sender, SMS.name: sms.sender}
_BORROWED = (LawRule.MAIL_FROM, LawRule.SMS_SENDER)


def check_sender(configuration: Configuration, channel: str) -> None:
    """Raises ContentError, at its key, when a channel's sender is another's name."""
    judge = _JUDGES.get(channel)
    for one in judge(Look(configuration)) if judge else ():
        if one.rule in _BORROWED:
            raise ContentError(
                where=one.spot.file or "environnement",
                line=one.spot.line,
                what=f"{one.spot.key} : {one.what}",
                remedy="rien ne part sous le nom d'un autre : mettez le vôtre",
            )
