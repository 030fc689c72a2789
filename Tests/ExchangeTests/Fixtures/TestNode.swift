import Book
import Exchange
import Foundation
import Membership
import Pseudonym
import RiskStandard
import Store
import TestSupport
import TransparencyLog

/// A node of the test directory with a real store in a folder of its own, which goes with it.
final class TestNode: Sendable {
    let id: String
    let store: SQLiteStore
    let log: SQLiteLog
    let context: NodeContext
    private let folder: URL

    /// A node with the keys given; the directory need not list them.
    init(
        _ id: String, keys: [PseudonymKey], directory: ManualDirectory,
        clock: ManualClock = ManualClock(Samples.now), logTuning: LogTuning = LogTuning()
    ) throws {
        self.id = id
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("exchange-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        store = try SQLiteStore.open(at: folder.appendingPathComponent("node.sqlite").path)
        log = try Self.openLog(of: id, in: folder, clock: clock, logTuning)
        context = NodeContext(
            node: Samples.node(id), directory: directory, keys: try KeyRing(keys), store: store,
            log: log, clock: clock)
    }

    private static func openLog(
        of node: String, in folder: URL, clock: ManualClock, _ tuning: LogTuning = LogTuning()
    ) throws -> SQLiteLog {
        guard let name = TransparencyLog.KeyName(try TestSignature.log(of: node).origin),
            let signer = NoteSigner(name: name, privateKey: try TestSignature.logKey(of: node))
        else { throw TestNodeError.keyName }
        return try SQLiteLog.open(
            at: folder.appendingPathComponent("log/log.sqlite").path,
            record: folder.appendingPathComponent("promised").path, node: Samples.node(node),
            signers: [signer], clock: clock, tuning: tuning)
    }

    /// A node with what a crash of another would leave at this moment: its databases and write-ahead
    /// logs as they are now, and the record of its log.
    private init(crashOf node: TestNode) throws {
        id = node.id
        folder = node.folder.deletingLastPathComponent()
            .appendingPathComponent("exchange-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("log"), withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let files = ["node.sqlite", "node.sqlite-wal", "log/log.sqlite", "log/log.sqlite-wal"]
        for file in files + ["promised"] {
            let source = node.folder.appendingPathComponent(file)
            guard FileManager.default.fileExists(atPath: source.path) else { continue }
            try FileManager.default.copyItem(
                at: source, to: folder.appendingPathComponent(file))
        }
        store = try SQLiteStore.open(at: folder.appendingPathComponent("node.sqlite").path)
        log = try Self.openLog(of: id, in: folder, clock: ManualClock(node.context.clock.now))
        context = NodeContext(
            node: node.context.node, directory: node.context.directory, keys: node.context.keys,
            store: store, log: log, clock: node.context.clock)
    }

    /// The node as a crash would leave it.
    func crashed() throws -> TestNode { try TestNode(crashOf: self) }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// A key that the seed determines.
    static func key(
        _ kid: String = "k1", state: KeyState = .current, seed: UInt8 = 1
    ) throws -> PseudonymKey {
        guard let name = KeyID(rawValue: kid) else { throw TestNodeError.keyName }
        return PseudonymKey(
            kid: name, state: state, createdAt: Date(timeIntervalSince1970: 0),
            secret: try .derive(seed: Array(repeating: seed, count: 32), info: Array(kid.utf8)))
    }
}

extension TestNode {
    /// The subject as the node's store knows it.
    func subject(
        _ resident: Samples.Resident, name: SubjectName?, kind: SubjectKind = .person
    ) -> SubjectKey {
        SubjectKey(
            tokens: context.keys.subjectTokens(for: Samples.input(resident), name: name),
            kind: kind)
    }

    /// The subject's token and the check of its true name under the current key.
    func token(_ resident: Samples.Resident) -> (token: Token, nameCheck: NameCheck) {
        let output = context.keys.current.secret.output(for: Samples.input(resident))
        return (output.token, output.nameCheck(Samples.name(resident.name)))
    }

    /// Puts accounts and consents of one subject into a member's book, beside what is there.
    func hold(
        _ resident: Samples.Resident, by member: String,
        accounts: [HeldAccount] = [Samples.heldAccount(1)],
        consents: [HeldConsent] = [Samples.heldConsent()], name: SubjectName? = nil,
        kind: SubjectKind = .person, asOf: CalendarDate = Samples.bookDay
    ) throws {
        let subject = subject(
            resident, name: name ?? Samples.name(resident.name), kind: kind)
        try importPart("\(resident)", of: member, asOf: asOf) { writer in
            _ = try writer.add(
                accounts.map {
                    HeldEntry(subject: subject, subjectStatus: nil, account: $0, consent: nil)
                })
            try writer.put(consents.map { SubjectConsent(subject: subject, consent: $0) })
        }
    }

    /// Takes a subject out of a member's book again.
    func forget(_ resident: Samples.Resident, by member: String) throws {
        try importPart("\(resident)", of: member) { _ in }
    }

    /// Fills a part of a member's book with accounts of subjects that are tokens only; no account is
    /// in two parts.
    func holdTokens(_ numbers: Range<Int>, by member: String, part: String = "tokens") throws {
        let offset = part.utf8.reduce(0) { $0 * 31 + Int($1) } * 1_000_000
        try importPart(part, of: member) { writer in
            _ = try writer.add(
                numbers.map { number in
                    let token = SubjectToken(
                        kid: context.keys.current.kid.rawValue, token: Samples.token(number),
                        nameCheck: nil)
                    return HeldEntry(
                        subject: SubjectKey(tokens: [token], kind: .person), subjectStatus: nil,
                        account: Samples.heldAccount(offset + number), consent: nil)
                })
        }
    }

    /// The entries of its log, oldest first; at most 256.
    func entries() async throws -> [LogEntry] {
        let size = try await log.checkpoint().checkpoint.head.size.value
        guard size > 0, let id = EntryBundleID(index: 0, width: size),
            let bytes = try await log.entries(id)
        else { return [] }
        return try EntryBundle(bytes: bytes, count: size).entries.map(LogEntry.init(bytes:))
    }

    /// What lies beside an entry of its log.
    func evidence(of index: Int) async throws -> Evidence? {
        guard let index = EntryIndex(index) else { return nil }
        return try await log.evidence(of: index)?.evidence
    }

    /// Every byte of the files of store and log.
    func storedBytes() throws -> Data {
        var isFolder: ObjCBool = false
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .map { folder.appendingPathComponent($0) }
            .filter {
                FileManager.default.fileExists(atPath: $0.path, isDirectory: &isFolder)
                    && !isFolder.boolValue
            }
            .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }

    private func importPart(
        _ part: String, of member: String, asOf: CalendarDate = Samples.bookDay,
        _ fill: (any BookDraft) throws -> Void
    ) throws {
        try store.importBook(
            BookHeader(
                member: Samples.member(member), part: part, asOf: asOf, importedAt: Samples.now,
                mapping: "test"),
            fill: fill)
    }
}

/// The test asks for something that cannot be.
enum TestNodeError: Error {
    case keyName
}
