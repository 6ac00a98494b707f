"""Who may report, and who may decide about what."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.members.words import weigh_by
from community.moderation.models import (
    Act,
    Appeal,
    BarredFile,
    DataRequest,
    Decision,
    Keeper,
    Measure,
    Moderatable,
    Notice,
    Trustee,
    impartial,
)
from community.moderation.models.acts import HIDING, ON_PEOPLE
from community.moderation.models.effects import slows
from community.moderation.models.parts import writers_of
from community.policy import No, Verdict, Yes


def desk(member: Member) -> Verdict:
    """Work at the moderation desk."""
    return Yes() if member.is_staff else No(_("The desk is for staff."))


def report(member: Member, thing: Moderatable) -> Verdict:
    """Report a thing one can see."""
    if thing.whose(member) == member:
        return No(_("This is your own. You can edit or remove it where it stands."))
    if thing.is_hidden:
        return No(_("Staff have hidden this already."))
    return Yes()


def work(member: Member, thing: Moderatable) -> Verdict:
    """See the case of a thing, and note something about it: never about one's own, or what one reported."""
    if not member.is_staff:
        return desk(member)
    return _unless(impartial.why_not_look(member, thing.subject, thing.whose(member)))


def judge(member: Member, thing: Moderatable) -> Verdict:
    """Decide anything about a thing, and claim its case: neither who reported it, nor who decided before an appeal."""
    if not member.is_staff:
        return desk(member)
    return _unless(impartial.why_not_decide(member, thing.subject, thing.whose(member)))


def figures(member: Member) -> Verdict:
    """See what was done in figures, and check the chain of the ledger: staff, and trustees."""
    is_theirs = member.is_staff or Trustee.objects.filter(member=member).exists()
    return Yes() if is_theirs else No(_("Only trustees and staff see this."))


def sealed(member: Member) -> Verdict:
    """Read what is sealed, as far as one may: the safeguarding lead and the deputy, nobody else on staff."""
    return Yes() if Keeper.part_of(member) else No(_("Only the safeguarding lead and the deputy read this."))


def hold_person(member: Member, person: Member) -> Verdict:
    """Keep all that somebody wrote for a claim or an inquiry: staff, but not what is their own."""
    if not member.is_staff:
        return desk(member)
    if person.is_nameless:
        return No(_("This stands for everybody who gave no name."))
    return No(_("This is you. A colleague has to place it.")) if person == member else Yes()


def hold_thing(member: Member, thing: Moderatable) -> Verdict:
    """The same of one thing: not where something of their own is a part of it."""
    if member in writers_of(thing):
        return No(_("You wrote this, or a part of it. A colleague has to place it."))
    return work(member, thing)


def note_about(member: Member, person: Member) -> Verdict:
    """Note something about a person for colleagues, and read what they noted."""
    if not member.is_staff:
        return desk(member)
    return No(_("This is you. What colleagues note about you is for them alone.")) if person == member else Yes()


def lift(member: Member, bar: BarredFile) -> Verdict:
    """Let a file be uploaded again that was taken down: whoever may decide about what it was a part of."""
    if not member.is_staff:
        return desk(member)
    return _unless(impartial.why_not_decide(member, bar.decision.subject, bar.decision.author))


def decide(member: Member, thing: Moderatable, act: str) -> Verdict:
    """Decide about a thing, if it is for one to decide: only what changes something."""
    verdict = judge(member, thing)
    return fits(thing, act) if verdict else verdict


def appeal(member: Member, decision: Decision) -> Verdict:
    """Ask that another person looks at a decision: its author if it touches them, and whoever reported the thing."""
    is_author = decision.author_id == member.pk
    if decision.act == Act.RESTORE or (is_author and not decision.touches):
        return No(_("There is nothing to appeal against: nothing was taken from you."))
    if not is_author and not decision.reports.filter(reporter=member).exists():
        return No(_("Only whoever wrote this and whoever reported it can appeal."))
    if timezone.now() > decision.appeal_until:
        return No(_("The time to appeal has passed."))
    if is_author and decision.stands is None:
        return No(_("This stands against you no longer."))
    return Yes()


