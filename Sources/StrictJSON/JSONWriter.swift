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
            Self.write(
                elements, in: (UInt8(ascii: "["), UInt8(ascii: "]")), to: &output,
                indentation: indentation
            ) {
                element, output, inner in
                element.write(to: &output, indentation: inner)
            }
        case .object(let members):
            Self.write(
                members, in: (UInt8(ascii: "{"), UInt8(ascii: "}")), to: &output,
                indentation: indentation
            ) {
                member, output, inner in
                Self.write(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                if inner != nil { output.append(UInt8(ascii: " ")) }
                member.value.write(to: &output, indentation: inner)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], in brackets: (UInt8, UInt8), to output: inout [UInt8],
        indentation: Int?, item write: (Item, inout [UInt8], Int?) -> Void
    ) {
        let inner = indentation.map { $0 + 1 }
        output.append(brackets.0)
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(inner, to: &output)
            write(item, &output, inner)
        }
        if !items.isEmpty { breakLine(indentation, to: &output) }
        output.append(brackets.1)
    }

    private static func breakLine(_ indentation: Int?, to output: inout [UInt8]) {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        output += Array(repeating: UInt8(ascii: " "), count: indentation * 2)
    }

    /// Most texts hold nothing that has to be escaped, and are taken as a whole.
    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        defer { output.append(UInt8(ascii: "\"")) }
        let isTaken = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard !bytes.contains(where: needsEscape) else { return false }
            output.append(contentsOf: bytes)
            return true
        }
        if isTaken != true { writeEscaped(text, to: &output) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func writeEscaped(_ text: String, to output: inout [UInt8]) {
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
    }
}
