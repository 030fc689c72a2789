/// `protocol/limits.md`: under a heading that names a target as code, one row a constant, whose first
/// cell is `Type.name` as code and whose second is the value. Other rows are for people.
struct LimitsPage {
    /// By `Target/Type.name`; nil stands for a value that cannot be read.
    let values: [String: Quantity?]
    /// Names that stand there twice.
    let repeated: [String]

    init(_ text: String) {
        var values: [String: Quantity?] = [:]
        var repeated: [String] = []
        for row in MarkdownPage(text).rows where row.cells.count > 1 {
            guard let target = row.heading.codeSpans.first, let name = row.cells[0].asCodeSpan,
                name.contains(".")
            else { continue }
            let key = "\(target)/\(name)"
            if values.keys.contains(key) { repeated.append(key) }
            values[key] = .some(Quantity(page: row.cells[1]))
        }
        self.values = values
        self.repeated = repeated
    }

    /// How the page departs from the code, one sentence each.
    func faults(comparedWith code: [String: Quantity?]) -> [String] {
        let repeatedFaults = repeated.map { "\($0) stands twice" }
        let keys = Set(values.keys).union(code.keys).sorted()
        return repeatedFaults
            + keys.compactMap { key in
                switch (values[key], code[key]) {
                case (nil, .some): "\(key) is in the code and not on the page"
                case (.some, nil): "\(key) is on the page and not in the code"
                case (.some(nil), _): "\(key): the page's value cannot be read"
                case (_, .some(nil)): "\(key): the code's value cannot be read"
                case (.some(let page), .some(let code)) where page != code:
                    "\(key): the page and the code differ"
                default: nil
                }
            }
    }
}
