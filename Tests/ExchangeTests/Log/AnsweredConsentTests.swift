import Book
import Membership
import Store
import TestSupport
import Testing
import TransparencyLog

@testable import Exchange

/// That an answer says in its evidence on which consent it rests, and rests on none unknown to the log.
@Suite("Consents behind answers")
struct AnsweredConsentTests {
    private let scene: AnswerScene

    init() throws { scene = try AnswerScene() }

    private func asked(_ residents: [Samples.Resident]) async throws -> QueryAnswer {
        let queries = residents.map { resident in
            let (token, nameCheck) = scene.node.token(resident)
            return SubjectQuery(token: token, nameCheck: nameCheck, consent: Samples.consent())
        }
        return try await scene.answerer.query(
            QueryRequest(
                member: Samples.member("harbor"), kid: "k1", purpose: "loan-approval",
                queries: queries), from: scene.caller())
    }

    @Test("the log is told of a consent before anything rests on it, once")
    func toldFirst() async throws {
        try scene.node.hold(.zhang, by: "lakeside")
        #expect(try await scene.node.entries().isEmpty)
        let answer = try await asked([.zhang])
        #expect(try await scene.node.entries().map(\.type) == [.consentRecorded])
        let items = try #require(try await scene.node.evidence(of: 0)).items
        #expect(
            String(decoding: try #require(items.first), as: UTF8.self).contains(#""consent":1,"#))
        #expect(
            answer.consents == [
                [RestingConsent(member: Samples.member("lakeside"), basis: .book(1))]
            ])
        _ = try await asked([.zhang])
        #expect(try await scene.node.entries().count == 1)
    }

    @Test("one list a query, empty where nothing is disclosed; none at all without a disclosure")
    func lists() async throws {
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(.li, by: "lakeside", consents: [])
        #expect(try await asked([.li, .zhang]).consents.map(\.count) == [0, 1])
        #expect(try await asked([.li]).consents.isEmpty)
    }

    @Test("nothing of it goes over the wire")
    func wire() async throws {
        try scene.node.hold(.zhang, by: "lakeside")
        let answer = try await asked([.zhang])
        let read = try QueryAnswer(json: answer.json, count: 1)
        #expect(read.consents.isEmpty && read.results == answer.results)
    }
}
