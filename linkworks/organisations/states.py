"""Kinds of organisation, and how far a scheme reaches."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    LOCAL_AUTHORITY = "local-authority"
    ICB = "icb"
    PCN = "pcn"
    GP_PRACTICE = "gp-practice"
    PHARMACY = "pharmacy"
    NHS_TRUST = "nhs-trust"
    MENTAL_HEALTH_TRUST = "mental-health-trust"
    HOUSING_ASSOCIATION = "housing-association"
    LIBRARY = "library"
    ADULT_EDUCATION = "adult-education"
    SCHOOL = "school"
    CARE_HOME = "care-home"
    JOB_CENTRE = "job-centre"
    EMERGENCY_SERVICE = "emergency-service"
    CHARITY = "charity"
    COMMUNITY_GROUP = "community-group"
    FAITH_ORGANISATION = "faith-organisation"
    COMPANY = "company"
    OTHER = "other"


class RelationKind(StrEnum):
    PART_OF = "part-of"  # a practice in a PCN, a PCN in an ICB, a charity's branch
    COVERS = "covers"  # an ICB or a scheme's host covers a borough
    COMMISSIONS = "commissions"


class Coverage(StrEnum):
    WHOLE_POPULATION = "whole-population"
    PLACE = "place"
    COHORT = "cohort"
    DEVELOPING = "developing"
    NONE = "none"


class CatchmentKind(StrEnum):
    BOROUGH = "borough"  # code: ONS code, E09…
    PRACTICE = "practice"  # code: ODS code
    POSTCODE_SECTOR = "postcode-sector"  # code: "SE15 5"
