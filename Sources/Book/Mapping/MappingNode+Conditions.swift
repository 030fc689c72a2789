extension MappingNode {
    /// A text or a list of texts, none empty.
    func texts() throws(MappingError) -> [String] {
        var texts: [String] = []
        for node in try oneOrMore() {
            let text = try node.text()
            guard !text.isEmpty else { throw node.error(.expected("a text")) }
            texts.append(text)
        }
        return texts
    }

    /// One condition or a list of them, all of which must hold.
    func conditions() throws(MappingError) -> [Condition] {
        var conditions: [Condition] = []
        for node in try oneOrMore() { conditions.append(try node.condition()) }
        return conditions
    }

    /// A list of `when`s, any of which is enough.
    func oneOrMoreConditions() throws(MappingError) -> [[Condition]] {
        var alternatives: [[Condition]] = []
        for node in try items() {
            guard let when = try node.block(["when"])["when"] else {
                throw node.error(.missingKey("when"))
            }
            alternatives.append(try when.conditions())
        }
        return alternatives
    }

    private func condition() throws(MappingError) -> Condition {
        let tests = ["equals", "in", "notIn", "blank", "above"]
        let keys = try block(["column"] + tests)
        guard let column = keys["column"] else { throw error(.missingKey("column")) }
        guard keys.count == 2 else {
            throw error(.expected("'column' and one of \(tests.joined(separator: ", "))"))
        }
        return Condition(column: try column.text(), test: try test(keys))
    }

    private func test(_ keys: [String: MappingNode]) throws(MappingError) -> Condition.Test {
        if let equals = keys["equals"] { return .isOneOf([Array(try equals.text().utf8)]) }
        if let list = keys["in"] { return .isOneOf(try list.texts().map { Array($0.utf8) }) }
        if let list = keys["notIn"] { return .isNoneOf(try list.texts().map { Array($0.utf8) }) }
        if let blank = keys["blank"] { return .isBlank(try blank.flag()) }
        if let above = keys["above"] {
            guard let bound = Int64(try above.text()) else {
                throw above.error(.expected("a whole number"))
            }
            return .isAbove(bound)
        }
        throw error(.expected("a test"))
    }
}
