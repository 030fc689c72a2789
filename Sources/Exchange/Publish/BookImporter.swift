import Book
import Dispatch
import Membership
import Pseudonym
import RiskStandard
import Synchronization

/// Puts a lender's file into the store: one import is one transaction.
///
/// Rows become entries (normal form, pseudonym, class) on all cores, batch by batch, and reach the
/// store in the file's order; memory does not grow with the file. Identifiers, names and account
/// numbers end here: what goes on is tokens, name checks and keyed references.
public struct BookImporter: Sendable {
    /// Rows that are in memory at one time.
    public static let batchSize = 2048

    private let context: NodeContext
    private let schemes: SchemeRegistry
    private let standard: Standard
    private let references: ReferenceKey

    /// Makes an importer for the current directory's charter.
    /// - Throws: `BookImportError`: the charter names a standard or scheme that this version lacks.
    public init(
        context: NodeContext, standards: StandardLibrary, references: ReferenceKey
    ) throws(BookImportError) {
        let charter = context.directory.current.charter
        guard let standard = charter.standardID.flatMap({ standards.standard($0) }) else {
            throw .unknownStandard(charter.standard)
        }
        self.context = context
        self.standard = standard
        self.references = references
        do {
            schemes = try SchemeRegistry(charter: charter.schemePatterns)
        } catch {
            throw .charterScheme
        }
    }

    /// Imports rows and consents, or changes nothing.
    ///
    /// - Parameters:
    ///   - rows: the next row of the book file; nil at its end.
    ///   - consents: the next entry of the consent file; nil at its end or without one.
    ///   - reject: takes every row that is left out, in the file's order.
    ///   - progress: takes the number of rows read so far, once a batch.
    /// - Throws: errors of the readers, `StoreError`, or `BookImportError`.
    public func importBook(
        _ header: BookHeader,
        rows: () throws -> BookRow?,
        consents: () throws -> ConsentRow? = { nil },
        reject: (RejectedRow) throws -> Void,
        progress: (Int) -> Void = { _ in }
    ) throws -> BookImportResult {
        var result = BookImportResult()
        try context.store.importBook(header) { writer in
            result = BookImportResult()
            while true {
                let batch = try Self.batch(rows)
                if batch.isEmpty { break }
                result.rows += batch.count
                let converted = convert(batch, header: header)
                var rejected = converted.enumerated().compactMap { index, outcome in
                    if case .failure(let rejection) = outcome { (index, rejection) } else { nil }
                }
                let entries = converted.enumerated().compactMap { index, outcome in
                    if case .success(let entry) = outcome { (index, entry) } else { nil }
                }
                let duplicates = Set(try writer.put(entries.map(\.1)))
                for (position, entry) in entries.enumerated() {
                    if duplicates.contains(position) {
                        rejected.append((entry.0, Self.duplicate(batch[entry.0])))
                    } else {
                        result.count(entry.1.account.riskClass)
                    }
                }
                for (_, rejection) in rejected.sorted(by: { $0.0 < $1.0 }) {
                    result.rejected += 1
                    try reject(rejection)
                }
                progress(result.rows)
            }
            try putConsents(consents, header: header, writer: writer, result: &result, reject)
        }
        return result
    }

    private static func batch(_ rows: () throws -> BookRow?) throws -> [BookRow] {
        var batch: [BookRow] = []
        batch.reserveCapacity(batchSize)
        while batch.count < batchSize, let row = try rows() {
            batch.append(row)
        }
        return batch
    }

    private static func duplicate(_ row: BookRow) -> RejectedRow {
        let line = if case .record(let record) = row { record.line } else { 0 }
        return RejectedRow(
            line: line, column: nil, code: "duplicate-account",
            reason: "this account of this borrower is in the book already; keep one row of it")
    }

    /// Converts a batch on all cores; the crypto of a row costs more than its reading.
    private func convert(_ batch: [BookRow], header: BookHeader) -> [ConvertedRow] {
        let outcomes = Mutex<[ConvertedRow?]>(Array(repeating: nil, count: batch.count))
        let stride = 64
        DispatchQueue.concurrentPerform(iterations: (batch.count + stride - 1) / stride) { chunk in
            let range = chunk * stride..<min((chunk + 1) * stride, batch.count)
            let converted = range.map { index -> ConvertedRow in
                switch batch[index] {
                case .record(let record): entry(record, header: header)
                case .rejected(let rejection): .failure(rejection)
                }
            }
            outcomes.withLock { $0.replaceSubrange(range, with: converted) }
        }
        return outcomes.withLock { $0.compactMap(\.self) }
    }

