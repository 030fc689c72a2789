"""Every subject of the demo at every node: what must be held, disclosed and refused."""

import dataclasses
import datetime

from asking import Asking, Found, NoneHeld, RefusedResult, consent, query, unheld
from demo import Demo
from filters import Filter
from peer import Peer, WrongIdentity
from pseudonyms import Pseudonym
from tally import Tally
from wire import Malformed

NOBODY = "NOBODYATALL"  # a name in normal form that no subject of the demo has
YEAR = datetime.timedelta(days=365)


def check(demo, tally):
    """Asks every node that serves a lender, the own one included."""
    for node in demo.directory.asked():
        with demo.peer(node) as peer:
            view = _NodeView.take(demo, tally, Asking(demo.directory, demo.asker, peer))
            view.check_filters()
            for purpose in demo.directory.purposes:
                view.check_purpose(purpose)
            view.check_names()
            view.check_unheld()
            view.check_own_consent()
            view.show()
    _check_identity(demo, tally)
    _check_wrong_key(demo, tally)


@dataclasses.dataclass(frozen=True, repr=False)
class _NodeView:
    """What the asker knows of one node before it queries."""

    demo: Demo
    tally: Tally
    asking: Asking
    now: datetime.datetime
    pseudonyms: list[Pseudonym]
    filters: list[Filter]

    @classmethod
    def take(cls, demo, tally, asking):
        """One evaluation of all subjects, one of the first alone, and all filters."""
        now = datetime.datetime.now(datetime.timezone.utc)
        subjects = [e.subject for e in demo.expectations]
        pseudonyms = asking.pseudonyms(subjects)
        alone = asking.pseudonyms(subjects[:1])
        tally.equal(
            f"{asking.node.id}: one element and several give one token",
            alone[0] == pseudonyms[0], True)
        manifest = asking.manifest(now)
        tally.equal(f"{asking.node.id}: stale books", manifest.stale, frozenset())
        filters = [asking.filter(count, digest) for count, digest in manifest.filters]
        return cls(demo, tally, asking, now, pseudonyms, filters)

    def check_filters(self):
        """A filter holds a token exactly when a lender of the node holds the subject."""
        here = self.demo.directory.member_ids(self.asking.node)
        for expectation, pseudonym in zip(self.demo.expectations, self.pseudonyms):
            self._equal(
                f"subject {expectation.number} in a filter",
                self._in_filter(pseudonym), bool(expectation.held_by & here))

    def check_purpose(self, purpose):
        """Disclosed by exactly those that hold it, where the purpose is covered."""
        results = self.asking.query(purpose, [
            query(pseudonym, expectation.subject.name, self._consent(purpose))
            for expectation, pseudonym in zip(self.demo.expectations, self.pseudonyms)])
        for expectation, result in zip(self.demo.expectations, results):
            held = self._held(expectation)
            label = f"subject {expectation.number} for {purpose}"
            if not held:
                self._equal(label, result, NoneHeld())
            elif purpose in expectation.purposes:
                self._check_disclosed(label, result, expectation)
            else:
                self._equal(label, result, RefusedResult("consent-purpose"))

    def check_names(self):
        """A wrong name is a mismatch, for a purpose that is covered; no name passes by charter."""
        for expectation, pseudonym in zip(self.demo.expectations, self.pseudonyms):
            if not (self._held(expectation) and expectation.purposes):
                continue
            purpose = min(expectation.purposes)
            label = f"subject {expectation.number}"
            wrong = self._ask(pseudonym, NOBODY, purpose)
            self._equal(f"{label}, wrong name", wrong, RefusedResult("name-mismatch"))
            if not self.demo.directory.name_check_required:
                nameless = self._ask(pseudonym, None, purpose)
                self._check_disclosed(f"{label}, no name", nameless, expectation)

    def _check_disclosed(self, label, result, expectation):
        """Disclosed by those that hold it, or held back by all of them."""
        if expectation.held_back:
            self._equal(label, result, RefusedResult("held-back"))
        else:
            self._equal(label, _disclosing(result), self._held(expectation))

    def check_unheld(self):
        """A token that is nobody's."""
        stranger = unheld()
        self._equal("a token of nobody in a filter", self._in_filter(stranger), False)
        result = self._ask(stranger, NOBODY, self.demo.directory.purposes[0])
        self._equal("a token of nobody", result, NoneHeld())

    def check_own_consent(self):
        """The asker's own consent is judged first, and so says nothing of the subject."""
        purpose, other = self.demo.directory.purposes[:2]
        day = datetime.timedelta(days=1)
        cases = {
            "consent-purpose": self._consent(other),
            "consent-expired": consent([purpose], self.now - YEAR, self.now - day),
            "consent-not-yet-valid": consent([purpose], self.now + day, self.now + YEAR)}
        for code, own in cases.items():
            asked = self.pseudonyms + [unheld()]
            results = self.asking.query(purpose, [query(p, NOBODY, own) for p in asked])
            self._equal(f"own {code}", results, [RefusedResult(code)] * len(asked))

    def show(self):
        """One line a subject, for a purpose that it allows."""
        for expectation, pseudonym in zip(self.demo.expectations, self.pseudonyms):
            outcome = "no record (not in the filters)"
            if self._in_filter(pseudonym):
                purpose = min(expectation.purposes, default=self.demo.directory.purposes[0])
                result = self._ask(pseudonym, expectation.subject.name, purpose)
                outcome = f"{_words(result)} ({purpose})"
            print(f"subject {expectation.number}  {self.asking.node.id:16}{outcome}")

    def _held(self, expectation):
        answering = self.demo.directory.answering(self.asking.node, self.demo.asker)
        return expectation.held_by & answering

    def _in_filter(self, pseudonym):
        return any(pseudonym.token in filter for filter in self.filters)

    def _consent(self, purpose):
        return consent([purpose], self.now - YEAR, self.now + YEAR)

    def _ask(self, pseudonym, name, purpose):
        result, = self.asking.query(purpose, [query(pseudonym, name, self._consent(purpose))])
        return result

    def _equal(self, what, found, wanted):
        self.tally.equal(f"{self.asking.node.id}: {what}", found, wanted)


def _disclosing(result):
    """Who discloses, if nobody withholds."""
    if isinstance(result, Found) and not result.withheld:
        return frozenset(result.classes)
    return result


def _words(result):
    if isinstance(result, NoneHeld):
        return "no record"
    if isinstance(result, RefusedResult):
        return f"refused: {result.code}"
    told = [f"{member} {worst or 'inquiries only'}" for member, worst in result.classes.items()]
    kept = [f"{member} refused: {code}" for member, code in result.withheld.items()]
    return "record: " + ", ".join(told + kept)


def _check_identity(demo, tally):
    """The certificate must be that of the node dialled, also where everything else fits."""
    _, other = demo.other_lender()
    misled = dataclasses.replace(other, id=demo.own_node.id)
    with Peer(misled, demo.directory.consortium, demo.own_trust()) as peer:
        tally.raises(
            "another node at the endpoint", WrongIdentity, lambda: peer.get("/v1/node"))


def _check_wrong_key(demo, tally):
    """A proof must not fit the key of another node."""
    _, other = demo.other_lender()
    forged = dataclasses.replace(other, public_key=demo.own_node.public_key)
    with demo.peer(forged) as peer:
        asking = Asking(demo.directory, demo.asker, peer)
        for count in (1, 2):
            subjects = [e.subject for e in demo.expectations[:count]]
            tally.raises(
                f"proof of {count} under another key", Malformed,
                lambda: asking.pseudonyms(subjects))
