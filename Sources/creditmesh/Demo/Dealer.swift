import Foundation

/// Writes the file and the invented consents of every lender from one real file.
struct Dealer {
    /// Every so manyth subject has no consent, so that something is withheld.
    static let withoutConsentEvery = 40

    /// What one lender got.
    struct Hand {
        let member: String
        let book: URL
        let consents: URL
    }

    /// Subjects by identifier, with the lenders that display something of them.
    private(set) var holders: [String: Set<String>] = [:]
    /// The same with all lenders that got a row of them.
    private var dealt: [String: Set<String>] = [:]
    private let file: RealData.File

    private let lenders: [String]

    init(_ file: RealData.File, lenders: [String]) {
        self.file = file
        self.lenders = lenders
    }

    /// Deals a file of the data folder into `folder`.
    mutating func deal(from data: URL, into folder: URL) throws -> [Hand] {
        let source = data.appending(path: file.path)
        guard let text = try? String(contentsOf: source, encoding: .utf8) else {
            throw CommandFailure("file", "\(source.path): cannot be read")
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard let header = lines.first else {
            throw CommandFailure("file", "\(source.path): is empty")
        }
        let names = DealtRow.fields(of: header)
        let columns = Dictionary(
            names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var rows: [String: String] = [:]
        for line in lines.dropFirst() {
            let row = DealtRow(line, columns: columns)
            let identifier = file.identifierColumns.map { row[$0] }.joined(separator: "/")
            for member in file.deal(row, lenders) {
                rows[member, default: header + "\n"] += line + "\n"
                dealt[identifier, default: []].insert(member)
                if !file.isOver(row) { holders[identifier, default: []].insert(member) }
            }
        }
        return try rows.sorted { $0.key < $1.key }.map { member, text in
            try write(member, rows: text, into: folder)
        }
    }

    private func write(_ member: String, rows: String, into folder: URL) throws -> Hand {
        let hand = Hand(
            member: member, book: folder.appending(path: "\(member)-\(file.part).csv"),
            consents: folder.appending(path: "\(member)-\(file.part)-consents.csv"))
        try Data(rows.utf8).write(to: hand.book)
        var consents = "scheme,identifier,basis,purposes,granted_at,expires_at\n"
        let held = dealt.filter { $0.value.contains(member) }.keys.sorted()
        for (index, identifier) in held.enumerated()
        where index % Self.withoutConsentEvery != Self.withoutConsentEvery - 1 {
            consents += "\(file.scheme),\(identifier),consent,"
            consents += DemoSubject.allPurposes.joined(separator: ";")
            consents += ",2026-01-05T09:00:00Z,2099-01-05T09:00:00Z\n"
        }
        try Data(consents.utf8).write(to: hand.consents)
        return hand
    }
}
