import Exchange
import Pseudonym
import Testing

@testable import PeerHTTP

@Suite("Routes and dates")
struct PeerRouteTests {
    @Test("every route reads its own path back")
    func roundTrip() {
        let digest = SHA256Digest(hashing: [1, 2, 3])
        let routes: [PeerRoute] = [
            .evaluations, .manifest, .filter(digest), .queries, .node, .reachability,
        ]
        for route in routes { #expect(PeerRoute(path: route.path) == route) }
    }

    @Test("denials are got and given at one path, and taken away at none")
    func denials() throws {
        let route = try #require(PeerRoute(path: "/v1/denials"))
        #expect(route.taking(.get) == .denials)
        #expect(route.taking(.post) == .newDenial)
        #expect(route.taking(.delete) == nil)
        #expect(PeerRoute.newDenial.path == route.path)
        #expect(PeerRoute.manifest.taking(.post) == nil)
    }

    @Test("that there is a new directory is told where its files are")
    func directoryNews() throws {
        let route = try #require(PeerRoute(path: "/v1/directory"))
        #expect(route.taking(.post) == .directoryNews)
        #expect(route.taking(.get) == nil)
        #expect(route.path == "/v1/directory")
        #expect(route.allowedMethods == "POST")
        #expect(PeerRoute(path: "/v1/directory/") == nil)
    }

    @Test(
        "what a log serves has one spelling",
        arguments: [
            "/v1/log/checkpoint", "/v1/log/seen", "/v1/log/tile/0/000",
            "/v1/log/tile/0/x001/067.p/255",
            "/v1/log/tile/6/000.p/1", "/v1/log/tile/entries/000", "/v1/log/tile/entries/x001/000",
            "/v1/log/tile/entries/000.p/1", "/v1/evidence/0", "/v1/evidence/1234567",
            "/v1/evidence/7?authority=T3JkZXIgMjAyNi8xMTM",
        ])
    func log(path: String) throws {
        #expect(try #require(PeerRoute(path: path)).path == path)
    }

    @Test(
        "other spellings lead nowhere",
        arguments: [
            "/v1/log", "/v1/log/", "/v1/log/checkpoint/", "/v1/log/tile", "/v1/log/tile/0/0",
            "/v1/log/tile/0/000.p/256", "/v1/log/tile/0/000.p/0", "/v1/log/tile/0/x000/001",
            "/v1/log/tile/7/000", "/v1/log/tile/00/000", "/v1/log/tile/0/000?", "/v1/log/x/0/000",
            "/v1/log/tile/entries/0", "/v1/log/tile/entries/000.p/01", "/v1/evidence/",
            "/v1/evidence/01", "/v1/evidence/-1", "/v1/evidence/+1", "/v1/evidence/1/",
            "/v1/evidence/9007199254740992", "/v1/evidence/1x",
            "/v1/evidence/1?", "/v1/evidence/1?authority=", "/v1/evidence/1?authority=QQ==",
            "/v1/evidence/1?authority=QR", "/v1/evidence/1?authority=Cg",
            "/v1/evidence/1?authority=QQ&x=1", "/v1/evidence/1?x=1", "/v1/evidence/1?Authority=QQ",
            "/v1/evidence/01?authority=QQ", "/v1/manifest?authority=QQ",
        ])
    func otherSpellings(path: String) {
        #expect(PeerRoute(path: path) == nil)
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
