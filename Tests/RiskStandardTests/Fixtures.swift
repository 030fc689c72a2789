import Foundation

@testable import RiskStandard

/// The standard under test.
func cn2023() throws -> Standard {
    try Standard(json: StandardLibrary.embeddedFiles[0])
}

/// The day for which the facts of tests stand.
let today = day("2025-10-31")

/// A date as written, which must be one.
func day(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("no date: \(text)") }
    return date
}

extension Standard {
    /// Classifies for ``today``.
    func classify(_ facts: LoanFacts, segment: Segment) throws -> Classification {
        try classify(facts, segment: segment, asOf: today)
    }
}

/// The root of the checkout, wherever the tests are built.
let packageRoot = URL(filePath: #filePath)
    .resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

extension LoanFacts {
    /// Facts of which only these are set.
    static func with(_ change: (inout LoanFacts) -> Void) -> LoanFacts {
        var facts = LoanFacts()
        change(&facts)
        return facts
    }

    static func overdue(_ days: Int) -> LoanFacts { .with { $0.daysPastDue = .known(days) } }

    /// An impaired loan with that expected loss, in basis points.
    static func impaired(_ loss: Int) -> LoanFacts {
        .with {
            $0.creditImpaired = .known(true)
            $0.expectedLossBasisPoints = .known(loss)
        }
    }
}
