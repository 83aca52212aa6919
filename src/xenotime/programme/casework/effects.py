"""What a move does beyond its new state: what the machine does to the case, and what a service does."""

from __future__ import annotations

from types import MappingProxyType

#: What the machine does to the case. After the colon: a clock, a flag, a matter of votes, a queue.
INNER: MappingProxyType[str, str] = MappingProxyType(
    {
        "start_clock": "a span of the clock begins on the day of the move",
        "stop_clock": "the running span of the clock ends on the day of the move",
        "raise_flag": "the flag of the manifest is raised",
        "forget_votes": "votes on the matter are taken off the case; the log keeps them",
        "forget_advice": "standing advice is marked superseded",
        "attach_conditions": "the track's conditions, and those that final advice names, stand on the case",
        "sample": "the flag `sampled` is raised if the case's lot falls under the profile's percentage",
        "leave_queue": "the case leaves its queue and its officer",
        "queue": "the case goes to the queue",
    }
)

#: What a service does in the same change. After the colon: a letter, a kind of case, a kind of duty.
#: The words say what it needs of the case.
OUTER: MappingProxyType[str, str] = MappingProxyType(
    {
        "activate_organisation": "it is active, with the form's sites, owners, products and the case's track",
        "restrict_organisation": "organisation becomes restricted: nothing new is granted to it",
        "close_organisation": "organisation is closed; nothing of it stays active",
        "approve_sites": "form.sites become approved sites of the organisation from the day of the move",
        "vet": "the checks of `parties` run again and their findings come onto the case",
        "issue_certificate": "a certificate over the form's scope with case.conditions; sets case.subject",
        "extend_certificate": "the certificate case.subject gains form.sites, form.items and form.grams",
        "surrender_certificate": "the certificate case.subject is given back: revoked at its holder's wish",
        "issue_licence": "a licence of the kind over form's users, items, grams; sets case.subject",
        "surrender_licence": "the licence case.subject is given back",
        "amend_subject": "case.subject is changed as form.change, grams, drop_sites and detail say",
        "hold_subject": "the licence case.subject rests until it is released (a certificate does not)",
        "release_subject": "what was held may be used again",
        "suspend_subject": "the certificate or licence case.subject is suspended now",
        "reinstate_subject": "case.subject is active again; a revoked one is issued anew",
        "revoke_subject": "the certificate or licence case.subject is revoked now",
        "set_quota": "caps follow the grams of what was issued or changed",
        "letter": "the letter of the manifest goes to the organisation",
        "open": "a case of the kind opens: parent this case; subject the same, or this case's id for "
        "an appeal and where there is none; form of an appeal: {grounds: case.reason}",
        "open_successor": "a case of the same kind opens as a draft with this form; parent this case",
        "duty": "the obligation of the kind opens for the organisation, due as the profile says",
        "meet_duty": "its open obligations of the kind about case.subject are met",
        "refuse_duty": "those open of the kind are refused: the condition is broken until it is accepted",
        "answer_shipment": "the referred shipment is allowed (its quota is reserved now) or refused",
        "step_up": "the organisation goes one sanction step up",
        "step_down": "the organisation goes one sanction step down",
        "notify_customs": "what changed is in the next batch for customs",
        "resume_subject": "the appealed case case.subject goes back: the event `reopen`, fired as system",
        "confirm_subject": "the appealed decision of case.subject stands: the event `stand`, as system",
    }
)


def split(effect: str) -> tuple[str, str]:
    """The name of an effect and what stands after its colon.

    >>> split("letter:granted"), split("vet")
    (('letter', 'granted'), ('vet', ''))
    """
    name, _, argument = effect.partition(":")
    return name, argument
