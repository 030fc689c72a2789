/// Thirty-two random bytes that hide the value of a commitment. It is as confidential as the value:
/// with it a value can be guessed. Printing it shows nothing.
public struct CommitmentSalt: Hashable, Sendable {
    /// Length in bytes.
    public static let count = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A salt from 32 random bytes, or one kept with the evidence; nil for another length.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = Array(bytes)
    }

    /// A fresh salt.
    public init(from random: inout some RandomNumberGenerator) {
        // By words: the system is asked once for each.
        bytes = (0..<Self.count / 8).flatMap { _ in
            withUnsafeBytes(of: random.next()) { Array($0) }
        }
    }
}

extension CommitmentSalt: CustomStringConvertible, CustomReflectable {
    /// A label without the salt.
    public var description: String { "<salt>" }

    /// A mirror without the salt.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
