import Exchange
import GRDB

extension StoreError {
    /// What an error of SQLite means to the store's user; nil for errors that are not the store's
    /// (of a `fill`, or a cancellation), which pass unchanged.
    ///
    /// Only SQLite's own message is kept: it names tables, columns and constraints, never values.
    init?(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case is RowDecodingError, is UnreadableColumn: self = .damaged(path: path)
        default: return nil
        }
    }

    private init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path)
        default:
            self = .failed(
                code: Int(error.extendedResultCode.rawValue),
                message: error.message ?? "no message")
        }
    }
}
