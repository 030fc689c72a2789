/// The conditions of all rules of a standard as one flat list of steps, in prefix order.
///
/// A group says where it ends, so evaluating walks forward, skips what no longer matters, and
/// touches neither the heap nor a reference count.
struct RuleProgram: Sendable {
    private enum Step {
        case fact(LoanFacts.Name, FactTest.Measure, atLeast: Int32, atMost: Int32)
        case segment(Segment)
        case debtor(UInt8)
        case all(end: Int32)
        case any(end: Int32)
        case not(end: Int32)
    }

    private var steps: [Step] = []
    /// The tests of the debtor that stand in conditions, each once.
    private(set) var debtorTests: [DebtorTest] = []

    /// The number of steps.
    var count: Int { steps.count }

    /// Whether the condition that begins at `start`, as ``append(_:except:)`` gave it, holds.
    func truth(at start: Int, of loan: borrowing JudgedLoan) -> Truth {
        switch steps[start] {
        case .fact(let name, let measure, let atLeast, let atMost):
            return loan.truth(name, measure, Int(atLeast), Int(atMost))
        case .segment(let wanted):
            return loan.segment == wanted ? .yes : .no
        case .debtor(let test):
            return loan.debtor[Int(test)]
        case .not:
            return truth(at: start + 1, of: loan).negated
        case .all(let end):
            var result = Truth.yes
            var next = start + 1
            while result > .no, next < Int(end) {
                result = min(result, truth(at: next, of: loan))
                next = self.end(of: next)
            }
            return result
        case .any(let end):
            var result = Truth.no
            var next = start + 1
            while result < .yes, next < Int(end) {
                result = max(result, truth(at: next, of: loan))
                next = self.end(of: next)
            }
            return result
        }
    }

    /// The index after the condition that begins at `start`.
    private func end(of start: Int) -> Int {
        switch steps[start] {
        case .fact, .segment, .debtor: start + 1
        case .all(let end), .any(let end), .not(let end): Int(end)
        }
    }
}

extension RuleProgram {
    /// Adds "`when`, unless `except`" and gives where it begins.
    mutating func append(_ when: Condition, except: Condition?) -> Int {
        let start = steps.count
        guard let except else {
            append(when)
            return start
        }
        appendGroup(Step.all) { program in
            program.append(when)
            program.appendGroup(Step.not) { $0.append(except) }
        }
        return start
    }

    private mutating func append(_ condition: Condition) {
        switch condition {
        case .fact(let test):
            steps.append(
                .fact(
                    test.fact, test.measure, atLeast: Int32(test.bounds.lowerBound),
                    atMost: Int32(test.bounds.upperBound)))
        case .segment(let segment):
            steps.append(.segment(segment))
        case .debtor(let test):
            steps.append(.debtor(place(of: test)))
        case .all(let parts):
            appendGroup(Step.all) { program in parts.forEach { program.append($0) } }
        case .any(let parts):
            appendGroup(Step.any) { program in parts.forEach { program.append($0) } }
        }
    }

    /// Where the test stands in the list; the compiler has counted that they are few.
    private mutating func place(of test: DebtorTest) -> UInt8 {
        if let known = debtorTests.firstIndex(of: test) { return UInt8(known) }
        debtorTests.append(test)
        return UInt8(debtorTests.count - 1)
    }

    private mutating func appendGroup(
        _ group: (_ end: Int32) -> Step, _ inner: (inout RuleProgram) -> Void
    ) {
        let start = steps.count
        steps.append(group(Int32(start)))
        inner(&self)
        steps[start] = group(Int32(steps.count))
    }
}
