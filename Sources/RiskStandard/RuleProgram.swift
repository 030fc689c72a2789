/// The conditions of all rules of a standard as one flat list of steps, in prefix order.
///
/// A group says where it ends, so evaluating walks forward, skips what no longer matters, and
/// touches neither the heap nor a reference count.
struct RuleProgram: Sendable {
    private enum Step {
        case fact(LoanFacts.Name, atLeast: Int, atMost: Int)
        case segment(Segment)
        case all(end: Int)
        case any(end: Int)
        case not(end: Int)
    }

    private var steps: [Step] = []

    /// The number of steps.
    var count: Int { steps.count }

    /// Whether the condition that begins at `start`, as ``append(_:except:)`` gave it, holds.
    func truth(at start: Int, _ facts: LoanFacts, _ segment: Segment) -> Truth {
        switch steps[start] {
        case .fact(let name, let atLeast, let atMost):
            guard let number = facts.number(of: name) else { return .unknown }
            return atLeast <= number && number <= atMost ? .yes : .no
        case .segment(let wanted):
            return segment == wanted ? .yes : .no
        case .not:
            return truth(at: start + 1, facts, segment).negated
        case .all(let end):
            var result = Truth.yes
            var next = start + 1
            while result > .no, next < end {
                result = min(result, truth(at: next, facts, segment))
                next = self.end(of: next)
            }
            return result
        case .any(let end):
            var result = Truth.no
            var next = start + 1
            while result < .yes, next < end {
                result = max(result, truth(at: next, facts, segment))
                next = self.end(of: next)
            }
            return result
        }
    }

    /// The index after the condition that begins at `start`.
    private func end(of start: Int) -> Int {
        switch steps[start] {
        case .fact, .segment: start + 1
        case .all(let end), .any(let end), .not(let end): end
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
                    test.fact, atLeast: test.bounds.lowerBound, atMost: test.bounds.upperBound))
        case .segment(let segment):
            steps.append(.segment(segment))
        case .all(let parts):
            appendGroup(Step.all) { program in parts.forEach { program.append($0) } }
        case .any(let parts):
            appendGroup(Step.any) { program in parts.forEach { program.append($0) } }
        }
    }

    private mutating func appendGroup(
        _ group: (_ end: Int) -> Step, _ inner: (inout RuleProgram) -> Void
    ) {
        let start = steps.count
        steps.append(group(start))
        inner(&self)
        steps[start] = group(steps.count)
    }
}