def appeal_notice(notice: Notice) -> Verdict:
    """Ask the same without an account: whoever sent a notice that a decision answers, once."""
    decision = notice.decision
    if decision is None:
        return No(_("Nothing was decided here that you could appeal against. You can write to us again."))
    if timezone.now() > decision.appeal_until:
        return No(_("The time to appeal has passed."))
    return No(_("You have appealed.")) if notice.appeal else Yes()


def hear(member: Member, appeal: Appeal) -> Verdict:
    """Decide an appeal: another than who decided before, and nobody whose own it is or who reported it."""
    if not member.is_staff:
        return desk(member)
    if appeal.heard_at:
        return No(_("A colleague has decided this appeal already."))
    if appeal.decision.by_id == member.pk:
        return No(_("You took the decision that this is about. A colleague has to hear the appeal."))
    if member.pk in {appeal.by_id, appeal.decision.author_id}:
        return No(_("This is about you. A colleague has to hear the appeal."))
    return _unless(impartial.why_not_decide(member, appeal.decision.subject, appeal.decision.author))


def answer_about_data(member: Member, asked: DataRequest) -> Verdict:
    """Answer what somebody asks about their data: staff, but nobody their own."""
    if asked.member_id == member.pk:
        return No(_("You asked for this yourself. A colleague has to answer."))
    return desk(member)


def write(member: Member, place: str) -> Verdict:
    """Write anything in a place ("group-3"), as far as decisions of staff are concerned."""
    if not member.is_restricted:
        return Yes()
    stopping = Measure.objects.visible_to(member).in_force().stopping(member, place)
    if stopping is None:
        return Yes()
    words = _("You can read here, but not write, until %(day)s. “Your standing”, in your account, says why.")
    return No(words % {"day": date_format(timezone.localtime(stopping.until), "j F, H:i")})


def say_of_oneself(member: Member, words: str, before: str) -> str:
    """Why other words about oneself are not taken: staff keep one from writing anywhere, or have hidden these."""
    if words == before:
        return ""
    if member.profile_hidden:
        return gettext("Staff have hidden what you say of yourself. Until that is decided, it stays as it is.")
    return str(write(member, "").why_not)


weigh_by(say_of_oneself)


def at_once(member: Member) -> Verdict:
    """Write what is shown before anybody has approved it, as far as decisions of staff are concerned."""
    if not member.is_restricted:
        return Yes()
    vetted = Measure.objects.visible_to(member).in_force().filter(act=Act.VET, member=member, until__gt=timezone.now())
    last = vetted.order_by("until").last()
    if last is None:
        return Yes()
    words = _(
        "What you write is approved before it is shown, until %(day)s. “Your standing”, in your account, says why."
    )
    return No(words % {"day": date_format(timezone.localtime(last.until), "j F, H:i")})


def _unless(why_not: str | Promise) -> Verdict:
    return No(why_not) if why_not else Yes()


def fits(thing: Moderatable, act: str) -> Verdict:
    """Whether the act would change something, whoever does it."""
    if act in Act.values and act not in thing.acts:
        return No(_("That step makes no sense here."))
    if act in HIDING and thing.hidden and not thing.hidden.allows(act):
        return No(_("Somebody has hidden this already. Load the page again to see their reasons."))
    if act == Act.RESTORE and thing.undoable is None:
        return No(_("There is nothing to undo. Load the page again to see what happened."))
    if act == Act.EDIT and thing.is_gone:
        return No(_("It is out of sight, so there is nothing to edit."))
    if act == Act.SLOW and ((place := slows(thing)) is None or place.slow):
        return No(_("There is nothing to slow, or it is slow already."))
    if act == Act.MOVE and (thing.moves is None or not thing.moves.can_move):
        return No(_("There is no discussion here that could stand in another group."))
    if act == Act.LOCK and (thing.locks is None or thing.locks.is_closed):
        return No(_("There is no open discussion to close."))
    if act == Act.RESTRICT and thing.stands_in is None:
        return No(_("This is in no group."))
    return _fits_person(thing) if act in ON_PEOPLE else Yes()


def _fits_person(thing: Moderatable) -> Verdict:
    author: Member = thing.author  # type: ignore[attr-defined]
    if author.is_nameless:
        return No(_("Whoever wrote this is not named, and this would name them. Decide about what they wrote."))
    return Yes() if author.is_active else No(_("This account is closed already."))
