import Yams

/// A node of the mapping's YAML that knows where it stands, so that every error can say it.
struct MappingNode {
    let path: String
    private let node: Node

    private init(path: String, node: Node) {
        self.path = path
        self.node = node
    }

    /// Parses a whole file.
    init(yaml bytes: [UInt8]) throws(MappingError) {
        func refuse(_ problem: MappingError.Problem, line: Int? = nil) -> MappingError {
            MappingError(path: "", line: line, problem: problem)
        }
        guard bytes.count <= BookLimits.mappingBytesMax else { throw refuse(.tooLarge) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refuse(.notText) }
        if let line = Self.lineOfAnchor(bytes) { throw refuse(.anchor, line: line) }
        do {
            guard let root = try Yams.compose(yaml: text) else { throw refuse(.expected("keys")) }
            self.init(path: "", node: root)
        } catch let error as MappingError {
            throw error
        } catch YamlError.duplicatedKeysInMapping {
            throw refuse(.duplicateKey)
        } catch YamlError.scanner(_, let problem, let mark, _),
            YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw refuse(.syntax(problem), line: mark.line)
        } catch {
            throw refuse(.syntax("unreadable"))
        }
        try checkDepth(BookLimits.mappingDepthMax)
    }

    /// An error about this node.
    func error(_ problem: MappingError.Problem) -> MappingError {
        MappingError(path: path, line: node.mark?.line, problem: problem)
    }

    /// Whether the node is a block of keys.
    var isBlock: Bool { node.mapping != nil }

    /// Whether the node is a list.
    var isList: Bool { node.sequence != nil }

    /// The text of a scalar.
    func text() throws(MappingError) -> String {
        guard let scalar = node.scalar else { throw error(.expected("a text")) }
        return scalar.string
    }

    /// The items of a list.
    func items() throws(MappingError) -> [MappingNode] {
        guard let sequence = node.sequence else { throw error(.expected("a list")) }
        return sequence.enumerated().map { MappingNode(path: "\(path)[\($0)]", node: $1) }
    }

    /// The node as a list, a single node being a list of one.
    func oneOrMore() throws(MappingError) -> [MappingNode] {
        let nodes = isList ? try items() : [self]
        guard !nodes.isEmpty else { throw error(.expected("at least one")) }
        return nodes
    }

    /// The keys of a block in their order.
    func pairs() throws(MappingError) -> [(key: String, value: MappingNode)] {
        guard let mapping = node.mapping else { throw error(.expected("keys with values")) }
        var pairs: [(key: String, value: MappingNode)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw error(.anchor) }
            let path = path.isEmpty ? name : "\(path).\(name)"
            pairs.append((name, MappingNode(path: path, node: value)))
        }
        return pairs
    }

    /// The values of a block that may have only these keys.
    func block(_ allowed: [String]) throws(MappingError) -> [String: MappingNode] {
        var values: [String: MappingNode] = [:]
        for (key, value) in try pairs() {
            guard allowed.contains(key) else { throw value.error(.unknownKey) }
            values[key] = value
        }
        return values
    }

    /// The case of a closed list that the text names.
    func term<Term: CaseIterable & RawRepresentable>(
        _ terms: Term.Type
    ) throws(MappingError) -> Term where Term.RawValue == String {
        let text = try text()
        guard let term = Term(rawValue: text) else {
            throw error(.notOneOf(Term.allCases.map(\.rawValue)))
        }
        return term
    }

    /// `true` or `false`.
    func flag() throws(MappingError) -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw error(.notOneOf(["true", "false"]))
        }
    }

    private func checkDepth(_ remaining: Int) throws(MappingError) {
        guard remaining > 0 else { throw error(.tooDeep) }
        if isBlock {
            for (_, value) in try pairs() { try value.checkDepth(remaining - 1) }
        } else if isList {
            for item in try items() { try item.checkDepth(remaining - 1) }
        }
    }

    /// The first line with something that may be an anchor or alias, wherever it stands: they
    /// are refused before the parser, which would unfold aliases of aliases without bound.
    private static func lineOfAnchor(_ bytes: [UInt8]) -> Int? {
        let before = Array(" \t\r\n[{,:?-".utf8)
        var line = 1
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A { line += 1 }
            guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"),
                index == 0 || before.contains(bytes[index - 1]), index + 1 < bytes.count
            else { continue }
            let next = bytes[index + 1]
            let isName = next.isWordByte || (0x41...0x5A).contains(next) || next == 0x5F
            if isName || next >= 0x80 { return line }
        }
        return nil
    }
}
