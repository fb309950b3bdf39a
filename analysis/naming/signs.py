"""The signs by which a word is known for a name: what stands beside it, and how it is written.

No rule looks further than three words.
"""

from __future__ import annotations

from analysis.naming.lists import around, deeds, is_plain, names, never_names
from analysis.naming.tokens import NOBODY, Line, Token


def follows_title(line: Line, i: int) -> bool:
    """After "Mr" anything that is no plain word, or has a capital; after "Miss" or "Auntie" less."""
    token, title = line.at(i), line.before(i)
    if not token.joined or title.owning or title.found:
        return False
    wordy = token.key in names().also_words or (token.key in names().surnames_also_words and token.key != "home")
    if title.key in around().titles and (title.case != "upper" or line.flat):
        return line.has_capital(i) or wordy or not is_plain(token.key)
    return title.key in around().weaker_titles and _follows_weaker_title(line, i, wordy=wordy)


def _follows_weaker_title(line: Line, i: int, *, wordy: bool) -> bool:
    lists = around()
    token, title, before = line.at(i), line.before(i), line.before(i - 1)
    if line.has_capital(i):
        is_initial = len(token.key) == 1 and token.key != "i"
        return is_initial or (token.key not in lists.known and (wordy or not is_plain(token.key)))
    if title.key == "miss" and (before.key in lists.pronouns or before.key in lists.before_miss):
        return False
    if wordy and (token.key in never_names() or (token.key in lists.modal_words and not _ends_or_acts(line, i))):
        return False
    if token.key in names().surnames_also_words:
        return title.key == "miss" and token.key not in lists.person_verbs
    return wordy or (len(token.key) > 2 and not is_plain(token.key))


def sign_is_given(line: Line, i: int) -> bool:
    """What tells of a name in any spelling: "called X", "X's mum", "thanks X", "my worker X said"."""
    lists = around()
    token, before = line.at(i), line.before(i)
    if token.owning and line.next(i).key in lists.belongings and before.key not in lists.determiners:
        return True
    if not token.joined or before.found or (len(token.key) <= 2 and not line.has_capital(i)):
        return False
    if before.key in lists.called or (before.key in {"is", "are"} and line.before(i - 1).key in lists.called):
        return True
    is_known = is_plain(token.key) or token.key in names().also_words
    if before.key in lists.greetings:
        return not is_known or (line.has_capital(i) and _ends_or_acts(line, i))
    is_role = before.key in lists.roles and not before.owning and line.before(i - 1).key in lists.owners
    return is_role and _ends_or_acts(line, i) and (not is_known or token.key not in lists.modal_words)


def owns_without_apostrophe(line: Line, i: int) -> bool:
    """ "graces mum", of a name that is also a word."""
    before = line.before(i).key
    is_plural = before in around().determiners or before in around().pronouns or before.isdigit()
    return (
        len(line.at(i).key) > 4
        and line.at(i).key.endswith("s")
        and not is_plural
        and line.next(i).key in around().firm_belongings
    )


def _ends_or_acts(line: Line, i: int) -> bool:
    following = line.next(i)
    return following is NOBODY or following.key in deeds()


def wordy_name(line: Line, i: int) -> bool:
    """Whether a word that may be a name is one, by its capital or by what it does."""
    if not line.has_capital(i):
        return _acts(line, i)
    return _starts_as_name(line, i) if line.at(i).opens else _stands_as_name(line, i)


def _stands_as_name(line: Line, i: int) -> bool:
    """With a capital inside a sentence: not "in May", "the Rose", "Duke of"."""
    lists = around()
    before, following = line.before(i), line.next(i)
    if before.key in lists.determiners and before.key not in lists.owners:
        return False
    if before.key.isdigit() or following.key in {"of", "half", "term"}:
        return False
    is_place = line.at(i).key in lists.places and before.key in lists.place_cues
    return not is_place and not _is_month(line, i)


def _is_month(line: Line, i: int) -> bool:
    lists = around()
    token, before, following = line.at(i), line.before(i), line.next(i)
    if token.key not in lists.months and token.key not in lists.seasons:
        return False
    beside_number = before.key[:1].isdigit() or following.key[:1].isdigit()
    beside_month = before.key in lists.months or line.before(i - 1).key in lists.months
    return beside_number or beside_month or before.key in lists.month_cues


def _starts_as_name(line: Line, i: int) -> bool:
    """With a capital at the beginning of a sentence: "Hope said", not "Hope so"."""
    lists = around()
    token, following = line.at(i), line.next(i)
    if following.key in lists.pronouns or _is_month(line, i):
        return False
    if token.key in lists.scarcely:
        return following.key in lists.speaking_verbs
    if token.key in lists.modal_words:
        return _does(following)
    if following.key == "and":
        other = line.at(i + 2)
        return other.case == "title" and (other.key in names().also_words or not is_plain(other.key))
    if token.key in lists.abstract:
        return _does(following) and following.key not in lists.be_verbs
    return _may_do(following) or _is_from(line, i)


