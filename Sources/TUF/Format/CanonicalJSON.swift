import StrictJSON

extension JSONValue {
    /// The canonical form over which metadata is signed (OLPC Canonical JSON): members ordered by
    /// their names' code points, no white space, in strings only `"` and `\` escaped. Members that
    /// nobody knows are part of it.
    ///
    /// Nil for a value with a number that is no integer, which has no canonical form.
    public var canonical: [UInt8]? {
        var output: [UInt8] = []
        return writeCanonical(to: &output) ? output : nil
    }

    private func writeCanonical(to output: inout [UInt8]) -> Bool {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .fraction: return false
        case .string(let text): Self.writeCanonical(text, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                guard element.writeCanonical(to: &output) else { return false }
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.canonicallyOrdered.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.writeCanonical(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                guard member.value.writeCanonical(to: &output) else { return false }
            }
            output.append(UInt8(ascii: "}"))
        }
        return true
    }

    private static func writeCanonical(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                output.append(UInt8(ascii: "\\"))
            }
            output.append(byte)
        }
        output.append(UInt8(ascii: "\""))
    }
}

extension [JSONMember] {
    /// UTF-8 orders as code points do. Swift's own order of strings would follow canonical
    /// equivalence.
    fileprivate var canonicallyOrdered: [JSONMember] {
        sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
