import Book
import Foundation

/// The reject file of one import: made with the first reject, never over an older one.
struct RejectLog: ~Copyable {
    /// Names tried before giving up.
    private static let namesMax = 1000

    /// Where the rejects are; nil while there is none.
    private(set) var path: String?
    private let wanted: String
    private let header: [UInt8]
    private let delimiter: UInt8
    private var file: RejectFile?

    /// Rejects of rows below `header` go to `wanted`, or to the first free name made from it.
    init(wanted: String, header: [UInt8], delimiter: UInt8) {
        self.wanted = wanted
        self.header = header
        self.delimiter = delimiter
    }

    mutating func write(_ row: RejectedRow) throws {
        if path == nil {
            let free = try Self.freeName(wanted)
            file = try RejectFile(path: free, header: header, delimiter: delimiter)
            path = free
        }
        try file?.write(row)
    }

    mutating func finish() throws {
        try file?.finish()
    }

    private static func freeName(_ wanted: String) throws -> String {
        let base = wanted.hasSuffix(".csv") ? String(wanted.dropLast(4)) : wanted
        let names = [wanted] + (2...namesMax).map { "\(base)-\($0).csv" }
        guard let free = names.first(where: { !FileManager.default.fileExists(atPath: $0) }) else {
            throw CommandFailure("file", "\(wanted) and its numbered names exist; move them away")
        }
        return free
    }
}
