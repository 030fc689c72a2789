/// Takes off a cell what spreadsheets and keyboards leave around its value.
enum CellText {
    /// The text without a spreadsheet's mark for text (`'123`, `="123"`), and, where it is to be
    /// read as more than itself, with full-width letters, digits and signs made half-width.
    /// A name may begin with an apostrophe and a letter ('t Hooft).
    static func cleaned(
        _ text: ArraySlice<UInt8>, isPlainText: Bool, isName: Bool = false
    ) -> ArraySlice<UInt8> {
        let second = text.dropFirst().first ?? 0
        let isOwn =
            isName && text.first == UInt8(ascii: "'") && (0x41...0x5A).contains(second & 0xDF)
        let bare = isOwn ? text : withoutTextMark(text)
        if isPlainText || bare.allSatisfy({ $0 < 0x80 }) { return bare }
        return halfWidth(bare).trimmed
    }

    private static func withoutTextMark(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch text.first {
        case UInt8(ascii: "'"): return text.dropFirst().trimmed
        case UInt8(ascii: "="):
            let rest = text.dropFirst()
            guard rest.count >= 2, rest.first == 0x22, rest.last == 0x22 else { return text }
            return rest.dropFirst().dropLast().trimmed
        default: return text
        }
    }

    /// U+FF01…U+FF5E are ASCII in full width (EF BC 81…EF BD 9E), U+3000 is a space.
    private static func halfWidth(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var narrow: [UInt8] = []
        narrow.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if let byte = narrowByte(text[index...].prefix(3)) {
                narrow.append(byte)
                index += 3
            } else {
                narrow.append(text[index])
                index += 1
            }
        }
        return narrow[...]
    }

    private static func narrowByte(_ character: ArraySlice<UInt8>) -> UInt8? {
        guard character.count == 3, let lead = character.first, let last = character.last else {
            return nil
        }
        switch (lead, character[character.startIndex + 1]) {
        case (0xEF, 0xBC) where last >= 0x81: return last - 0x80 + 0x20
        case (0xEF, 0xBD) where last <= 0x9E: return last - 0x80 + 0x60
        case (0xE3, 0x80) where last == 0x80: return 0x20
        default: return nil
        }
    }
}
