import Foundation
import HTTPSignatures
import NIOCore

/// An answer over HTTP/1.1 as it came.
struct RawAnswer: Sendable {
    private let head: [UInt8]
    let body: [UInt8]

    /// The answer that some bytes are; nil while a part of it is missing.
    init?(_ bytes: ByteBuffer) {
        let parts = bytes.withUnsafeReadableBytes { raw -> (head: Int, body: Int)? in
            guard let end = Self.place(of: Self.emptyLine, in: raw),
                let name = Self.place(of: Self.lengthName, in: raw), name < end
            else { return nil }
            let digits = raw[(name + Self.lengthName.count)...].prefix {
                (0x30...0x39).contains($0)
            }
            let length = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            let start = end + Self.emptyLine.count
            return raw.count - start == length ? (end, start) : nil
        }
        guard let parts else { return nil }
        let view = bytes.readableBytesView
        head = Array(view.prefix(parts.head))
        body = Array(view.dropFirst(parts.body))
    }

    /// Both texts begin with a carriage return.
    private static func place(of text: [UInt8], in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress else { return nil }
        var place = 0
        while place + text.count <= bytes.count,
            let found = memchr(start + place, 0x0D, bytes.count - text.count + 1 - place)
        {
            place = start.distance(to: UnsafeRawPointer(found))
            if memcmp(start + place, text, text.count) == 0 { return place }
            place += 1
        }
        return nil
    }

    /// Whether it is no refusal.
    var isOK: Bool { head.starts(with: Self.okLine) }

    /// What of it is signed.
    var message: AnswerMessage {
        get throws {
            let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
            let fields = lines.dropFirst().compactMap { line -> HeaderField? in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                return HeaderField(
                    String(line[..<colon]), String(line[line.index(after: colon)...]))
            }
            guard isOK, let message = AnswerMessage(status: 200, fields: fields) else {
                throw BenchError.badAnswer
            }
            return message
        }
    }

    private static let emptyLine = Array("\r\n\r\n".utf8)
    private static let lengthName = Array("\r\nContent-Length: ".utf8)
    private static let okLine = Array("HTTP/1.1 200".utf8)
}
