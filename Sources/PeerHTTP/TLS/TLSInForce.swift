import NIOSSL
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

    /// Puts other material in force. It is that of the same node; its roots count for what is dialled
    /// from now on, but not for who may connect, which takes a new start.
    public func replace(by material: TLSMaterial) {
        state.withLock { $0 = material }
    }

    /// As `TLSMaterial.serverConfiguration`, with the certificate that is in force at each handshake.
    var serverConfiguration: TLSConfiguration { reloading(current.serverConfiguration) }

    /// As `TLSMaterial.witnessServerConfiguration`, likewise.
    var witnessServerConfiguration: TLSConfiguration {
        reloading(current.witnessServerConfiguration)
    }

    private func reloading(_ fixed: TLSConfiguration) -> TLSConfiguration {
        var configuration = fixed
        configuration.sslContextCallback = { [self] _, promise in
            promise.succeed(current.shown)
        }
        return configuration
    }
}

extension TLSMaterial {
    /// The certificate and key for one handshake.
    fileprivate var shown: NIOSSLContextConfigurationOverride {
        var shown = NIOSSLContextConfigurationOverride()
        shown.certificateChain = chain.map { .certificate($0) }
        shown.privateKey = .privateKey(privateKey)
        return shown
    }
}
