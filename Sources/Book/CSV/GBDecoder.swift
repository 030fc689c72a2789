import Foundation

/// Turns GB 18030 into UTF-8 piece by piece, by the C library's tables.
///
/// `@unchecked Sendable`: its only owner, ``TextSource``, uses it under its lock.
final class GBDecoder: @unchecked Sendable {
    /// What stands for a byte that is no GB 18030: it is no UTF-8 either, so that the row in which
    /// it stands is rejected and no other.
    private static let invalidMark: UInt8 = 0xFF

    private let converter: iconv_t

    init() throws(BookError) {
        let converter = iconv_open("UTF-8", "GB18030")
        guard let converter, converter != iconv_t(bitPattern: -1) else {
            throw .encodingNotInstalled
        }
        self.converter = converter
    }

    deinit { iconv_close(converter) }

    /// Converts as much as fits; says how many bytes were used and written. Less than all is used
    /// where the output is full or, unless `isAtEnd`, the last character is cut off.
    func convert(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isAtEnd: Bool
    ) -> (used: Int, written: Int) {
        guard let inputBase = input.baseAddress, let outputBase = output.baseAddress else {
            return (0, 0)
        }
        var from: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
            mutating: inputBase.assumingMemoryBound(to: CChar.self))
        var to: UnsafeMutablePointer<CChar>? = outputBase.assumingMemoryBound(to: CChar.self)
        var left = input.count
        var free = output.count
        while left > 0, iconv(converter, &from, &left, &to, &free) == -1 {
            let isInvalid = errno == EILSEQ || (errno == EINVAL && isAtEnd)
            guard isInvalid, free > 0 else { break }
            to?.pointee = CChar(bitPattern: Self.invalidMark)
            to = to?.advanced(by: 1)
            from = from?.advanced(by: 1)
            (left, free) = (left - 1, free - 1)
        }
        return (input.count - left, output.count - free)
    }
}
