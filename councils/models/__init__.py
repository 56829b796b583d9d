from councils.models.claims import Claim
from councils.models.councils import Council, Region
from councils.models.impacts import Impact
from councils.models.memberships import Membership
from councils.models.participation import Participation
from councils.models.positions import Position, PositionVersion
from councils.models.views import View
from councils.models.writing import Decision, Edit, Renewal

__all__ = [
    "Claim",
    "Council",
    "Decision",
    "Edit",
    "Impact",
    "Membership",
    "Participation",
    "Position",
    "PositionVersion",
    "Region",
    "Renewal",
    "View",
]
