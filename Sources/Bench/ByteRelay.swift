import Foundation
import Synchronization

/// Stands between clients and a server on loopback and counts all bytes that pass, both ways.
final class ByteRelay: Sendable {
    /// Where clients connect to.
    let port: Int
    private let listener: Int32
    private let passed = Mutex(0)

    /// How many bytes passed.
    var byteCount: Int { passed.withLock { $0 } }

    /// Listens on a free port; passes connections on to the server's.
    init(to server: Int) throws {
        (listener, port) = try Self.listen()
        Thread.detachNewThread { [listener, weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, let self else { return }
                self.connect(client, to: server)
            }
        }
    }

    /// Takes no more connections.
    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func connect(_ client: Int32, to server: Int) {
        let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.with(Self.address(server), { Glibc.connect(upstream, $0, $1) }) == 0 else {
            Glibc.close(client)
            return
        }
        for (source, sink) in [(client, upstream), (upstream, client)] {
            Thread.detachNewThread { self.pass(from: source, to: sink) }
        }
    }

    private func pass(from source: Int32, to sink: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            passed.withLock { $0 += count }
            var sent = 0
            while sent < count {
                let written = buffer.withUnsafeBytes {
                    write(sink, $0.baseAddress.map { $0 + sent }, count - sent)
                }
                guard written > 0 else { break }
                sent += written
            }
        }
        shutdown(sink, Int32(SHUT_WR))
    }

    private static func listen() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard with(address(0), { bind(descriptor, $0, $1) }) == 0,
            Glibc.listen(descriptor, 16) == 0
        else { throw BenchError.notServing }
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        guard status == 0 else { throw BenchError.notServing }
        return (descriptor, Int(UInt16(bigEndian: bound.sin_port)))
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with(
        _ address: sockaddr_in, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
