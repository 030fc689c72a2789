import Book
import Foundation
import RiskStandard

/// What a row says, as bytes of which a digest is made: two rows that differ in anything but their
/// line have different bytes.
struct RowContent {
    private(set) var bytes: [UInt8] = []

    /// The content of a row that was classified; `kind` is what the subject counts as.
    init(_ record: AccountRecord, kind: SubjectKind, classification: Classification, by: Standard) {
        bytes.reserveCapacity(384)
        for text in [
            record.scheme, kind.rawValue, record.role.rawValue, record.kind.rawValue,
            record.product, record.status.rawValue, by.id.description,
            classification.riskClass.rawValue, classification.decidedBy.description,
        ] { add(text) }
        for text in [
            record.name, record.subjectStatus?.rawValue, record.history?.letters, record.relief,
            record.dispute?.rawValue,
        ] { add(text) }
        add(record.retail ? 1 : 0)
        add(record.noticeHeld ? 1 : 0)
        for month in [record.openedMonth, record.closedMonth, record.historyEnds] {
            add(month.map { $0.year * 12 + $0.month })
        }
        add(record.badEventEnded.map(\.daysSinceEpoch))
        for money in [
            record.overdue, record.balance, record.limit, record.monthlyDue, record.overduePeak,
        ] {
            add(money.map { Int($0.minorUnits) })
            add(money?.currency)
        }
        add(facts: record.facts)
        add(consent: record.consent)
    }

    private mutating func add(facts: LoanFacts) {
        for (name, value) in facts.fields {
            add(name)
            switch value {
            case .null: add(nil as Int?)
            case .bool(let holds): add(holds ? 1 : 0)
            case .integer(let number): add(number)
            case .date(let date): add(date.daysSinceEpoch)
            }
        }
    }

    private mutating func add(consent: ConsentRecord?) {
        guard let consent else { return add(nil as String?) }
        add(consent.basis.rawValue)
        add(consent.purposes.count)
        for purpose in consent.purposes.sorted() { add(purpose) }
        for date in [consent.grantedAt, consent.expiresAt, consent.withdrawnAt] {
            add(date.map { Int($0.timeIntervalSince1970.rounded(.down)) })
        }
        add(consent.evidenceFile)
        add(consent.evidenceDigest)
    }

    /// A text with its length in front; an absent one is no text.
    private mutating func add(_ text: String?) {
        guard let text else { return add(-1) }
        add(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func add(_ number: Int?) {
        bytes.append(number == nil ? 0 : 1)
        guard let number else { return }
        withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }
}
