"""The taxonomy of urgent concerns as a table: each of its cues alone, each weak cue, each look-alike."""

from __future__ import annotations

import pytest

from analysis.urgency import concerns_with

CUES = {
    ("immediate_danger", "red_now"): (
        "help me, hes here now, hes coming, in the house now, locked me in, locked out, got a knife, please come, "
        "hiding, hurting me now, call police, call the police, sos, cant breathe"
    ),
    ("suicide", "red_now"): (
        "want to die, wanna die, kill myself, kms, killing myself, end my life, end it all, end it, unalive, sewer "
        "slide, suicide, suicidal, not be here, dont want to be here, better off without me, no point living, "
        "goodbye everyone, overdose, took pills, took loads of tablets, jump off"
    ),
    ("self_harm", "red_today"): (
        "cut myself, cutting, self harm, self-harm, burn myself, hurt myself, scratch myself, starving myself, "
        "make myself sick, purging"
    ),
    ("physical_abuse", "red_today"): (
        "hit me, hits me, hitting me, beat me, beats me, slapped, punched, kicked me, strangled, choked me, "
        "grabbed me, pushed me down, belt, bruise, bruises, hurts me, hurt me, threw me, bije, bate, кричить і "
        "б'є, कुट्छ"
    ),
    ("sexual_abuse", "red_now"): (
        "touched me, touches me, raped, rape, forced me, made me do stuff, made me have sex, nudes, send pics, "
        "send pictures, sextortion, wants me to meet, secret between us, comes in my room, comes into my room, "
        "private parts"
    ),
    ("emotional_abuse", "red_today"): (
        "scared of him, scared of her, scared of dad, scared of mum, scared to go home, calls me worthless, hates "
        "me, says im nothing, threatens, screams at me, locks me, not allowed to eat, walking on eggshells"
    ),
    ("neglect", "red_today"): (
        "no food, nothing to eat, havent eaten, left on my own, no one looks after, no clean clothes, sleep on the "
        "floor, mum passed out, dad passed out, cant wake mum, looking after my brothers on my own"
    ),
    ("domestic_abuse", "red_today"): (
        "hits mum, hits my mum, hits dad, hurt mum, fighting again, smashed the house, controls me, controls mum, "
        "checks my phone, wont let me go out, took my phone, threatened to kill, stalking, follows me, he reads my "
        "texts, reading this, he found out"
    ),
    ("exploitation_county_lines", "red_today"): (
        "county lines, cunch, going country, going cunch, out trapping, trap house, trapping, bando, plugging, "
        "plugged, shotting, cuckooing, owe them money, taxed, made me carry, hold a package, burner phone"
    ),
    ("missing", "red_now"): (
        "run away, ran away, runaway, not going home, not going back, sleeping rough, sleeping outside, dont know "
        "where i am, no one knows where i am, leaving tonight"
    ),
    ("weapons_violence", "red_now"): (
        "got a knife, carry a knife, carrying a knife, shank, zombie knife, machete, got a gun, stab, stabbed, "
        "chefed, wetted, gonna kill him, kill her, gonna get jumped, they are after me, bring a blade, acid attack"
    ),
    ("overdose_substance", "red_now"): ("took too many, overdosed, passed out, blacked out, smoking crack"),
    ("mental_health_crisis", "red_today"): (
        "hearing voices, voices telling me, people watching me, losing my mind, breakdown, cant cope, cant do this "
        "anymore, cant go on, not eaten for days, panic attacks every day"
    ),
    ("carer_may_harm", "red_now"): (
        "shook him, shook her, shook the baby, might hurt him, might hurt the baby, gonna lose it with, snapped "
        "and hit, i hit him, i smacked her, take him away before i, cant trust myself"
    ),
    ("bullying", "amber"): (
        "bullied, bullying, picked on, jumped me, group chat about me, fake account, rumours, racist, homophobic, "
        "scared to go school, scared of going school"
    ),
    ("harmful_practices", "red_today"): (
        "make me marry, forced marriage, arranged without, taken abroad, flight booked, cut down there, fgm, "
        "honour killing, exorcism"
    ),
    ("radicalisation", "red_today"): (
        "join them to fight, race war, jihad, attack plan, make a bomb, they all deserve to die, manifesto, great "
        "replacement"
    ),
    ("housing_destitution", "amber"): (
        "evicted, eviction, bailiffs, nowhere to sleep, sleeping in the car, no money, meter run out, food bank, "
        "homeless"
    ),
    ("allegation_staff", "conduct"): (
        "worker touched, worker hit, worker messages me at night, adds me on snap, snapchat, asked for my number, "
        "gave me money, gave me a vape, took me to his, flirts, calls me sexy, drunk when, smelt of drink, said "
        "not to tell, dont tell my manager, shouted in my face, grabbed my arm"
    ),
    ("threat_to_staff", "red_today"): (
        "gonna burn, know where she lives, wait for him outside, ill find you, watch your back"
    ),
    ("disclosure_without_words", "amber"): (
        "can i tell you something, promise not to tell, dont tell anyone, please dont tell, is this private, its a "
        "secret, cant say, cant talk here, hes next to me, never mind, forget it, nothing matters, whats the "
        "point, 😢, 😭, 💔, 🔪"
    ),
}

