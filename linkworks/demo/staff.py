"""Made-up staff: a team for each scheme, and people who refer. A few of them are the characters one can sign in as."""

from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from linkworks.accounts.actions import set_absence
from linkworks.accounts.models import Membership, User
from linkworks.accounts.roles import Role
from linkworks.core import clock, tenancy
from linkworks.organisations.actions import change_settings
from linkworks.organisations.models import Organisation, Scheme

from .london import organisation
from .world import Team, World, given_names, told

SIZES = {"large": 4, "medium": 2, "small": 1, "tiny": 1, "none": 0}
SINCE = date(2025, 1, 6)
NAMED = {
    "elm-tree": ["Amara Boateng", "Tomasz Zielinski", "Leila Hosseini", "Gareth Pugh"],
    "canal-side": ["Callum Reid", "Nkechi Obi"],
}


def build(world: World) -> None:
    for team in world.teams:
        staff_team(world, team)
    referring_organisations(world)
    elm = world.teams[0]
    world.characters |= {
        "link-worker": elm.workers[0],
        "colleague": elm.workers[1],
        "other-scheme": world.teams[1].workers[0],
    }


def staff_team(world: World, team: Team) -> None:
    host, scheme = team.scheme.host, team.scheme
    names = NAMED.get(scheme.slug, [])
    for number in range(SIZES[team.size]):
        name = names[number] if number < len(names) else made_up_name(world)
        team.workers.append(member(name, Role.LINK_WORKER, host, scheme))
    if not team.workers:
        return
    team.manager = member(
        "Ruth Adeyemi" if team is world.teams[0] else made_up_name(world), Role.TEAM_MANAGER, host, scheme
    )
    settle(world, team)
    if team.size in {"large", "medium"}:
        lead = "Helen Marsh" if team is world.teams[0] else made_up_name(world)
        team.safeguarding_lead = member(lead, Role.SAFEGUARDING_LEAD, host, scheme)
    if team is world.teams[0]:
        staff_first_team(world, team)


def settle(world: World, team: Team) -> None:
    """Some managers have set their scheme up for their own place."""
    settings = told("london")["settings"].get(team.scheme.slug)
    if settings and team.manager:
        by = world.actor(team.manager)
        with tenancy.context(by):
            change_settings(team.scheme, document=settings, by=by, reason="Set up for our place with the team.")


def staff_first_team(world: World, team: Team) -> None:
    """The first scheme has one of everybody, so that each role can be tried."""
    host, scheme = team.scheme.host, team.scheme
    team.signposter = member("Joe Bright", Role.SIGNPOSTER, host, scheme)
    world.characters |= {
        "manager": team.manager,  # type: ignore[dict-item]
        "safeguarding-lead": team.safeguarding_lead,  # type: ignore[dict-item]
        "signposter": team.signposter,
        "administrator": member("Paul Watts", Role.ORGANISATION_ADMINISTRATOR, host),
        "steward": member("Ines Duarte", Role.DIRECTORY_STEWARD, host),
        "commissioner": member("Grace Liu", Role.COMMISSIONER, host),
    }


def one_is_away(world: World) -> None:
    """One of the first team is on leave this week, and the link worker one can be covers."""
    team = world.teams[0]
    if team.manager is None or len(team.workers) < 2:
        return
    by, today = world.actor(team.manager), clock.today()
    with tenancy.context(by):
        set_absence(
            team.workers[-1].pk,
            scheme_id=team.scheme.pk,
            cover_id=team.workers[0].pk,
            starts_on=today,
            ends_on=clock.add_working_days(today, 5),
            note="On leave with the family. Nobody was promised a call, but ring anybody whose day has come.",
            by=by,
        )


def referring_organisations(world: World) -> None:
    boroughs = [code for team in world.teams if team.size != "none" for code in team.boroughs]
    for number, name in enumerate(told("london")["practices"]):
        practice = organisation(name, "gp-practice", world.postcode(boroughs[number % len(boroughs)]))
        doctor = "Dr Priya Nair" if number == 0 else f"Dr {made_up_name(world)}"
        world.referrers.append((practice, member(doctor, Role.REFERRER, practice), "gp"))
        if number == 0:
            world.characters |= {
                "gp": world.referrers[0][1],
                "practice-administrator": member("Sam Oduya", Role.PRACTICE_ADMINISTRATOR, practice),
            }
    for number, facts in enumerate(told("london")["other_referrers"]):
        body = organisation(facts["name"], facts["kind"], world.postcode(boroughs[number]))
        world.referrers.append((body, member(made_up_name(world), Role.REFERRER, body), facts["type"]))


def made_up_name(world: World) -> str:
    row = world.dice.choice(told("names"))
    return f"{world.dice.choice(given_names(row))} {world.dice.choice(row['family'])}"


def member(name: str, role: Role, at: Organisation, scheme: Scheme | None = None) -> User:
    """Somebody who can sign in with one press in the demo. They have no password, and a second factor like everybody."""
    slug = name.lower().replace(" ", ".").replace("'", "")
    number = User.objects.filter(email__startswith=f"{slug}").count()
    user = User(email=f"{slug}{number or ''}@example.org", name=name, is_fictional=True)
    user.set_unusable_password()
    user.save()
    TOTP.activate(user, generate_totp_secret())
    Membership.objects.create(user=user, organisation=at, role=role.value, scheme=scheme, starts_on=SINCE)
    return user
