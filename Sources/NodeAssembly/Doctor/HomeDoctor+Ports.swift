import Foundation
import Membership

extension HomeDoctor {
    /// Whether the ports are as they must be: free for a node that does not run, else listened on.
    func ports(_ configuration: NodeConfiguration, isRunning: Bool) -> [HealthFinding] {
        let wanted = [
            ("listen.port", configuration.listenPort), ("localAPI.port", configuration.localPort),
            ("witness.port", configuration.witnessPort ?? 0),
        ].filter { $0.1 != 0 }
        return wanted.compactMap { key, port in
            let isOpen = Self.listens(onLoopback: UInt16(truncatingIfNeeded: port))
            guard isOpen != isRunning else { return nil }
            return HealthFinding(isRunning ? .portClosed : .portTaken, "\(key) \(port)")
        }
    }

    /// Whether anything takes a connection at a port of this machine.
    private static func listens(onLoopback port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Whether a host is an address, or a name that has one.
    static func hasAddress(_ host: EndpointHost) -> Bool {
        var found: UnsafeMutablePointer<addrinfo>?
        defer { if let found { freeaddrinfo(found) } }
        return getaddrinfo(host.description, nil, nil, &found) == 0
    }
}
