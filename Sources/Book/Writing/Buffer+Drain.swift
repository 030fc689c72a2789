import Foundation

extension [UInt8] {
    /// Writes all bytes to an open file and empties the buffer, which keeps its memory; the
    /// operating system's `errno` when that fails, nil when all is written.
    mutating func drain(to descriptor: Int32) -> Int32? {
        var written = 0
        while written < count {
            let step = self[written...].withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { return errno }
            written += step
        }
        removeAll(keepingCapacity: true)
        return nil
    }
}