    private func entry(_ record: AccountRecord, header: BookHeader) -> ConvertedRow {
        let subject: SubjectKey
        switch self.subject(
            scheme: record.scheme, identifier: record.identifier, name: record.name,
            kind: record.subjectKind, line: record.line)
        {
        case .success(let key): subject = key
        case .failure(let rejection): return .failure(rejection)
        }
        let classification: Classification
        do {
            classification = try standard.classify(
                record.facts, segment: record.retail ? .retail : .nonRetail, asOf: header.asOf,
                opened: record.openedMonth)
        } catch {
            return .failure(
                RejectedRow(
                    line: record.line, column: nil, code: "facts-contradict",
                    reason: "\(error)"))
        }
        guard record.fitsMessages else {
            return .failure(
                RejectedRow(
                    line: record.line, column: nil, code: .amountOverflow,
                    reason: "an amount of more than 2^53 − 1 minor units"))
        }
        let consent: HeldConsent?
        switch record.consent.map({ HeldConsent.checked($0, line: record.line) }) {
        case .success(let held): consent = held
        case .failure(let rejection): return .failure(rejection)
        case nil: consent = nil
        }
        let account = HeldAccount(
            record,
            reference: references.reference(
                member: header.member, accountNumber: record.accountNumber),
            classification: classification, standard: standard.id, asOf: header.asOf)
        return .success(
            HeldEntry(
                subject: subject, subjectStatus: record.subjectStatus, account: account,
                consent: consent))
    }

    private func subject(
        scheme: String, identifier: String, name: String?, kind: SubjectKind?, line: Int
    ) -> Result<SubjectKey, RejectedRow> {
        let normal: Identifier
        do {
            normal = try schemes.identifier(identifier, scheme: scheme)
        } catch {
            return .failure(
                RejectedRow(
                    line: line, column: nil, code: error.code,
                    reason: error.rule))
        }
        let subjectName = name.flatMap { SubjectName($0) }
        let input = SubjectInput(
            consortium: context.directory.current.consortium.description, identifier: normal)
        return .success(
            SubjectKey(
                tokens: context.keys.subjectTokens(for: input, name: subjectName),
                kind: kind ?? (normal.isPersonal ? .person : .enterprise)))
    }

    private func putConsents(
        _ consents: () throws -> ConsentRow?, header: BookHeader, writer: any BookWriter,
        result: inout BookImportResult, _ reject: (RejectedRow) throws -> Void
    ) throws {
        while let row = try consents() {
            let outcome: Result<SubjectConsent, RejectedRow> =
                switch row {
                case .rejected(let rejection): .failure(rejection)
                case .entry(let entry):
                    subject(
                        scheme: entry.scheme, identifier: entry.identifier, name: nil, kind: nil,
                        line: entry.line
                    ).flatMap { key in
                        HeldConsent.checked(entry.consent, line: entry.line).map {
                            SubjectConsent(subject: key, consent: $0)
                        }
                    }
                }
            switch outcome {
            case .success(let consent):
                try writer.put([consent])
                result.consents += 1
            case .failure(let rejection):
                result.rejected += 1
                try reject(rejection)
            }
        }
    }
}

/// A row on its way: an entry for the store, or why there is none.
private typealias ConvertedRow = Result<HeldEntry, RejectedRow>

extension RejectedRow: Error {}

extension RejectedRow {
    /// A reject of the importer, whose codes are its own.
    init(line: Int, column: String?, code: String, reason: String) {
        self.init(line: line, column: column, code: .valueMalformed, reason: reason)
        self.code = code
    }
}

/// What an import did.
public struct BookImportResult: Sendable, Equatable {
    /// Rows read.
    public var rows = 0
    /// Rows left out.
    public var rejected = 0
    /// Consents taken from the consent file.
    public var consents = 0
    /// Accounts taken, by class.
    public var accounts: [RiskClass: Int] = [:]

    /// An import of nothing.
    public init() {}

    mutating func count(_ riskClass: RiskClass) {
        accounts[riskClass, default: 0] += 1
    }
}

/// Why nothing can be imported at all.
public enum BookImportError: Error, Equatable, Sendable {
    /// The charter names a standard that this version does not have: update, or ask the authority.
    case unknownStandard(String)
    /// The charter names an identifier scheme that this version cannot read.
    case charterScheme
}
