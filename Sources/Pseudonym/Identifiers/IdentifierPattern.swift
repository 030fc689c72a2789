/// The form of a charter's own identifiers, in a small part of the language of regular expressions
/// that is matched in linear time: whoever types an identifier cannot make it slow.
///
/// A pattern always speaks about the whole text. It is a sequence of items, each a character, `\d`,
/// an escaped sign (`\.`) or a class (`[A-Z0-9_]`), followed by nothing, `?`, `*`, `+`, `{m}`,
/// `{m,}` or `{m,n}`. A `^` at the start and a `$` at the end change nothing. There are no groups,
/// alternatives, negated classes, `.` or back-references.
struct IdentifierPattern: Sendable {
    /// One place of the pattern: which characters it takes, and how often.
    struct Step {
        let characters: [ClosedRange<Unicode.Scalar>]
        var isOptional = false
        var repeats = false

        func takes(_ character: Unicode.Scalar) -> Bool {
            characters.contains { $0.contains(character) }
        }
    }

    private let steps: [Step]

    /// Reads a pattern.
    init(_ pattern: String) throws(PatternError) {
        guard pattern.utf8.count <= SchemeRegistry.patternBytesMax else { throw .tooLong }
        var parser = IdentifierPatternParser(pattern)
        steps = try parser.steps()
        guard (1...SchemeRegistry.patternStepsMax).contains(steps.count) else { throw .size }
    }

    /// Whether all of `text` has the form. Walks all possible places at once, so the cost is the
    /// text's length times the number of steps.
    func matches(_ text: String) -> Bool {
        var places = [Bool](repeating: false, count: steps.count + 1)
        places[0] = true
        skipOptional(&places)
        for character in text.unicodeScalars {
            var next = [Bool](repeating: false, count: places.count)
            for (index, step) in steps.enumerated() where places[index] && step.takes(character) {
                next[index + 1] = true
                if step.repeats { next[index] = true }
            }
            skipOptional(&next)
            places = next
        }
        return places[steps.count]
    }

    private func skipOptional(_ places: inout [Bool]) {
        for (index, step) in steps.enumerated() where step.isOptional && places[index] {
            places[index + 1] = true
        }
    }

    /// The text itself when it has the form and no character that could hide in it.
    func normalForm(of text: String, _ scheme: SchemeName) throws(IdentifierError) -> String {
        guard text.utf8.count <= Identifier.bytesMax else {
            throw .tooLong(bytesMax: Identifier.bytesMax)
        }
        for (index, character) in text.unicodeScalars.enumerated()
        where character.properties.generalCategory == .control {
            throw .character(scheme, position: index + 1)
        }
        guard matches(text) else { throw .pattern(scheme) }
        return text
    }
}
