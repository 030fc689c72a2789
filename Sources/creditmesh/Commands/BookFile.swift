import ArgumentParser
import Book
import Foundation
import RiskStandard

/// A lender's file as the commands open it.
enum BookFile {
    /// The file, open for reading; the caller closes it.
    static func open(_ path: String) throws -> FileHandle {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("file", "\(path): cannot be read")
        }
        return handle
    }

    /// A shipped mapping by its name, or the lender's own by its file.
    static func mapping(_ name: String) throws -> ColumnMapping {
        do {
            if let shipped = ShippedMapping(rawValue: name) { return try shipped.mapping() }
            guard let data = FileManager.default.contents(atPath: name) else {
                throw CommandFailure(
                    "file", "\(name): neither a shipped mapping nor a file that can be read")
            }
            return try ColumnMapping(yaml: Array(data))
        } catch let error as MappingError {
            throw CommandFailure("mapping", "\(name): \(error)")
        }
    }

    /// What a mapping for the file could be.
    static func proposal(for path: String) throws -> MappingProposal {
        let handle = try open(path)
        defer { try? handle.close() }
        do {
            return try MappingProposal(name: mappingName(for: path), source: .file(handle))
        } catch {
            throw CommandFailure("book", "\(path): \(error)")
        }
    }

    /// What a mapping proposed for the file is called.
    static func mappingName(for path: String) -> String {
        URL(filePath: path).deletingPathExtension().lastPathComponent
    }

    /// The day of `--as-of`, nil without one.
    static func day(_ text: String?) throws -> CalendarDate? {
        guard let text else { return nil }
        guard let day = CalendarDate(text) else {
            throw CommandFailure("usage", "--as-of must be a date, YYYY-MM-DD")
        }
        return day
    }

    /// Today in UTC.
    static var today: CalendarDate? {
        CalendarDate(daysSinceEpoch: Int(Date.now.timeIntervalSince1970 / 86_400))
    }
}

/// In which language a command speaks to people.
enum SpokenLanguage: String, ExpressibleByArgument {
    case en, zh

    /// The sentence in this language.
    func say(_ english: String, _ chinese: String) -> String {
        self == .en ? english : chinese
    }
}
