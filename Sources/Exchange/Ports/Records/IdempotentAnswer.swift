import Membership

/// What was answered to a request that its sender may repeat until it hears of it.
public struct IdempotentAnswer: Sendable, Equatable {
    /// Days for which an answer is kept.
    public static let daysKept = 7

    /// For whom it was done: keys of different members do not meet.
    public let member: MemberID
    /// The sender's key, 1 to 64 of `A-Z`, `a-z`, `0-9`, `_`, `-`.
    public let key: String
    /// SHA-256 over the request, 32 bytes: another request under the same key is refused.
    public let requestDigest: [UInt8]
    /// The answer's JSON; no identifier, name or account number.
    public let answer: [UInt8]
    /// When it was given.
    public let at: Timestamp

    /// Makes an answer.
    public init(
        member: MemberID, key: String, requestDigest: [UInt8], answer: [UInt8], at: Timestamp
    ) {
        self.member = member
        self.key = key
        self.requestDigest = requestDigest
        self.answer = answer
        self.at = at
    }
}
