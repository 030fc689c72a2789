import ArgumentParser

/// What the bench measures, in the order in which it does.
enum BenchPart: String, CaseIterable {
    /// Tokens and filters.
    case parts
    /// Classes of loans, debtors and a file.
    case standard
    /// A lender's file, checked and not imported.
    case check
    /// A book from file to filter.
    case `import`
    /// The directory of a large consortium.
    case directory
    /// Reports over many nodes.
    case queries
    /// The exchange log.
    case log
    /// A node under load.
    case load
}

/// Parts as one names them on the command line.
struct BenchSelection: ExpressibleByArgument {
    let parts: Set<BenchPart>

    static let all = BenchSelection(parts: Set(BenchPart.allCases))
    static let names = BenchPart.allCases.map(\.rawValue).joined(separator: ",")

    private init(parts: Set<BenchPart>) {
        self.parts = parts
    }

    /// Nil where a name is none of a part.
    init?(argument: String) {
        let named = argument.split(separator: ",").map { BenchPart(rawValue: String($0)) }
        guard !named.isEmpty, !named.contains(nil) else { return nil }
        parts = Set(named.compactMap(\.self))
    }

    var defaultValueDescription: String { "all" }
}
