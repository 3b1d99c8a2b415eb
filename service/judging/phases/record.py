"""Hold what comes from an author of whose comments many did not stay."""

from service.domain.verdict import Outcome, Reason
from service.judging.case import Case, Opinion


def record(case: Case) -> Opinion | None:
    """Ask for a person where an author's share of refused comments is high."""
    refused, policy = case.record.refused, case.policy
    decided = refused + case.record.approved
    if refused < policy.rejections or refused / decided < policy.rejection_share:
        return None
    return Opinion(Reason("record", "often-refused", round(refused / decided, 3)), Outcome.HOLD)
