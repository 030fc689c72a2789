import Exchange
import Foundation
import GRDB

extension HeldConsent {
    /// The columns of `consent` that hold a consent, in the order of `storedValues` and
    /// `init(columns:)`.
    static let storedColumns = [
        "basis", "purposes", "grantedAt", "expiresAt", "evidenceDigest", "withdrawnAt",
    ]

    /// One value a column.
    var storedValues: [DatabaseValue] {
        [
            basis.rawValue.databaseValue,
            JSONValue.array(purposes.sorted().map(JSONValue.string)).stored.databaseValue,
            grantedAt.stored.databaseValue, (expiresAt?.stored).databaseValue,
            (evidenceDigest?.stored).databaseValue, (withdrawnAt?.stored).databaseValue,
        ]
    }

    /// Reads the columns.
    init(columns: inout ColumnReader) throws {
        self.init(
            basis: try columns.take(Consent.Basis.init(rawValue:)),
            purposes: try columns.take { JSONValue(stored: $0)?.texts },
            grantedAt: try columns.take(Timestamp.init(stored:)),
            expiresAt: try columns.takeOptional(Timestamp.init(stored:)),
            evidenceDigest: try columns.takeOptionalBytes(),
            withdrawnAt: try columns.takeOptional(Timestamp.init(stored:)))
    }
}
