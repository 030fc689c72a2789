import Exchange
import Foundation

/// A frame of a move's file: the header, a row, or the end (protocol/leaving.md, "The file").
enum MoveFrame {
    /// Most bytes of a frame: a row has at most one statement, of at most 1 MiB.
    static let bytesMax = 2 * 1024 * 1024
    /// Bytes of the length before a frame.
    static let lengthBytes = 4
    /// The first byte of a frame at the end, behind which the signature stands.
    static let end: UInt8 = 255

    /// What a value is.
    private enum Kind: UInt8 {
        case null, integer, text, bytes
    }

    /// A number, the highest byte first.
    static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian, Array.init)
    }

    /// A row: its table, its values, and, where something is sealed, what and under which key.
    static func encode(_ row: MovedRow) -> [UInt8] {
        var bytes = [UInt8(truncatingIfNeeded: row.table)]
        let sealed = row.identity.map { identity in
            [identity.reference, identity.sealed.keyBox, identity.sealed.bytes]
                .map(MovedValue.bytes)
        }
        for value in row.values + (sealed ?? []) {
            switch value {
            case .null: bytes.append(Kind.null.rawValue)
            case .integer(let number):
                bytes.append(Kind.integer.rawValue)
                bytes += Self.bytes(of: number)
            case .text(let text):
                bytes.append(Kind.text.rawValue)
                bytes += Self.bytes(of: UInt32(text.utf8.count)) + Array(text.utf8)
            case .bytes(let content):
                bytes.append(Kind.bytes.rawValue)
                bytes += Self.bytes(of: UInt32(content.count)) + content
            }
        }
        return bytes
    }

    /// Reads a row of a form; nil for anything else.
    static func decode(_ frame: [UInt8], form: MoveForm) -> MovedRow? {
        guard let first = frame.first, form.tables.indices.contains(Int(first)) else { return nil }
        let count = form.tables[Int(first)].columns.count
        var rest = frame.dropFirst()
        var values: [MovedValue] = []
        while !rest.isEmpty {
            guard values.count < count + 3, let value = take(&rest) else { return nil }
            values.append(value)
        }
        let row = Array(values.prefix(count))
        if values.count == count { return MovedRow(table: Int(first), values: row) }
        guard values.count == count + 3, case .bytes(let reference) = values[count],
            case .bytes(let box) = values[count + 1], case .bytes(let sealed) = values[count + 2]
        else { return nil }
        return MovedRow(
            table: Int(first), values: row,
            identity: MovedIdentity(
                reference: reference, sealed: SealedBytes(keyBox: box, bytes: sealed)))
    }

    private static func take(_ rest: inout ArraySlice<UInt8>) -> MovedValue? {
        switch rest.popFirst().flatMap(Kind.init) {
        case .null: return .null
        case .integer:
            return number(UInt64.self, &rest).map { .integer(Int64(bitPattern: $0)) }
        case .text:
            return content(&rest).flatMap { String(validating: $0, as: UTF8.self) }
                .map(MovedValue.text)
        case .bytes: return content(&rest).map(MovedValue.bytes)
        case nil: return nil
        }
    }

    private static func content(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let length = number(UInt32.self, &rest), length <= rest.count else { return nil }
        defer { rest = rest.dropFirst(Int(length)) }
        return Array(rest.prefix(Int(length)))
    }

    static func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type, _ rest: inout ArraySlice<UInt8>
    ) -> Number? {
        let size = MemoryLayout<Number>.size
        guard rest.count >= size else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(Number(0)) { $0 << 8 | Number($1) }
    }
}