WEAK = {
    "self_harm": ("relapsed, bleeding, sh again"),
    "sexual_abuse": ("older boyfriend, asl, sugar daddy, onlyfans"),
    "neglect": ("hungry, no heating, no electric, left alone, home alone"),
    "exploitation_county_lines": ("ot, the line, elders, olders, debt, bits, train tickets, bought me trainers"),
    "missing": ("missing, kicked out, on the street, leaving home"),
    "weapons_violence": ("knife, gun, strap, jumped, beef with"),
    "overdose_substance": ("spice, ket, xans, lean, drink driving, on gear, needle, vaping weed"),
    "harmful_practices": ("honour, shame on the family, witch, possessed"),
}

LOOK_ALIKES = [
    "help me with my homework",
    "hes coming on tuesday",
    "dont want to be here (about a session)",
    "kms lol",
    "dying of boredom",
    "haircut",
    "cutting down on vaping",
    "helped me stop cutting",
    "hit me up",
    "hits different",
    "hit the target",
    "touched by her kindness",
    "send pictures of my work",
    "hates me (about a teacher)",
    "im hungry lol",
    "left alone to get on with it",
    "fighting with my brother over xbox",
    "ot = occupational therapist",
    "trap music",
    "food",
    "missing school",
    "missing my worker",
    "strap on my bag",
    "killed it",
    "knife skills class",
    "zombie film",
    "pulled pork lean",
    "ketchup",
    "cant cope with this homework",
    "smacked it out the park",
    "no one bullies me now",
    "taken abroad on holiday",
    "history homework",
    "worker was fit",
    "😭 used for laughing",
]


def kinds(text: str) -> dict[str, str]:
    """What the patterns alone see: the models only ever add to it."""
    return {concern.category: concern.severity for concern in concerns_with(None, text)}


@pytest.mark.parametrize(("category", "severity"), CUES)
def test_each_cue_alone_has_the_severity_of_its_category(category: str, severity: str) -> None:
    found = {cue: kinds(cue).get(category) for cue in CUES[category, severity].split(", ")}
    assert found == dict.fromkeys(found, severity)


@pytest.mark.parametrize("category", WEAK)
def test_each_weak_cue_is_amber_alone_and_never_less_beside_another(category: str) -> None:
    cues = WEAK[category].split(", ")
    assert {cue: kinds(cue).get(category) for cue in cues} == dict.fromkeys(cues, "amber")
    beside = {cue: kinds(f"{cue}. my dad hits me").get(category) for cue in cues}
    assert not {cue for cue, severity in beside.items() if severity in {None, "amber"}}


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_each_look_alike_is_for_a_glance_at_most(text: str) -> None:
    assert set(kinds(text).values()) <= {"amber"}
