import Book
import Membership
import RiskStandard

/// One import into one part of a member's book.
public struct BookHeader: Sendable, Equatable {
    /// What the rows are to the part.
    public enum Extent: String, Sendable, CaseIterable {
        /// Everything that the part holds on the as-of date: what is missing has vanished.
        case whole
        /// Some accounts of it; the others stay as they are.
        case some
    }

    /// Bytes of the reason for a correction.
    public static let correctionBytes = 1...256

    /// The member whose book it is.
    public let member: MemberID
    /// Which part: a member may keep several files (branches, products); `main` by default.
    public let part: String
    /// The day whose end the rows show.
    public let asOf: CalendarDate
    /// When it was imported.
    public let importedAt: Timestamp
    /// The mapping that was used, by name.
    public let mapping: String
    /// What the rows are to the part.
    public let extent: Extent
    /// Whether the import states the consents of its subjects: then those that it does not state
    /// are gone; otherwise the known ones stay.
    public let statesConsents: Bool
    /// Why a day that was imported before is told otherwise; ``correctionBytes`` bytes. Nil: it is
    /// not.
    public let correction: String?
    /// The data key under which identities of this import are sealed, itself sealed to the member's
    /// rekey key; nil: nothing is sealed.
    public var sealedKey: [UInt8]?

    /// Makes a header.
    public init(
        member: MemberID, part: String, asOf: CalendarDate, importedAt: Timestamp, mapping: String,
        extent: Extent = .whole, statesConsents: Bool = true, correction: String? = nil,
        sealedKey: [UInt8]? = nil
    ) {
        self.member = member
        self.part = part
        self.asOf = asOf
        self.importedAt = importedAt
        self.mapping = mapping
        self.extent = extent
        self.statesConsents = statesConsents
        self.correction = correction
        self.sealedKey = sealedKey
    }
}
