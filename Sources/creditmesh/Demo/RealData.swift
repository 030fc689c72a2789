import Foundation

/// The real files of a data folder, dealt to the demo's lenders.
///
/// Which lender holds what is partly invented, and all consents are: the files name none. The demo
/// says so before it imports.
struct RealData {
    /// One file of the data folder.
    struct File: Sendable {
        let path: String
        let mapping: String
        let part: String
        let scheme: String
        /// The columns whose texts, joined by `/`, identify the subject.
        let identifierColumns: [String]
        /// Whether a row is of a loan that was paid too long ago to be displayed.
        var isOver: @Sendable (DealtRow) -> Bool = { _ in false }
        /// To whom of the lenders a row goes.
        let deal: @Sendable (DealtRow, [String]) -> [String]
    }

    static let files: [File] = [
        File(
            path: "taiwan-cards/UCI_Credit_Card.csv", mapping: "taiwan-cards", part: "cards",
            scheme: "demo-card", identifierColumns: ["ID"]
        ) { row, _ in
            // The file is one bank's: three lenders share it, and every tenth card is dealt to a
            // small lender as well, so that some holders are known at two.
            let number = Int(row["ID"]) ?? 0
            let first = ["harbor", "lakeside", "cedar"][number % 3]
            return number % 10 == 0 ? [first, "maple"] : [first]
        },
        File(
            path: "auto-loans/auto_raw.csv", mapping: "auto-loans", part: "cars",
            scheme: "demo-auto", identifierColumns: ["securitizationKey", "assetNumber"]
        ) { row, lenders in
            [lender(of: row["originatorName"], among: lenders)]
        },
        File(
            path: "business-loans/sba_7a.csv", mapping: "business-loans", part: "business",
            scheme: "demo-biz", identifierColumns: ["business"],
            // When a loan was paid the file does not say.
            isOver: { row in row["status"] != "CHGOFF" }
        ) { row, lenders in
            [lender(of: row["bank"], among: lenders)]
        },
    ]

    /// A lender for every bank of the files: the same name always goes to the same lender.
    private static func lender(of bank: String, among lenders: [String]) -> String {
        let hash = bank.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { hash, byte in
            (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
        return lenders[Int(hash % UInt64(lenders.count))]
    }
}

/// One row of a file while it is dealt.
struct DealtRow {
    private let columns: [String: Int]
    private let fields: [String]

    /// `columns` gives the place of each column of the header.
    init(_ line: Substring, columns: [String: Int]) {
        self.columns = columns
        fields = Self.fields(of: line)
    }

    /// The text of a column; empty when it is not there.
    subscript(_ column: String) -> String {
        guard let index = columns[column], index < fields.count else { return "" }
        return fields[index]
    }

    /// The fields of a line, quotes resolved. The three files have no line breaks inside quotes.
    static func fields(of line: Substring) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        for byte in line.utf8 {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
            default: field.append(byte)
            }
        }
        fields.append(String(decoding: field, as: UTF8.self))
        return fields
    }
}
