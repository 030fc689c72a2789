import Audit
import Crypto
import Exchange
import Foundation
import HTTPSignatures
import Membership
import NodeAssembly
import Pseudonym
import Store
import TransparencyLog

/// The log of an invented node, with entries of the size that queries have.
struct BenchLog: Sendable {
    /// How long evidence is kept here.
    static let evidenceSeconds: Int64 = 86_400

    let folder: URL
    let node: NodeID
    let clock = SystemClock()
    /// About what one query of one subject leaves.
    let evidence: Evidence
    private let peer: NodeID
    private let member: MemberID
    private let signer: NoteSigner
    private let keyID: SigningKeyID

    init(in folder: URL) throws {
        self.folder = folder
        let origin = Array("bench.creditmesh/log/bench-node".utf8)
        guard let node = NodeID("bench-node"), let peer = NodeID("peer-node"),
            let member = MemberID("peer"), let name = TransparencyLog.KeyName(origin),
            let signer = NoteSigner(name: name, privateKey: try Self.key(in: folder)),
            let keyID = SigningKeyID("peer-1")
        else { throw BenchError.id }
        self.node = node
        self.peer = peer
        self.member = member
        self.signer = signer
        self.keyID = keyID
        evidence = Evidence(
            request: RequestEvidence(
                method: "POST", targetURI: "https://bench.example/v1/queries", headers: [],
                body: [UInt8](repeating: 0x20, count: 1000)),
            answer: AnswerEvidence(
                status: 200, headers: [], body: [UInt8](repeating: 0x20, count: 2000)))
    }

    /// The log's key, made with its folder: processes that measure share it.
    private static func key(in folder: URL) throws -> Curve25519.Signing.PrivateKey {
        let file = folder.appending(path: "log.key")
        if let bytes = FileManager.default.contents(atPath: file.path) {
            return try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        }
        let key = Curve25519.Signing.PrivateKey()
        try PrivateFile.write(key.rawRepresentation, to: file)
        return key
    }

    func open() throws -> SQLiteLog {
        try SQLiteLog.open(
            at: folder.appending(path: "store/log.sqlite").path,
            record: folder.appending(path: "promised").path, node: node, signers: [signer],
            clock: clock)
    }

    func nonce() throws -> NonceUse {
        var random = SystemRandomNumberGenerator()
        return NonceUse(
            keyID: keyID, nonce: SignatureNonce(from: &random),
            keepUntil: clock.now.advanced(bySeconds: 360))
    }

    /// An entry as a query's.
    func entry(nonce: NonceUse) -> LogEntry {
        var entry = LogEntry(.queryAnswered, at: clock.now, node: node)
        entry.peer = peer
        entry.peerMember = member
        entry.count = 1
        entry.kid = KeyID(rawValue: "k1")
        entry.request = .leaf(nonce.nonce.bytes)
        entry.response = .leaf(nonce.nonce.bytes + [1])
        entry.itemsRoot = .leaf(nonce.nonce.bytes + [2])
        entry.purpose = .loanApproval
        entry.retainUntil = clock.now.advanced(bySeconds: Self.evidenceSeconds)
        return entry
    }

    /// Callers that each wait for their entry before they bring the next.
    func append(to log: SQLiteLog, callers: Int, each: Int, hasEvidence: Bool) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<callers {
                group.addTask {
                    for _ in 0..<each {
                        let nonce = try nonce()
                        _ = try await log.append(
                            entry(nonce: nonce), evidence: hasEvidence ? evidence : nil,
                            nonce: hasEvidence ? nonce : nil)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// A directory that lists the log.
    func directory() throws -> Directory {
        guard let consortium = ConsortiumID("bench.creditmesh"),
            let endpoint = Endpoint("https://bench.example"),
            let key = VerifierKey(signer.key.description)
        else { throw BenchError.id }
        return try Directory(
            version: 1, consortium: consortium,
            charter: Charter(
                name: "Bench", standard: "cn-2023@1", schemes: [.init(name: "cn-rid")],
                purposes: [Purpose.loanApproval.rawValue]),
            nodes: [
                NodeEntry(
                    id: node, operatorName: "Bench", endpoint: endpoint,
                    log: NodeLog(origin: signer.key.name.description, verifierKeys: [key]))
            ],
            members: [
                MemberEntry(id: member, legalName: "Bench", node: node, role: .lender)
            ])
    }
}

/// A log, read without a network.
struct BenchLogSource: MirrorSource {
    private let log: SQLiteLog

    init(_ log: SQLiteLog) { self.log = log }

    func checkpoint() async throws(AuditFailure) -> [UInt8] {
        guard let checkpoint = try? await log.checkpoint() else { throw .source("no checkpoint") }
        return checkpoint.note.bytes
    }

    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8] {
        guard let bytes = try? await log.tile(id) else { throw .source("no tile") }
        return bytes
    }

    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8] {
        guard let bytes = try? await log.entries(id) else { throw .source("no entries") }
        return bytes
    }

    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]? { nil }
}
