/// Which accounts of which borrowers were there already, as keyed hashes.
struct SeenAccounts {
    private var fingerprints: Set<UInt64> = []

    /// A hash under a key of this process, so that nobody can make two that fall together.
    static func fingerprint(of record: AccountRecord) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(record.scheme)
        hasher.combine(record.identifier)
        hasher.combine(record.accountNumber)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// Whether there is room for more.
    var isFull: Bool { fingerprints.count >= BookLimits.surveyAccountsMax }

    /// False for one that was there; beyond the room nothing is remembered.
    mutating func insert(_ fingerprint: UInt64) -> Bool {
        isFull
            ? !fingerprints.contains(fingerprint) : fingerprints.insert(fingerprint).inserted
    }
}
