"""Hold comments by authors whose earlier comments were often rejected or removed."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def record(case: Case) -> Opinion | None:
    """Ask for a person if the author's share of refused comments is high."""
    refused, policy = case.record.refused, case.policy
    decided = refused + case.record.approved
    if refused < policy.rejections or refused / decided < policy.rejection_share:
        return None
    return Opinion("record/often-refused", Outcome.HOLD, round(refused / decided, 3))
