/// A file that is no text that we read, told by its content: names of files lie.
public enum ForeignContent: Sendable, Equatable, CaseIterable {
    case xlsx, xls, pdf, html, archive, utf16

    /// How many bytes of the file's front are looked at.
    private static let frontBytes = 1024

    /// What the front of a file shows it to be, nil when it may be text.
    init?(front bytes: some Collection<UInt8>) {
        let front = Array(bytes.prefix(Self.frontBytes))
        switch front {
        case _ where front.starts(with: "PK\u{3}\u{4}".utf8):
            self = Self.isWorkbook(front) ? .xlsx : .archive
        case _ where front.starts(with: [0xD0, 0xCF, 0x11, 0xE0]): self = .xls
        case _ where front.starts(with: "%PDF".utf8): self = .pdf
        case _ where Self.archives.contains { front.starts(with: $0) }: self = .archive
        case _ where front.starts(with: [0xFF, 0xFE]) || front.starts(with: [0xFE, 0xFF]):
            self = .utf16
        case _ where Self.isMarkup(front): self = .html
        case _ where Self.isWide(front): self = .utf16
        default: return nil
        }
    }

    private static let archives: [[UInt8]] = [
        [0x1F, 0x8B], Array("Rar!".utf8), [0x37, 0x7A, 0xBC, 0xAF], Array("BZh".utf8),
        [0xFD, 0x37, 0x7A, 0x58], [0x28, 0xB5, 0x2F, 0xFD],
    ]

    /// A workbook's first entry is its list of types, or says that it is a spreadsheet.
    private static func isWorkbook(_ front: [UInt8]) -> Bool {
        ["[Content_Types].xml", "_rels/", "xl/", "opendocument.spreadsheet"].contains {
            front.firstRange(of: Array($0.utf8)) != nil
        }
    }

    /// `<` with what begins a tag behind it, after white space and a byte order mark.
    private static func isMarkup(_ front: [UInt8]) -> Bool {
        let text = front.starts(with: [0xEF, 0xBB, 0xBF]) ? front[3...] : front[...]
        let begin = text.drop { $0 <= 0x20 && $0 != 0 }
        guard begin.first == UInt8(ascii: "<"), let next = begin.dropFirst().first else {
            return false
        }
        return "!?".utf8.contains(next) || (0x41...0x5A).contains(next & 0xDF)
    }

    /// Every second byte of UTF-16 is NUL where the text is ASCII.
    private static func isWide(_ front: [UInt8]) -> Bool {
        guard front.count >= 8 else { return false }
        let zeros = front.indices.filter { front[$0] == 0 }
        let odd = zeros.count { $0 % 2 == 1 }
        return zeros.count * 3 >= front.count && (odd == 0 || odd == zeros.count)
    }
}

extension ForeignContent: CustomStringConvertible {
    /// What it is and what to do, in one sentence.
    public var description: String {
        switch self {
        case .xlsx:
            "this is a spreadsheet workbook (.xlsx); open it and save the sheet as \"CSV UTF-8\", "
                + "with identifier columns formatted as text before anything is typed or pasted"
        case .xls:
            "this is an old spreadsheet workbook (.xls); open it and save the sheet as \"CSV UTF-8\""
        case .pdf: "this is a PDF; ask for the export as CSV, a PDF has no cells to read"
        case .html:
            "this is a web page or XML, though it may be named .xls or .csv; open it in a "
                + "spreadsheet program and save the sheet as \"CSV UTF-8\""
        case .archive: "this is a packed file (ZIP, gzip or the like); unpack it first"
        case .utf16: "this is UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\""
        }
    }
}
