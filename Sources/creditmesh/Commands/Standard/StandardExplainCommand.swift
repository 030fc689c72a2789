import ArgumentParser
import Exchange
import Foundation
import RiskStandard
import StrictJSON

/// `creditmesh standard explain`: facts of one loan in, class and whole derivation out.
struct StandardExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Classify one loan by its facts and show every rule that was considered.",
        discussion: """
            Facts are those of protocol/standards/README.md: NAME=VALUE with a number, yes, no, a \
            day as YYYY-MM-DD, or unknown; what is left out is not so. Or a JSON object of facts, as \
            a summary carries them.

            Example:
              creditmesh standard explain --fact daysPastDue=95 --segment non-retail
            """)

    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Name and version of the standard.")
    var standard = "cn-2023@1"
    @Option(name: .long, help: "A fact, NAME=VALUE; as often as there are facts.")
    var fact: [String] = []
    @Option(name: .long, help: "A file with a JSON object of facts, at most 64 KiB.")
    var facts: String?
    @Option(name: .long, help: "retail or non-retail.")
    var segment = Segment.retail
    @Option(name: .long, help: "The day for which the facts stand, YYYY-MM-DD; today by default.")
    var asOf: String?
    @Option(name: .long, help: "The month in which the account was opened, YYYY-MM.")
    var opened: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    /// The most bytes of a file of facts.
    static let factsBytesMax = 64 << 10

    func run() async throws {
        try await output.run {
            let standard = try StandardLibrary.embedded.standard(named: standard)
            let derivation: Derivation
            do {
                derivation = try standard.derive(
                    try loanFacts(), segment: segment, asOf: try date(), opened: try month())
            } catch let error as FactsError {
                throw CommandFailure("facts", "\(error)")
            }
            let text = DerivationText(standard: standard, language: language)
            output.write(
                derivation.json, text: text.lines(derivation).joined(separator: "\n"))
        }
    }

    private func loanFacts() throws -> LoanFacts {
        var fields: [(name: String, value: FactValue)] = []
        for text in fact {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = FactValue(written: parts[1]) else {
                throw CommandFailure(
                    "usage", "--fact must be NAME=VALUE, with a value as in --help")
            }
            fields.append((parts[0], value))
        }
        if let facts { fields += try read(facts).fields }
        return try LoanFacts(fields: fields)
    }

    private func read(_ path: String) throws -> LoanFacts {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: Self.factsBytesMax + 1)
        else { throw CommandFailure("file", "\(path): cannot be read") }
        guard data.count <= Self.factsBytesMax else {
            throw CommandFailure("file", "\(path): more than \(Self.factsBytesMax) bytes")
        }
        do {
            return try LoanFacts(
                json: JSONValue(
                    parsing: Array(data), limits: JSONLimits(documentBytesMax: Self.factsBytesMax)),
                path: "facts")
        } catch {
            throw CommandFailure("file", "\(path): not a JSON object of facts")
        }
    }

    private func date() throws -> CalendarDate {
        guard let asOf else {
            let days = Int((Date().timeIntervalSince1970 / 86_400).rounded(.down))
            guard let today = CalendarDate(daysSinceEpoch: days) else {
                throw CommandFailure("usage", "--as-of is needed: the clock is out of range")
            }
            return today
        }
        guard let date = CalendarDate(asOf) else {
            throw CommandFailure("usage", "--as-of must be a date, YYYY-MM-DD")
        }
        return date
    }

    private func month() throws -> YearMonth? {
        guard let opened else { return nil }
        guard let month = YearMonth(opened) else {
            throw CommandFailure("usage", "--opened must be a month, YYYY-MM")
        }
        return month
    }
}

extension Segment: ExpressibleByArgument {}

extension FactValue {
    /// Reads a value as one writes it on a command line.
    fileprivate init?(written text: String) {
        switch text {
        case "unknown": self = .null
        case "yes", "true": self = .bool(true)
        case "no", "false": self = .bool(false)
        default:
            if let number = Int(text) {
                self = .integer(number)
            } else if let date = CalendarDate(text) {
                self = .date(date)
            } else {
                return nil
            }
        }
    }
}
