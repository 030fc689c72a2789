import Synchronization
import TUF

/// What is trusted, for as long as a check takes.
final class MemoryStore: TrustedStore {
    private let files = Mutex<[MetadataRole: [UInt8]]>([:])

    func read(_ role: MetadataRole) throws(UpdateFault) -> [UInt8]? {
        files.withLock { $0[role] }
    }

    func write(_ bytes: [UInt8], as role: MetadataRole) throws(UpdateFault) {
        files.withLock { $0[role] = bytes }
    }
}
