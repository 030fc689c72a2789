import Exchange
import Foundation
import GRDB
import StrictJSON

extension HeldConsent {
    /// The columns of `consent` that hold a consent, in the order of `storedValues` and
    /// `init(columns:)`.
    static let storedColumns = [
        "basis", "purposes", "grantedAt", "expiresAt", "evidenceDigest", "withdrawnAt",
        "evidenceSalt",
    ]

    /// One value a column.
    var storedValues: [StoredValue] {
        [
            .text(basis.rawValue),
            .text(JSONValue.array(purposes.sorted().map(JSONValue.string)).stored),
            .integer(grantedAt.stored), StoredValue(expiresAt?.stored),
            StoredValue(evidenceDigest), StoredValue(withdrawnAt?.stored),
            StoredValue(evidenceSalt),
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
        evidenceSalt = try columns.takeOptionalBytes()
    }
}
