import RawStructuredFieldValues

/// Reads one member of `Signature-Input` or `Signature`, and refuses what RFC 8941 forgives: a label
/// or parameter given twice, and every spelling but the one that it writes itself.
enum SignatureField {
    /// The member of a label, and how its value is spelled.
    ///
    /// - Parameters:
    ///   - field: all lines of the field as one.
    ///   - label: the label looked for. Other members only have to be well formed.
    /// - Throws: `SignatureError.missing` without the label, `.invalid` otherwise.
    static func member(
        _ label: String, of field: String
    ) throws(SignatureError) -> (value: ItemOrInnerList, text: ArraySlice<UInt8>) {
        guard field.utf8.count <= SignatureProfile.fieldBytesMax else { throw .invalid }
        let field = Array(field.utf8)
        var parser = StructuredFieldValueParser(field)
        guard let dictionary = try? parser.parseDictionaryFieldValue() else { throw .invalid }
        guard let member = dictionary[label] else { throw .missing }
        let spellings = members(in: field).filter { key(of: $0) == label }
        var writer = StructuredFieldValueSerializer()
        guard spellings.count == 1, let spelling = spellings.first,
            let canonical = try? writer.writeDictionaryFieldValue([label: member]),
            spelling.elementsEqual(canonical)
        else { throw .invalid }
        return (member, spelling.dropFirst(label.utf8.count + 1))
    }

    /// The text of an item, as it stands in lists.
    static func text(of item: Item) -> String? {
        var writer = StructuredFieldValueSerializer()
        guard let bytes = try? writer.writeItemFieldValue(item) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The members of a dictionary, which must be well formed: split at commas outside strings and
    /// lists, without the white space around them.
    private static func members(in field: [UInt8]) -> [ArraySlice<UInt8>] {
        var commas: [Int] = []
        var isInString = false
        var isInList = false
        var isEscaped = false
        for (place, byte) in field.enumerated() {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case _ where isInString: break
            case UInt8(ascii: "("): isInList = true
            case UInt8(ascii: ")"): isInList = false
            case UInt8(ascii: ",") where !isInList: commas.append(place)
            default: break
            }
        }
        let starts = [0] + commas.map { $0 + 1 }
        return zip(starts, commas + [field.count]).map { trimmed(field[$0..<$1]) }
    }

    private static func key(of member: ArraySlice<UInt8>) -> String {
        let key = member.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
        return String(decoding: key, as: UTF8.self)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = bytes.drop(while: isBlank)
        return start.dropLast(start.reversed().prefix(while: isBlank).count)
    }
}
