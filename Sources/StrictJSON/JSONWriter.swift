extension JSONValue {
    /// The document as UTF-8 without white space; members stay in their order.
    public var encoded: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    /// The document with two-space indentation, for people and files.
    public var prettyPrinted: String {
        var output: [UInt8] = []
        write(to: &output, indentation: 0)
        return String(decoding: output, as: UTF8.self)
    }

    /// `indentation` nil writes without white space.
    private func write(to output: inout [UInt8], indentation: Int? = nil) {
        switch self {
        case .null, .fraction: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .string(let value): Self.write(value, to: &output)
        case .array(let elements):
            Self.write(elements, in: ("[", "]"), to: &output, indentation: indentation) {
                element, output, inner in
                element.write(to: &output, indentation: inner)
            }
        case .object(let members):
            Self.write(members, in: ("{", "}"), to: &output, indentation: indentation) {
                member, output, inner in
                Self.write(member.name, to: &output)
                output += (inner == nil ? ":" : ": ").utf8
                member.value.write(to: &output, indentation: inner)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], in brackets: (String, String), to output: inout [UInt8],
        indentation: Int?, item write: (Item, inout [UInt8], Int?) -> Void
    ) {
        let inner = indentation.map { $0 + 1 }
        output += brackets.0.utf8
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(inner, to: &output)
            write(item, &output, inner)
        }
        if !items.isEmpty { breakLine(indentation, to: &output) }
        output += brackets.1.utf8
    }

    private static func breakLine(_ indentation: Int?, to output: inout [UInt8]) {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        output += Array(repeating: UInt8(ascii: " "), count: indentation * 2)
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                output += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
