/// A page of documentation, as far as tests look into it. Fenced examples do not count.
struct MarkdownPage {
    /// A row of a table, with the heading under which it stands.
    struct Row {
        let heading: String
        /// The cells without white space around them.
        let cells: [String]
    }

    /// Headings without their marks.
    private(set) var headings: [String] = []
    /// Rows of tables, heads and rulers included.
    private(set) var rows: [Row] = []
    /// Where links and pictures lead.
    private(set) var targets: [String] = []

    init(_ text: String) {
        var isFenced = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.drop(while: \.isWhitespace).hasPrefix("```") {
                isFenced.toggle()
            } else if !isFenced {
                read(line)
            }
        }
    }

    private mutating func read(_ line: Substring) {
        if line.hasPrefix("#") {
            headings.append(String(line.drop { $0 == "#" }.drop { $0 == " " }))
        } else if line.hasPrefix("|") {
            let text = line.replacing("\\|", with: "\u{0}").dropFirst()
            let cells = text.split(separator: "|", omittingEmptySubsequences: false).dropLast()
                .map { $0.replacing("\u{0}", with: "|").trimmed }
            rows.append(Row(heading: headings.last ?? "", cells: cells))
        }
        targets += Self.targets(in: line)
    }

    private static func targets(in line: Substring) -> [String] {
        let parts = line.withoutCode.split(separator: "](", omittingEmptySubsequences: false)
        return parts.dropFirst().map { part in String(part.prefix { $0 != ")" && $0 != " " }) }
    }

    /// What stands behind `#` in links to the headings, as forges make it of their texts.
    var anchors: Set<String> {
        Set(
            headings.map { heading in
                String(heading.lowercased().map { $0 == " " ? "-" : $0 }.filter(\.isAnchorPart))
            })
    }
}

extension StringProtocol {
    /// The content when the whole text is one code span.
    var asCodeSpan: String? {
        guard count > 2, first == "`", last == "`", !dropFirst().dropLast().contains("`") else {
            return nil
        }
        return String(dropFirst().dropLast())
    }

    /// The contents of all code spans.
    var codeSpans: [String] {
        split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.isMultiple(of: 2) ? nil : String($1) }
    }

    /// The text between code spans.
    fileprivate var withoutCode: String {
        split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.isMultiple(of: 2) ? String($1) : nil }.joined(separator: "_")
    }

    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension Character {
    fileprivate var isAnchorPart: Bool { isWordPart || self == "-" }
}
