"""One report from the own node: protocol/local-api.md."""

import datetime
import http.client

from peer import JSON, Answer
from wire import member, read_document, write_bytes, write_document, write_time

REPORTS = "/api/v1/reports"
TIMEOUT_SECONDS = 75
# A soft purpose leaves no inquiry behind, so that the client may run again on the same demo.
PURPOSE = "post-loan"


def check(demo, tally):
    """A report with the token; none without it, or with another."""
    api = demo.local_api()
    wanted = next(e for e in demo.expectations if PURPOSE in e.purposes)
    body = write_document(_question(demo.asker, wanted.subject))
    bearer = {"Authorization": f"Bearer {api.token}"}

    _check_token(api, body, tally)
    answer = _send(api, REPORTS, body, bearer | JSON)
    tally.equal("a report", answer.status, 200)
    if answer.status == 200:
        _check_report(demo, wanted, answer, tally)


def _check_token(api, body, tally):
    unopened = {
        "no token": {},
        "another token": {"Authorization": "Bearer " + "A" * 43},
        "the token without Bearer": {"Authorization": api.token}}
    for what, headers in unopened.items():
        for path in (REPORTS, "/api/v1/none-such"):
            answer = _send(api, path, body, headers | JSON)
            tally.equal(f"{what}, {path}", (answer.status, answer.code()), (401, "token"))


def _check_report(demo, wanted, answer, tally):
    report = read_document(answer.body)
    outcomes = {
        member(entry, "member", str): member(entry, "outcome", str)
        for entry in member(report, "members", list)}
    lenders = {m.id for m in demo.directory.members if m.lender and m.id != demo.asker}
    tally.equal("a complete report", answer.headers["Creditmesh-Complete"], "true")
    tally.equal("the report's outcomes", outcomes, {
        lender: "record" if lender in wanted.held_by else "no-record" for lender in lenders})
    text = answer.body.decode("utf-8")
    tally.equal("the report names the subject", wanted.subject.identifier in text, False)


def _question(asker, subject):
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    return {
        "member": asker, "scheme": subject.scheme, "identifier": subject.identifier,
        "name": subject.name, "purpose": PURPOSE,
        "consent": {
            "basis": "consent", "purposes": [PURPOSE], "grantedAt": write_time(now - day),
            "expiresAt": write_time(now + day), "evidence": write_bytes(b"an invented form")}}


def _send(api, path, body, headers):
    connection = http.client.HTTPConnection(api.host, api.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", path, body=body, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
