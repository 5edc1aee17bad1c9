"""What the directory stores: public information about services, in Open Referral's nouns. No personal data, so no walls."""

from .activities import FeedItem
from .claims import Claim, ClaimStep
from .contacts import Contact, ServiceLanguage
from .duplicates import DuplicatePair
from .freshness import Confirmation
from .history import ListingChange, ListingReport
from .imports import HeldFact, ImportProblem, ImportRun, ImportRunMove, StagedRow
from .meaning import ListingMeaning, NeedMeaning
from .nothing_fits import NothingFitted
from .photos import ServicePhoto
from .places import AccessibilityFeature, Location, ServiceArea, ServiceAtLocation
from .proposals import ListingVersion, ProposedEdit, ProposedEditStep
from .refreshing import RefreshRequest, RefreshStep
from .searches import EmptySearch
from .service import Service
from .shared import SharedList
from .sources import Source, SourceOrganisation, TermMeaning
from .terms import Attribute, Taxonomy, TaxonomyTerm
from .times import CostOption, Schedule
from .touches import ListingTouch

__all__ = [
    "AccessibilityFeature",
    "Attribute",
    "Claim",
    "ClaimStep",
    "Confirmation",
    "Contact",
    "CostOption",
    "DuplicatePair",
    "EmptySearch",
    "FeedItem",
    "HeldFact",
    "ImportProblem",
    "ImportRun",
    "ImportRunMove",
    "ListingChange",
    "ListingMeaning",
    "ListingReport",
    "ListingTouch",
    "ListingVersion",
    "Location",
    "NeedMeaning",
    "NothingFitted",
    "ProposedEdit",
    "ProposedEditStep",
    "RefreshRequest",
    "RefreshStep",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceLanguage",
    "ServicePhoto",
    "SharedList",
    "Source",
    "SourceOrganisation",
    "StagedRow",
    "Taxonomy",
    "TaxonomyTerm",
    "TermMeaning",
]
