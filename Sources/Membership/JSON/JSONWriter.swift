/// Writes a document so that people can read it and compare two versions line by line: two spaces a
/// level, one member or element a line, members in the given order, a newline at the end. Equal
/// values give equal bytes.
struct JSONWriter {
    private var bytes: [UInt8] = []

    /// The document as UTF-8.
    static func write(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.append(value, indent: 0)
        writer.append("\n")
        return writer.bytes
    }

    private mutating func append(_ value: JSONValue, indent: Int) {
        switch value {
        case .null: append("null")
        case .boolean(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .string(let text): appendQuoted(text)
        case .array(let elements):
            appendLines(elements, between: "[", "]", indent: indent) { writer, element in
                writer.append(element, indent: indent + 1)
            }
        case .object(let members):
            appendLines(members, between: "{", "}", indent: indent) { writer, member in
                writer.appendQuoted(member.key)
                writer.append(": ")
                writer.append(member.value, indent: indent + 1)
            }
        }
    }

    private mutating func appendLines<Item>(
        _ items: [Item], between start: String, _ end: String, indent: Int,
        append appendItem: (inout JSONWriter, Item) -> Void
    ) {
        append(start)
        for (index, item) in items.enumerated() {
            append(index == 0 ? "\n" : ",\n")
            appendIndent(indent + 1)
            appendItem(&self, item)
        }
        if !items.isEmpty {
            append("\n")
            appendIndent(indent)
        }
        append(end)
    }

    private mutating func appendIndent(_ levels: Int) {
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * levels))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func appendQuoted(_ text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0..<0x20: append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        append("\"")
    }
}
