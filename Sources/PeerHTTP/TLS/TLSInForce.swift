import Synchronization

/// The TLS material that new connections of both sides use. Connections that are open live on with
/// what they began with (certs/PROFILE.md, "Renewal").
public final class TLSInForce: Sendable {
    private let state: Mutex<TLSMaterial>

    /// Begins with material that was read.
    public init(_ material: TLSMaterial) {
        state = Mutex(material)
    }

    /// What is in force.
    public var current: TLSMaterial { state.withLock { $0 } }

    /// Puts other material of the same node in force: certificate, key and roots, for what is dialled
    /// and for who connects from now on.
    public func replace(by material: TLSMaterial) {
        state.withLock { $0 = material }
    }
}
