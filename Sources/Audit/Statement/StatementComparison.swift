import Exchange
import Membership
import StrictJSON
import TransparencyLog

/// Compares what a lender published of its book, which stands in its node's log and cannot be taken back,
/// with what it reported to its supervisor.
public struct StatementComparison: Sendable {
    /// Statements of one log that are kept in memory, the newest of each member and date.
    public static let statementsMax = 10_000

    private let folder: MirrorFolder
    private let returned: SupervisoryReturn

    /// A comparison of a copied log with a return.
    public init(_ folder: MirrorFolder, with returned: SupervisoryReturn) {
        self.folder = folder
        self.returned = returned
    }

    /// Compares them. Of several statements of one date the newest counts.
    ///
    /// - Throws: `AuditFailure` when the folder is none, or cannot be read.
    public func run() throws(AuditFailure) -> StatementResult {
        let log = try LogCopy(folder)
        var stated: [SupervisoryReturn.Key: StatedFigures] = [:]
        var unreadable: [Int] = []
        var entries = MirroredEntries(of: folder, size: log.head.size)
        while let bundle = try entries.next() {
            for (index, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try? LogEntry(bytes: bytes), entry.type == .published else {
                    continue
                }
                guard case .whole(let document) = entry.statement,
                    let figures = StatedFigures(document, at: index)
                else {
                    unreadable.append(index)
                    continue
                }
                let key = SupervisoryReturn.Key(member: figures.member, asOf: figures.asOf)
                guard stated[key] != nil || stated.count < Self.statementsMax else { continue }
                stated[key] = figures
            }
        }
        var result = StatementResult(node: log.node, unreadable: unreadable)
        for (key, figures) in returned.figures.sorted(by: { $0.key < $1.key }) {
            compare(key, figures, stated[key], &result)
        }
        let members = Set(returned.figures.keys.map(\.member))
        result.notReturned = stated.keys.filter { !members.contains($0.member) }.sorted().map {
            "\($0.member) \($0.asOf)"
        }
        return result
    }

    private func compare(
        _ key: SupervisoryReturn.Key, _ returned: [FigureKey: Figure], _ stated: StatedFigures?,
        _ result: inout StatementResult
    ) {
        guard let stated else {
            result.add(.noStatement, key, FigureKey(item: .subjects, name: "", currency: ""))
            return
        }
        result.compared += 1
        // Classes are compared as a whole; of the rest what the return has.
        let classes = stated.figures.keys.filter { $0.item == .riskClass }
        for figure in Set(returned.keys).union(classes).sorted() {
            let (ours, theirs) = (stated.figures[figure], returned[figure])
            let isZero = { (figure: Figure?) in
                figure == nil || figure?.count == 0 && (figure?.balance ?? 0) == 0
            }
            guard ours != theirs, !(isZero(ours) && isZero(theirs)) else { continue }
            let code: StatementDifference.Code =
                switch (ours, theirs) {
                case (nil, _): .notStated
                case (_, nil): .notReturned
                case (let ours?, let theirs?):
                    ours.count != theirs.count ? .countDiffers : .balanceDiffers
                }
            result.add(code, key, figure, ours, theirs, at: stated.index)
        }
    }
}

/// What a comparison of statements with a return gave.
public struct StatementResult: Sendable {
    /// Whose log.
    public let node: NodeID
    /// Statements that were compared.
    public internal(set) var compared = 0
    /// What is not the same.
    public internal(set) var differences: [StatementDifference] = []
    /// Entries of statements that are not in the log as a whole.
    public let unreadable: [Int]
    /// Statements in the log of members that the return does not name.
    public internal(set) var notReturned: [String] = []

    init(node: NodeID, unreadable: [Int]) {
        self.node = node
        self.unreadable = unreadable
    }

    mutating func add(
        _ code: StatementDifference.Code, _ key: SupervisoryReturn.Key, _ figure: FigureKey,
        _ stated: Figure? = nil, _ returned: Figure? = nil, at index: Int? = nil
    ) {
        differences.append(
            StatementDifference(
                code: code, key: key, figure: figure, stated: stated, returned: returned,
                index: index))
    }
}

/// A figure that is not the same in statement and return.
public struct StatementDifference: Sendable {
    /// What differs.
    public enum Code: String, Sendable, CaseIterable {
        case countDiffers = "count-differs"
        case balanceDiffers = "balance-differs"
        case notStated = "not-stated"
        case notReturned = "not-returned"
        case noStatement = "no-statement"
    }

    /// What differs.
    public let code: Code
    let key: SupervisoryReturn.Key
    let figure: FigureKey
    let stated: Figure?
    let returned: Figure?
    /// The entry with the statement.
    public let index: Int?
}
