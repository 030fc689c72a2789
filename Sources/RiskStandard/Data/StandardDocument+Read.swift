import Foundation

extension StandardDocument {
    /// Decodes a file.
    ///
    /// - Throws: `StandardError`, with the place of what is wrong.
    static func read(_ json: [UInt8]) throws(StandardError) -> Self {
        guard json.count <= Standard.bytesMax else { throw .tooLong }
        // The decoder would guess at other encodings.
        guard String(validating: json, as: UTF8.self) != nil else { throw .notUTF8 }
        do {
            return try JSONDecoder().decode(Self.self, from: Data(json))
        } catch let error as StandardError {
            throw error
        } catch let error as DecodingError {
            throw StandardError(error)
        } catch {
            throw .notJSON
        }
    }
}

extension StandardError {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .invalid(at: place(context.codingPath + [key]), .missing)
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            let place = place(context.codingPath)
            self = place.isEmpty ? .notJSON : .invalid(at: place, .wrongType)
        @unknown default:
            self = .notJSON
        }
    }
}
