"""Connections that must end in the handshake, without an answer of HTTP."""

import http.client
import ssl
import warnings

from peer import Peer

# Under TLS 1.3 a client is done before the server has looked at its certificate, so that the
# server's alert arrives in place of the first answer, or the connection just ends there.
HANDSHAKE_FAILURES = (ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)


def check(demo, tally):
    """Without certificate, with another authority's, and with an old version of TLS."""
    _, node = demo.other_lender()
    refused = {
        "no client certificate": demo.nameless_trust(),
        "the outsider's certificate": demo.outsider_trust(),
        "TLS 1.2": _older(demo.own_trust())}
    for what, context in refused.items():
        for path in ("/v1/node", "/v1/manifest"):
            with Peer(node, demo.directory.consortium, context) as peer:
                tally.raises(f"{what}, {path}", HANDSHAKE_FAILURES, lambda: peer.send("GET", path))
    with demo.peer(node) as peer:
        tally.equal("the right certificate afterwards", peer.send("GET", "/v1/node").status, 200)


def _older(context):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context
