import Book
import RiskStandard

/// Checks a lender's file without importing anything (protocol/book.md, "Checking a file"): what
/// `creditmesh book check` runs, and what the bench measures.
public struct BookCheck: Sendable {
    private let standard: Standard
    private let judge: IdentifierJudge

    /// A check by a standard; `judge` remembers which schemes it could not judge.
    public init(standard: Standard, judge: IdentifierJudge) {
        self.standard = standard
        self.judge = judge
    }

    /// Reads the file to its end.
    ///
    /// - Parameters:
    ///   - mapping: how to read it; nil: as its headers suggest.
    ///   - name: what a proposed mapping is called.
    ///   - asOf: the day whose end it shows; nil: the mapping's own, else `today`.
    ///   - open: the file from its beginning; called once more where a mapping is to be found.
    ///   - progress: takes the rows read so far, now and then.
    /// - Throws: `BookError`, `BookCheckError`, or what `open` throws.
    public func run(
        mapping: ColumnMapping?, name: String, asOf: CalendarDate?, today: CalendarDate?,
        open: () throws -> ByteSource, progress: (Int) -> Void = { _ in }
    ) throws -> BookCheckResult {
        let (mapping, ground) = try chosen(mapping, name: name, open)
        var reader = try ParallelBookReader(
            mapping: mapping, source: open(), asOf: asOf ?? mapping.asOf ?? today)
        let surveyor = BookSurveyor(mapping: mapping, standard: standard) {
            judge.verdict(scheme: $0, identifier: $1)
        }
        let survey = try surveyor.survey(&reader, progress: progress)
        return BookCheckResult(
            mapping: mapping, ground: ground, asOf: reader.asOf, encoding: reader.encoding,
            columns: reader.columnNames, survey: survey, unjudgedSchemes: judge.unjudgedSchemes)
    }

    private func chosen(
        _ given: ColumnMapping?, name: String, _ open: () throws -> ByteSource
    ) throws -> (ColumnMapping, BookCheckResult.Ground) {
        if let given { return (given, .given) }
        let proposal = try MappingProposal(name: name, source: open())
        guard let mapping = proposal.mapping else {
            throw BookCheckError.noMapping(
                missing: proposal.findings.filter { $0.ground == .missing }.map(\.field))
        }
        return (mapping, proposal.isPlain ? .plain : .proposed)
    }
}

/// A survey and what it was made of.
public struct BookCheckResult: Sendable {
    /// Where the mapping came from.
    public enum Ground: String, Sendable {
        /// The caller gave it.
        case given
        /// The headers are those of the plain layout.
        case plain
        /// It was proposed from headers and values.
        case proposed
    }

    /// How the file was read.
    public let mapping: ColumnMapping
    /// Where that came from.
    public let ground: Ground
    /// The day whose end the file shows.
    public let asOf: CalendarDate
    /// In what it is written.
    public let encoding: TextEncoding
    /// Its columns, in their order.
    public let columns: [String]
    /// What is in it.
    public let survey: BookSurvey
    /// Schemes whose identifiers were taken as they are, since only a charter knows them; sorted.
    public let unjudgedSchemes: [String]
}

/// Why a file can't be checked. Its owner's to mend: give a mapping.
public enum BookCheckError: Error, Equatable, Sendable {
    /// No mapping was given, and the columns do not tell these needed fields.
    case noMapping(missing: [String])
}
