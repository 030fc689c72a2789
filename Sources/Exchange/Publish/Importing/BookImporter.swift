import Book
import Membership
import Pseudonym
import RiskStandard

/// Puts a lender's file into the store, all of it or nothing, and only what the store does not know
/// yet.
///
/// Rows are checked and recognised on all cores, batch by batch, and tokens are made for new
/// subjects only; memory does not grow with the file. Identifiers, names and account numbers end
/// here: what goes on is tokens, name checks, keyed references, and what only the holder of the
/// member's rekey key can open.
public struct BookImporter: Sendable {
    /// Rows that are in memory at one time.
    public static let batchSize = 2048

    private let context: NodeContext
    private let schemes: SchemeRegistry
    private let standard: Standard
    private let references: ReferenceKey
    private let sealer: (any IdentitySealer)?

    /// Makes an importer for the current directory's charter.
    /// - Parameter sealer: seals identities for later; nil: none are kept.
    /// - Throws: `BookImportError`: the charter names a standard or scheme that this version lacks.
    public init(
        context: NodeContext, standards: StandardLibrary, references: ReferenceKey,
        sealer: (any IdentitySealer)? = nil
    ) throws(BookImportError) {
        let charter = context.directory.current.charter
        guard let standard = charter.standardID.flatMap({ standards.standard($0) }) else {
            throw .unknownStandard(charter.standard)
        }
        self.context = context
        self.standard = standard
        self.references = references
        self.sealer = sealer
        do {
            schemes = try SchemeRegistry(charter: charter.schemePatterns)
        } catch {
            throw .charterScheme
        }
    }

    /// Imports rows and consents, or changes nothing.
    ///
    /// - Parameters:
    ///   - options: what it lets pass.
    ///   - evidence: digests the files that rows name as evidence of a consent; nil: they are not
    ///     within reach, and such consents have no digest.
    ///   - batches: the next rows of the book file, at most ``batchSize``; nil at its end.
    ///   - consents: the next entry of the consent file; nil at its end or without one.
    ///   - reject: takes every row that is left out, in the file's order.
    ///   - approve: the last word before the changes are kept: whoever takes the rejects makes them
    ///     durable here. Returns what to keep as the answer to a request that may be repeated.
    ///   - progress: takes the number of rows read so far, once a batch.
    /// - Throws: errors of the readers and of the closures, `ImportRefusal`, `StoreError`.
    public func importBook(
        _ header: BookHeader, options: ImportOptions = ImportOptions(),
        evidence: EvidenceDigester? = nil, batches: () throws -> BookBatch?,
        consents: () throws -> ConsentRow? = { nil },
        reject: (RejectedRow) throws -> Void,
        approve: (BookImportResult) throws -> IdempotentAnswer? = { _ in nil },
        progress: (Int) -> Void = { _ in }
    ) throws -> BookImportResult {
        let session = try sealer?.begin(for: header.member)
        var header = header
        header.sealedKey = session?.keyBox
        let preparation = preparation(header, evidence: evidence)
        let tokens = TokenMaker(
            consortium: context.directory.current.consortium.description, keys: context.keys)
        var result = BookImportResult()
        result.isSealed = session != nil
        _ = try context.store.importBook(header) { draft in
            var work = ImportWork(
                preparation: preparation, tokens: tokens, session: session, draft: draft)
            work.result = result
            try work.putRows(batches, reject: reject, progress: progress)
            try work.putConsents(consents, reject: reject)
            result = work.result
            draft.note(rows: result.rows, rejects: result.rejects)
        } approve: { changes in
            result.changes = changes
            let damage = DamageCount(
                rows: result.rows,
                damaged: result.rejects[RejectCode.identifierDamaged.rawValue, default: 0])
            if damage.refusesFile { throw BookError.damagedIdentifiers(damage) }
            try options.check(changes, of: header, unplaced: result.unplaced)
            return try approve(result)
        }
        return result
    }

    /// Imports rows that were read one by one, and consents, or changes nothing.
    ///
    /// - Parameter rows: the next row; nil at the end.
    public func importBook(
        _ header: BookHeader, options: ImportOptions = ImportOptions(),
        evidence: EvidenceDigester? = nil, rows: () throws -> BookRow?,
        consents: () throws -> ConsentRow? = { nil },
        reject: (RejectedRow) throws -> Void,
        approve: (BookImportResult) throws -> IdempotentAnswer? = { _ in nil }
    ) throws -> BookImportResult {
        try importBook(
            header, options: options, evidence: evidence,
            batches: {
                let batch = try ImportWork.batch(rows)
                return batch.isEmpty ? nil : .rows(batch)
            }, consents: consents, reject: reject, approve: approve)
    }

    func preparation(_ header: BookHeader, evidence: EvidenceDigester?) -> RowPreparation {
        let directory = context.directory.current
        let charter = directory.charter
        let isTrial = directory.member(header.member)?.status == .trial
        return RowPreparation(
            // A row that was known before the trial is looked at again.
            schemes: schemes, schemePatterns: "\(charter.schemePatterns)\(isTrial ? " trial" : "")",
            standard: standard, references: references, header: header, inventedOnly: isTrial,
            evidence: evidence,
            terms: DisplayTerms(charter, at: context.clock.now))
    }
}
