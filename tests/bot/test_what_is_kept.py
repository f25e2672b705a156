"""The page that tells people who may do what with what is kept about them says what the permission table says."""

import re

from bot.permissions import ALLOWED, Permission
from bot.permissions import relations as r
from tests.about_the_code.source import ROOT

PAGE = (ROOT / "docs/why/what-is-kept-about-you.md").read_text()
WHO = {
    r.anyone: "everybody",
    r.an_admin: "admins",
    r.a_lead: "leads of the team",
    r.the_manager: "the manager of the team",
    r.a_leader_of_theirs: "who leads them: leads their agents, managers also the leads, managers of a department also its "
    "teams' managers",
    r.the_author: "who wrote it",
    r.the_author_who_still_leads: "who wrote it, as long as they lead there",
    r.the_author_of_what_is_shared: "who wrote it, once it is shared",
    r.whom_it_is_shared_with: "whom it is about, once it is shared",
    r.whom_it_is_about: "whom it is about",
    r.the_chain_it_is_shared_with: "managers of the team and above it, if it is shared with them",
    r.who_decides: "who was asked to decide a dispute",
    r.the_giver: "who gave them",
    r.who_is_thanked: "who was thanked",
}
WHAT = {
    Permission.COACHING_WRITE: "write a note about somebody",
    Permission.COACHING_SEE: "read a note",
    Permission.COACHING_EDIT: "change or share a draft",
    Permission.COACHING_DISCARD: "throw a draft away",
    Permission.COACHING_ADD: "add to a shared note",
    Permission.COACHING_ANSWER: "acknowledge or dispute it",
    Permission.COACHING_DECIDE: "decide a dispute",
    Permission.COACHING_CLOSE: "close it",
    Permission.COACHING_EXPORT: "take notes along in an Excel file",
    Permission.COMMITMENT_SETTLE: "say what became of a promise",
    Permission.COACHING_SET: "set the team's skills and how often people are coached",
    Permission.KUDOS_GIVE: "thank somebody",
    Permission.KUDOS_UNDO: "take thanks back",
    Permission.KUDOS_SEE: "read private thanks",
    Permission.KUDOS_LEAD: "see who has had no thanks for long",
    Permission.KUDOS_FLAGS: "hear of thanks that look odd",
    Permission.KUDOS_SET: "set the team's values and digest",
}


def rows(under: str) -> list[tuple[str, str]]:
    """The table below a heading."""
    section = PAGE.split(f"## {under}")[1].split("\n## ")[0]
    found = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    return [(what, who) for what, who in found if what not in {"what", "---"}]


def test_the_page_says_what_the_table_says() -> None:
    expected = [
        (words, " · ".join(WHO[relation] for relation in ALLOWED[permission]))
        for permission, words in WHAT.items()
    ]
    assert rows("Who may do what with coaching notes and thanks") == expected


def test_the_page_has_every_permission_about_coaching_and_thanks() -> None:
    about = {one for one in Permission if one.startswith(("coaching.", "commitment.", "kudos."))}
    assert set(WHAT) == about


def test_what_it_says_of_the_rest_is_so_too() -> None:
    """The sentences on who reads a case, why somebody is away, and what is said in stand-ups."""
    team = {r.an_agent, r.a_lead, r.the_manager, r.an_observer}
    assert r.an_admin not in ALLOWED[Permission.STANDUP_SEE]
    assert set(ALLOWED[Permission.STANDUP_SEE]) == team
    for why in (Permission.ABSENCE_READ, Permission.COVER_READ):
        assert set(ALLOWED[why]) == {r.the_owner, r.a_lead}
    assert {r.a_lead, r.the_manager, r.an_observer, r.an_admin} < set(
        ALLOWED[Permission.ESCALATION_SEE]
    )
    assert set(ALLOWED[Permission.SHIFT_SEE]) == team | {r.an_admin}
