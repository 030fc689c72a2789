import Exchange
import Foundation

/// The keyed digests of a subject's names, newest first, as many as name checks are kept.
struct NameDigestList: Equatable {
    private(set) var digests: [[UInt8]] = []

    init() {}

    /// Adds digests, oldest first; the oldest make room.
    mutating func add(_ added: [[UInt8]]) {
        for digest in added where !digests.contains(digest) { digests.insert(digest, at: 0) }
        digests = Array(digests.prefix(ExchangeLimits.nameChecksPerSubjectMax))
    }

    /// 8 bytes a digest; nil when there is none.
    var stored: Data? { digests.isEmpty ? nil : Data(digests.joined()) }

    /// Reads what `stored` wrote; nil when it is not that.
    init?(stored: Data) {
        let count = SubjectIdentity.nameDigestCount
        guard stored.count % count == 0 else { return nil }
        let bytes = Array(stored)
        digests = stride(from: 0, to: bytes.count, by: count).map {
            Array(bytes[$0..<$0 + count])
        }
    }
}
