import Foundation

/// The ground on which a record may be shown to others: the borrower's consent, or a law.
public struct ConsentRecord: Sendable, Equatable {
    /// What allows the disclosure.
    public enum Basis: String, Sendable, CaseIterable {
        /// The borrower agreed.
        case consent
        /// A law obliges the member; then there may be no end.
        case legalDuty = "legal-duty"
    }

    /// How many purposes one consent may name.
    public static let purposesMax = 32

    /// What allows the disclosure.
    public var basis: Basis
    /// Purposes as the charter spells them, each 1 to 40 of `a`–`z`, `0`–`9`, `-`, none twice.
    public var purposes: [String]
    /// When the borrower agreed, to the second.
    public var grantedAt: Date
    /// When it ends; nil only for ``Basis/legalDuty``.
    public var expiresAt: Date?
    /// When the borrower withdrew it; nil: it did not. Once withdrawn it stays withdrawn.
    public var withdrawnAt: Date?
    /// Path of the signed form, whose digest the importer makes; may name the borrower.
    public var evidenceFile: String?
    /// Digest of the evidence as the lender computed it: `sha-256=:<base64 of 32 bytes>:`.
    public var evidenceDigest: String?

    /// Makes a consent; nothing is checked.
    public init(
        basis: Basis, purposes: [String], grantedAt: Date, expiresAt: Date? = nil,
        withdrawnAt: Date? = nil, evidenceFile: String? = nil, evidenceDigest: String? = nil
    ) {
        self.basis = basis
        self.purposes = purposes
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
        self.withdrawnAt = withdrawnAt
        self.evidenceFile = evidenceFile
        self.evidenceDigest = evidenceDigest
    }
}

extension ConsentRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Basis and purposes; file and digest are left out, as they may lead to the borrower.
    public var description: String {
        "consent (\(basis.rawValue): \(purposes.joined(separator: ", ")))"
    }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Shows nothing beyond ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
