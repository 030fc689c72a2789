import Foundation

/// What goes into a leaf certificate. The authority fills it as the profile says; the test PKI fills
/// it otherwise, to make the certificates that must be refused. Hence visible in the package, and not
/// outside of it.
package struct LeafTemplate: Sendable {
    package let commonName: String
    package var uris: [String]
    package let hosts: [EndpointHost]
    package var notBefore: Date
    package var notAfter: Date
    /// Whether the certificate is also for whoever dials.
    let isClient: Bool

    /// The leaf that the profile prescribes.
    package init(identity: NodeIdentity, hosts: [EndpointHost], notBefore: Date, notAfter: Date) {
        commonName = identity.node.text
        uris = [identity.spiffeURI]
        self.hosts = hosts
        self.notBefore = notBefore
        self.notAfter = notAfter
        isClient = true
    }

    /// The leaf of the authority's own service: it serves, and is nobody's identity.
    init(serviceAt hosts: [EndpointHost], notBefore: Date, notAfter: Date) {
        commonName = "authority"
        uris = []
        self.hosts = hosts
        self.notBefore = notBefore
        self.notAfter = notAfter
        isClient = false
    }
}
