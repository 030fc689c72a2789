import Exchange
import Pseudonym
import Testing

@testable import PeerHTTP

@Suite("Routes and dates")
struct PeerRouteTests {
    @Test("every route reads its own path back")
    func roundTrip() {
        let digest = SHA256Digest(hashing: [1, 2, 3])
        let routes: [PeerRoute] = [.evaluations, .manifest, .filter(digest), .queries, .node]
        for route in routes { #expect(PeerRoute(path: route.path) == route) }
    }

    @Test(
        "dates are those of RFC 9110",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ])
    func dates(_ seconds: Int64, _ text: String) {
        #expect(HTTPDate.text(Timestamp(secondsSinceEpoch: seconds)) == text)
    }
}
