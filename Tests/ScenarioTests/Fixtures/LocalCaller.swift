import AsyncHTTPClient
import Exchange
import Foundation
import Membership
import NIOCore
import NodeAssembly
import Pseudonym
import Testing

/// A lender's own system at the local API of its node.
struct LocalCaller: Sendable {
    let url: String
    let token: String

    /// Finds address and token in the node's home, as every client does: the operator's token, or a
    /// member's.
    init(home: NodeHome, as member: String? = nil) throws {
        url = try String(contentsOf: home.localAddress, encoding: .utf8)
        let own = try member.map { home.memberToken(of: try #require(MemberID($0))) }
        token = try String(contentsOf: own ?? home.localToken, encoding: .utf8)
    }

    /// Asks for a report.
    func report(
        _ question: String, accept: String = "application/json", language: String = "en",
        authorization: String? = nil, contentType: String = "application/json"
    ) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: url + "/api/v1/reports")
        request.method = .POST
        request.headers = [
            "content-type": contentType, "accept": accept, "accept-language": language,
            "authorization": authorization ?? "Bearer \(token)",
        ]
        request.body = .bytes(ByteBuffer(string: question))
        return try await HTTPAnswer(HTTPClient.shared.execute(request, timeout: .seconds(60)))
    }

    /// Puts an account; `key` nil: without an idempotency key.
    func put(
        _ json: String, at reference: String, key: String?
    ) async throws -> HTTPAnswer {
        try await call("PUT", "/api/v1/book/accounts/\(reference)", json, key: key)
    }

    /// The references of account numbers.
    func references(_ json: String) async throws -> HTTPAnswer {
        try await call("POST", "/api/v1/book/references", json, key: nil)
    }

    /// Sends a document, or nothing.
    func call(
        _ method: String, _ path: String, _ json: String, key: String? = nil
    ) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .init(rawValue: method)
        request.headers = [
            "content-type": "application/json", "authorization": "Bearer \(token)",
        ]
        if let key { request.headers.add(name: "idempotency-key", value: key) }
        request.body = .bytes(ByteBuffer(string: json))
        return try await HTTPAnswer(HTTPClient.shared.execute(request, timeout: .seconds(60)))
    }

    /// Asks for something else.
    func send(
        _ method: String, _ path: String, authorization: String? = nil
    ) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .init(rawValue: method)
        if let authorization { request.headers.add(name: "authorization", value: authorization) }
        return try await HTTPAnswer(HTTPClient.shared.execute(request, timeout: .seconds(60)))
    }
}

/// A question to the local API, member by member, so that a test can spoil each.
struct LocalQuestion {
    private var members: [(name: String, json: String)]
    private var consent: [(name: String, json: String)]

    /// The file that proves the consent.
    static let evidence = "an invented consent"

    /// A good question of harbor's about a subject.
    init(about subject: ScenarioSubject, name: String? = nil) {
        members = [
            ("member", "\"harbor\""), ("scheme", "\"cn-rid\""),
            ("identifier", "\"\(subject.identifier)\""), ("name", "\"\(name ?? subject.name)\""),
            ("purpose", "\"loan-approval\""),
        ]
        consent = [
            ("basis", "\"consent\""), ("purposes", "[\"loan-approval\"]"),
            ("grantedAt", "\"2026-01-05T09:00:00Z\""), ("expiresAt", "\"2099-01-05T09:00:00Z\""),
            ("evidence", "\"\(Base64URL.encode(Array(Self.evidence.utf8)))\""),
        ]
    }

    /// The question with one member's value replaced or added; nil leaves the member out.
    func with(_ name: String, _ json: String?) -> LocalQuestion {
        var question = self
        question.members.removeAll { $0.name == name }
        if let json { question.members.append((name, json)) }
        return question
    }

    /// The same for a member of the consent.
    func withConsent(_ name: String, _ json: String?) -> LocalQuestion {
        var question = self
        question.consent.removeAll { $0.name == name }
        if let json { question.consent.append((name, json)) }
        return question
    }

    /// The document.
    var json: String {
        let isReplaced = members.contains { $0.name == "consent" }
        let all = isReplaced ? members : members + [("consent", Self.object(consent))]
        return Self.object(all)
    }

    private static func object(_ members: [(name: String, json: String)]) -> String {
        "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
    }
}
