import Foundation

@testable import RiskStandard

/// The standard under test.
func cn2023() throws -> Standard {
    try Standard(json: StandardLibrary.embeddedFiles[0])
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
