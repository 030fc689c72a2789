import HTTPSignatures
import Membership
import Pseudonym
import Testing
import TransparencyLog

@testable import Exchange

@Suite("What an answerer logs")
struct AnswerRecorderTests {
    private let scene: AnswerScene
    private let node: NodeEntry

    init() throws {
        scene = try AnswerScene()
        node = try scene.entry("lakeside-node")
    }

    /// A call of harbor that was answered with this status.
    private func call(
        _ message: PeerMessage, isReadable: Bool = true, status: Int = 200, offset: Int = 0
    ) throws -> AnsweredCall {
        let call = try TestSignature.call(
            message, to: node, as: Samples.member("harbor"), offset: offset)
        let request = try RequestSignature(of: call.request.message)
            .verified(by: TestSignature.signer("harbor").publicKeyBytes)
        let fields = [HeaderField("content-type", "application/json")]
        let answer = try TestSignature.signer("lakeside-node").sign(
            try #require(AnswerMessage(status: status, fields: fields)), content: [1],
            to: call.request, created: 1)
        return AnsweredCall(
            subject: message.subject, message: isReadable ? message : nil,
            caller: try scene.caller(), request: request, requestBody: call.body,
            answer: answer, answerBody: [1])
    }

    @Test("who asked for how much under which key, and commitments in place of what")
    func entry() async throws {
        let message = PeerMessage.query(Samples.queryRequest())
        let call = try call(message)
        let receipt = try await scene.answerer.record(call)
        let entry = try LogEntry(bytes: receipt.entry)
        #expect(try await scene.node.entries() == [entry])
        #expect(entry.type == .queryAnswered)
        #expect(entry.node.text == "lakeside-node")
        #expect(entry.member == nil)
        #expect(entry.peer?.text == "harbor-node")
        #expect(entry.peerMember?.text == "harbor")
        #expect(entry.count == message.count)
        #expect(entry.kid?.rawValue == message.kid)
        #expect(entry.purpose == .loanApproval)
        #expect(entry.request?.bytes == call.request.signed.base.digest)
        #expect(entry.response?.bytes == call.answer.base.digest)
        #expect(!entry.isLocal)
        let key = try #require(node.log?.verifierKeys.first.flatMap { NoteKey($0.description) })
        try receipt.verify(log: [key])
        let evidence = try #require(try await scene.node.evidence(of: 0))
        #expect(evidence.request?.body == call.requestBody)
        #expect(evidence.request?.targetURI == "https://node-1.example/v1/queries")
        #expect(evidence.answer?.body == [1])
        #expect(evidence.salts.count == message.count)
    }

    @Test("evidence is kept as long as the charter says")
    func retention() async throws {
        _ = try await scene.answerer.record(call(.evaluation(Samples.evaluationRequest())))
        let entry = try #require(try await scene.node.entries().first)
        let day = try #require(entry.at.date)
        #expect(entry.retainUntil?.date == day.adding(years: 5), "60 months")
    }

    @Test("what could not be read has an entry all the same")
    func unreadable() async throws {
        _ = try await scene.answerer.record(
            call(.query(Samples.queryRequest()), isReadable: false, status: 400))
        let entry = try #require(try await scene.node.entries().first)
        #expect(entry.type == .queryAnswered)
        #expect(entry.count == nil)
        #expect(entry.kid == nil)
        #expect(entry.itemsRoot == nil)
        #expect(entry.request != nil)
    }

    @Test("a nonce is used up with the entry: another entry with it is refused")
    func replay() async throws {
        let call = try call(.evaluation(Samples.evaluationRequest()))
        _ = try await scene.answerer.record(call)
        let problem = await #expect(throws: Problem.self) {
            try await scene.answerer.record(call)
        }
        #expect(problem?.code == .nonceReplayed)
        #expect(try await scene.node.entries().count == 1)
        let other = await #expect(throws: Problem.self) {
            try await scene.answerer.use(call.request)
        }
        #expect(other?.code == .nonceReplayed)
    }

    @Test("a request that has long expired has an entry, and leaves no nonce behind")
    func expired() async throws {
        let call = try call(.evaluation(Samples.evaluationRequest()), status: 401, offset: -361)
        _ = try await scene.answerer.record(call)
        _ = try await scene.answerer.record(call)
        #expect(try await scene.node.entries().count == 2)
    }

    @Test("a log that takes nothing lets no answer leave")
    func closed() async throws {
        try scene.node.log.close()
        let problem = await #expect(throws: Problem.self) {
            try await scene.answerer.record(call(.evaluation(Samples.evaluationRequest())))
        }
        #expect(problem?.code == .internal)
    }
}
