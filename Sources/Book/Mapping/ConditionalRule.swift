/// One test of one column.
struct Condition: Sendable, Equatable {
    enum Test: Sendable, Equatable {
        case isOneOf([[UInt8]])
        case isNoneOf([[UInt8]])
        case isBlank(Bool)
        /// Strictly greater than so many; a text that is no number is not.
        case isAbove(Int64)
    }

    let column: String
    let test: Test
}

/// What is set when all conditions hold.
struct ConditionalRule: Sendable, Equatable {
    let conditions: [Condition]
    /// Whether it goes on holding in later periods, with the values of the first.
    let isLasting: Bool
    let assignments: [Assignment]
}
