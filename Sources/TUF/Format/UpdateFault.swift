/// Why metadata, or a file that it describes, is not taken. Whatever was in force stays in force.
///
/// The raw value is the stable code of protocol/errors.md. Whoever published the file is at fault
/// unless the case says otherwise; the next poll tries again.
public enum UpdateFault: String, Error, Sendable, CaseIterable {
    /// Not JSON, not of the role's shape, or a key id twice where it may stand once.
    case malformed = "metadata-malformed"
    /// Written for another version of TUF than 1.x.
    case specVersion = "metadata-spec-version"
    /// More bytes than such a file may have; reading stopped there.
    case tooLarge = "metadata-too-large"
    /// Signed by fewer of the role's keys than its threshold.
    case signatures = "metadata-signatures"
    /// Its time is over. Also what a source that hides newer metadata leads to.
    case expired = "metadata-expired"
    /// Older than what was in force, or describing something older.
    case rollback = "metadata-rollback"
    /// Of another version than the one that was asked for.
    case version = "metadata-version"
    /// Not the bytes that the metadata above it describes.
    case digest = "metadata-digest"
    /// The source does not have it.
    case notFound = "metadata-not-found"
    /// The source did not answer: the network or the source's operator is at fault.
    case unreachable = "metadata-unreachable"
    /// The own disk did not take or give a file: the own operator is at fault.
    case storage = "metadata-storage"
}

extension UpdateFault: CustomStringConvertible {
    /// What is wrong, for a sentence that begins with the file's name.
    public var description: String {
        switch self {
        case .malformed: "is not metadata of its role"
        case .specVersion: "is written for another version of TUF"
        case .tooLarge: "is larger than it may be"
        case .signatures: "is not signed by enough of the keys that count"
        case .expired: "has expired"
        case .rollback: "is older than, or describes what is older than, what was trusted before"
        case .version: "is not of the version that was asked for"
        case .digest: "is not the file that is described"
        case .notFound: "is not there"
        case .unreachable: "could not be fetched"
        case .storage: "could not be read from or written to the own disk"
        }
    }
}
