import Exchange
import Membership
import Synchronization
import TestSupport
import Testing
import TransparencyLog

/// The regulator `watchdog`, which can deny.
enum TestDenials {
    /// Its key, as a directory lists it.
    static func listed(_ consortium: ConsortiumID) throws -> VerifierKey {
        try #require(VerifierKey(signer(consortium).key.description))
    }

    /// A note of it.
    static func note(
        _ version: Int, _ ids: [String], in consortium: ConsortiumID
    ) throws -> [UInt8] {
        let denial = try #require(Denial(consortium: consortium, version: version, ids: ids))
        let signature = try signer(consortium).signature(of: denial.text)
        return try SignedNote(text: denial.text, signatures: [signature]).bytes
    }

    private static func signer(_ consortium: ConsortiumID) throws -> NoteSigner {
        try TestLogKeys.signer("\(consortium)/deny/watchdog", label: "deny")
    }
}

extension RunningServer {
    /// From now on the regulator denies these alone.
    func deny(_ version: Int, _ ids: [String]) throws {
        try denials.take(
            TestDenials.note(version, ids, in: consortium.pki.consortium), in: directory.current)
    }
}

/// Notes in memory.
final class MemoryShelf: NoteShelf {
    private let notes = Mutex<[String: [UInt8]]>([:])

    func note(_ name: String) throws(StoreError) -> [UInt8]? { notes.withLock { $0[name] } }

    func put(_ note: [UInt8], as name: String) throws(StoreError) {
        notes.withLock { $0[name] = note }
    }
}
