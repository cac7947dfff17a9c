"""How to cite a claim's page: GB/T 7714—2015, electronic bulletin."""

from django.utils.timezone import localtime


def claim_citation(claim, *, address, cited_on):
    """The page in Chinese as the standard wants it; the edition is the check's day."""
    checked = f"({localtime(claim.checked_at).date()})" if claim.checked_at else ""
    return (
        f"CBEC Evidence. 数据论断{claim.code}: {claim.statement_zh_hans}[EB/OL]. "
        f"{checked}[{cited_on.isoformat()}]. {address}."
    )
