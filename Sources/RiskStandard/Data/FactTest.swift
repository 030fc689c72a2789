/// A test of one fact: what is measured of it lies within the bounds.
struct FactTest {
    /// What is measured.
    enum Measure {
        /// The number; a flag is 0 or 1, and so is a date: stated or not.
        case number
        /// Whole months since the day; does not hold where there is no day.
        case months
        /// Whole months since the day; holds where there is no day.
        case monthsOrAbsent
        /// Days since the day; does not hold where there is no day.
        case days
    }

    /// The most months or days since an event that a test can name.
    static let ageMax = 100_000

    let fact: LoanFacts.Name
    let measure: Measure
    let bounds: ClosedRange<Int>

    /// Whether the test can only begin to hold, never cease, as the debtor's situation worsens: a
    /// reason. If not, it is an excuse.
    var worsens: Bool {
        switch measure {
        case .number:
            (bounds.upperBound == fact.numbers.upperBound) == (fact.effect == .aggravates)
        case .months, .days, .monthsOrAbsent:
            (bounds.upperBound == Self.ageMax) == (fact.ageEffect == .aggravates)
        }
    }

    /// Whether the test holds of an absent fact.
    var holdsOnSilence: Bool {
        switch measure {
        case .number: bounds.contains(0)
        case .monthsOrAbsent: true
        case .months, .days: false
        }
    }

    /// The same where the file counts the due date as the first day: its day N is day N − 1 here,
    /// but on time stays on time.
    var countedFromDueDate: FactTest {
        guard fact == .daysPastDue || fact == .materialDaysPastDue, measure == .number else {
            return self
        }
        let lower = bounds.lowerBound == 0 ? 0 : max(1, bounds.lowerBound - 1)
        let isOpen = bounds.upperBound == fact.numbers.upperBound
        let upper = isOpen ? bounds.upperBound : max(0, bounds.upperBound - 1)
        return FactTest(fact: fact, measure: measure, bounds: lower...max(lower, upper))
    }
}
