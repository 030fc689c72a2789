import Membership
import Pseudonym
import StrictJSON

/// The consent on which what a member discloses rests, as the evidence of the answer names it
/// (protocol/log.md, "On which consent an answer rested").
public struct RestingConsent: Hashable, Sendable {
    /// Which consent it is.
    public enum Basis: Hashable, Sendable {
        /// One that came with the member's book, by the number under which the log was told of it.
        case book(Int)
        /// One under which the member itself asked, by the digest of its evidence, 32 bytes: for
        /// inquiries alone.
        case inquiry([UInt8])
    }

    /// The member that discloses.
    public let member: MemberID
    /// Which consent it is.
    public let basis: Basis

    /// A member's consent.
    public init(member: MemberID, basis: Basis) {
        self.member = member
        self.basis = basis
    }

    /// The consent of a record as it is held; nil for one that has neither a number nor a digest.
    init?(_ consent: HeldConsent, of record: HeldRecord) {
        let held = record.consents.first { $0 == consent }
        let basis =
            held.map { $0.number.map(Basis.book) } ?? consent.evidenceDigest.map(Basis.inquiry)
        guard let basis else { return nil }
        self.init(member: record.member, basis: basis)
    }
}

extension RestingConsent {
    /// The reference as JSON.
    public var json: JSONValue {
        let (name, value): (String, JSONValue) =
            switch basis {
            case .book(let number): ("consent", .integer(number))
            case .inquiry(let digest): ("inquiry", .string(SHA256Text.write(digest)))
            }
        return .object([
            JSONMember("member", .string(member.description)), JSONMember(name, value),
        ])
    }

    /// Reads a reference.
    init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        member = try reader.member()
        let number = try reader.optional("consent", "a number", \.integer)
        let digest = try reader.optional("inquiry", "sha-256=:…:") {
            $0.text.flatMap(SHA256Text.read)
        }
        try reader.refuseUnknown()
        switch (number, digest) {
        case (let number?, nil): basis = .book(number)
        case (nil, let digest?): basis = .inquiry(digest)
        default: throw .mismatch(path: path, expected: "a consent or an inquiry")
        }
    }
}
