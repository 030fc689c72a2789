import Synchronization

/// What is trusted, for as long as a check or a look takes.
public final class MemoryStore: TrustedStore {
    private let files = Mutex<[MetadataRole: [UInt8]]>([:])

    /// Begins with nothing.
    public init() {}

    /// Begins with what another store has; what is written here does not reach it.
    public init(copying store: some TrustedStore) throws(UpdateFault) {
        for role in MetadataRole.allCases {
            guard let bytes = try store.read(role) else { continue }
            try write(bytes, as: role)
        }
    }

    /// What was written last; nil for nothing.
    public func read(_ role: MetadataRole) throws(UpdateFault) -> [UInt8]? {
        files.withLock { $0[role] }
    }

    /// Puts the bytes in the place of what was there.
    public func write(_ bytes: [UInt8], as role: MetadataRole) throws(UpdateFault) {
        files.withLock { $0[role] = bytes }
    }
}