def _may_do(token: Token) -> bool:
    """Whether `token` says what somebody does, did, is or may do."""
    return token.key in deeds() or (token.key.endswith("ed") and len(token.key) > 4)


def _does(token: Token) -> bool:
    return token.key in deeds() and token.key not in around().no_deeds


def _is_from(line: Line, i: int) -> bool:
    """ "X from the hub"."""
    return line.next(i).key == "from" and line.at(i + 2).key in around().owners


def _acts(line: Line, i: int) -> bool:
    """Without a capital, doing what people do: "when dawn rang", "will came"."""
    lists = around()
    token, before, following = line.at(i), line.before(i), line.next(i)
    if before.key in lists.determiners or before.key in lists.months or _is_month(line, i):
        return False
    is_spoken_to = token.joined and before.key in lists.after_firmly
    if token.key in {"will", "may"}:
        return (is_spoken_to and token.key == "will") or (_does(following) and before.key not in lists.pronouns)
    if token.key in lists.things or token.key in lists.modal_words:
        return False
    if is_spoken_to or (before is NOBODY and _is_from(line, i)):
        return True
    if following.key in lists.person_verbs and _does(following):
        return before is NOBODY or before.key in lists.clauses
    return before is NOBODY and following.key in {"is", "was", "wasnt", "isnt", "has"}


def unknown_name(line: Line, i: int) -> bool:
    """A word that is not known: a name inside a sentence if it has a capital, at its beginning if it acts."""
    token, following = line.at(i), line.next(i)
    if token.case == "title" and line.flat:
        return len(token.key) > 2
    if not line.has_capital(i) or len(token.key) < 2:
        return False
    acts = _may_do(following) and following.key != "and"
    return not token.opens or acts or _is_from(line, i)


def _is_certainly_month(line: Line, i: int) -> bool:
    return _is_month(line, i) and (line.before(i).key in around().firm_month_cues or line.before(i).key[:1].isdigit())


def own_couple(line: Line, i: int) -> bool:
    """Whether two names of the case's own people stand together as one: not "i will hope so", "the rich young people"."""
    lists = around()
    token, before = line.at(i), line.before(i)
    if before.key in lists.articles or _is_certainly_month(line, i):
        return False
    is_verb = before.key in lists.pronouns or line.next(i + 1).key in lists.objects | lists.determiners
    return token.key not in lists.modal_words or not is_verb


def begins_full_name(line: Line, i: int) -> bool:
    """Two words that are also names, with capitals, where a sentence begins: "May Brown", not "Will Brown bread do"."""
    lists = around()
    token, following = line.at(i), line.next(i)
    if not (token.opens and line.has_capital(i) and following.joined and line.has_capital(i + 1)):
        return False
    if token.key not in names().also_words or following.key not in names().surnames_also_words:
        return False
    if _is_thing_of_places(following.key) or not _may_lead(token.key):
        return False
    return token.key not in lists.modal_words or line.next(i + 1) is NOBODY or _does(line.next(i + 1))


def _is_thing_of_places(key: str) -> bool:
    """What is no surname after "Hope", "May" or "Forest": "House", "Day", "Home"."""
    lists = around()
    things = (lists.streets, lists.weaker_streets, lists.units, lists.belongings, lists.church_words, lists.month_cues)
    return any(key in each for each in (*things, lists.roles, lists.known))


def _may_lead(key: str) -> bool:
    return key not in never_names() or key in around().months


def leads_in_any_case(line: Line, i: int) -> bool:
    """A first name that is also a word, before a surname that is none: "jack smith", "April Jones"."""
    lists = around()
    token, before = line.at(i), line.before(i)
    if _is_month(line, i) or not _may_lead(token.key) or token.key in lists.modal_words:
        return False
    return line.has_capital(i) or (before.key not in lists.pronouns - lists.owners and token.key not in lists.things)


def own_name(line: Line, i: int) -> bool:
    """A name of the case's own people that is also a word: when in doubt it is the name."""
    lists = around()
    token, before, following = line.at(i), line.before(i), line.next(i)
    if _is_certainly_month(line, i):
        return False
    if line.has_capital(i):
        is_verb = token.key in lists.modal_words and following is not NOBODY and not _does(following)
        return not token.opens or (not is_verb and following.key not in lists.pronouns)
    if token.owning and following.key in lists.belongings:
        return True
    if before.key in lists.determiners or before.key in lists.pronouns:
        return False
    if before.key in lists.after or _does(following):
        return True
    return before.key in lists.roles and (following is NOBODY or token.key not in lists.modal_words)
