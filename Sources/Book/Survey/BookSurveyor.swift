import RiskStandard

/// Surveys a lender's file: reads every row, classes every account, keeps only counts. Classes are
/// those of the loans one by one; rules that judge a debtor by all its loans need the whole book.
public struct BookSurveyor: Sendable {
    /// Judges an identifier by its scheme: the code of the rule that it breaks, nil for a good one.
    public typealias IdentifierCheck =
        @Sendable (_ scheme: String, _ identifier: String) -> String?

    private let mapping: ColumnMapping
    private let standard: Standard
    private let check: IdentifierCheck

    /// A surveyor of files of that mapping.
    public init(mapping: ColumnMapping, standard: Standard, check: @escaping IdentifierCheck) {
        self.mapping = mapping
        self.standard = standard
        self.check = check
    }

    /// Reads the file to its end. `progress` takes the rows read so far, now and then.
    ///
    /// A file with too many destroyed identifiers is surveyed all the same; ask the survey's
    /// `damage`.
    public func survey(
        _ reader: inout ParallelBookReader, progress: (Int) -> Void = { _ in }
    ) throws(BookError) -> BookSurvey {
        var survey = BookSurvey()
        var seen = SeenAccounts()
        let asOf = reader.asOf
        try reader.read(
            into: { SurveyPart() }, add: { row, part in add(row, asOf: asOf, to: &part) },
            finish: { part, counts in
                survey.counts.add(counts)
                survey.add(part, seen: &seen)
                progress(survey.counts.rows)
            })
        return survey
    }

    private func add(_ row: BookRow, asOf: CalendarDate, to part: inout SurveyPart) {
        switch row {
        case .rejected(let reject):
            part.survey.reject(reject.code, line: reject.line, column: reject.column)
            part.survey.damage.add(reject)
        case .record(let record): add(record, asOf: asOf, to: &part)
        }
    }

    private func add(
        _ record: AccountRecord, asOf: CalendarDate, to part: inout SurveyPart
    ) {
        if let code = check(record.scheme, record.identifier) {
            let isDamaged = SpreadsheetDamage.mayBeRounded(record.identifier.utf8)
            let found = isDamaged ? RejectCode.identifierDamaged.rawValue : code
            part.survey.reject(found, line: record.line, column: nil)
            part.survey.damage.add(
                isDamaged: found == RejectCode.identifierDamaged.rawValue)
            return
        }
        part.survey.damage.add(isDamaged: false)
        let classification: Classification
        do {
            classification = try standard.classify(
                record.facts, segment: record.retail ? .retail : .nonRetail, asOf: asOf,
                opened: record.openedMonth)
        } catch {
            part.survey.reject("facts-contradict", line: record.line, column: nil)
            return
        }
        part.accounts.append(
            .init(
                fingerprint: SeenAccounts.fingerprint(of: record), line: record.line,
                own: record.ownClass, balance: record.balance,
                riskClass: classification.riskClass, isAtLeast: classification.isAtLeast,
                tooGood: tooGood(record, classification)))
    }

    private func tooGood(
        _ record: AccountRecord, _ classification: Classification
    ) -> BookSurvey.TooGood? {
        guard let text = record.ownClass, let own = mapping.riskClass(ofOwn: text),
            own < classification.riskClass
        else { return nil }
        return BookSurvey.TooGood(
            line: record.line, own: own, riskClass: classification.riskClass,
            rule: classification.decidedBy)
    }
}
