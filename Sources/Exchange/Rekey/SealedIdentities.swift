import Membership
import Pseudonym

/// Opens what a member's book holds sealed, with private halves of its rekey keys.
///
/// Data keys that were opened are remembered for a while: an import has one for all its rows. They
/// are overwritten when this value's last copy goes.
public struct SealedIdentities {
    /// Data keys that are remembered.
    static let keysMax = 256

    private let keys: [RekeyPrivateKey]
    private var opened: [[UInt8]: DataKey?] = [:]

    /// Opens with any of a member's keys; without any, nothing opens.
    public init(_ keys: [RekeyPrivateKey]) {
        self.keys = keys
    }

    /// A subject's identifier and names; nil when none of the keys opens them, or they were
    /// changed.
    public mutating func subject(
        _ sealed: SealedBytes, of reference: SubjectReference
    ) -> SealableSubject? {
        guard let key = dataKey(in: sealed.keyBox) else { return nil }
        return try? key.openSubject(sealed.bytes, for: reference.bytes)
    }

    /// An account's number; nil likewise.
    public mutating func accountNumber(
        _ sealed: SealedBytes, of reference: AccountReference
    ) -> String? {
        guard let key = dataKey(in: sealed.keyBox) else { return nil }
        return try? key.openAccountNumber(sealed.bytes, for: reference.bytes).text
    }

    private mutating func dataKey(in box: [UInt8]) -> DataKey? {
        if let known = opened[box] { return known }
        let key = keys.lazy.compactMap { try? $0.open(box) }.first
        if opened.count >= Self.keysMax { opened.removeAll() }
        opened[box] = .some(key)
        return key
    }
}
