import X509

/// The subject alternative names of a node's certificate, or of a request for one.
///
/// - Throws: ``ProfileError`` for names that no node's certificate may have.
struct SubjectNames {
    let identity: NodeIdentity
    let hosts: [EndpointHost]

    init(_ extensions: Certificate.Extensions) throws(ProfileError) {
        let names = try CertificateProfile.readable { try extensions.subjectAlternativeNames }
        var uris: [String] = []
        var hosts: [EndpointHost?] = []
        for name in names ?? SubjectAlternativeNames() {
            switch name {
            case .uniformResourceIdentifier(let uri): uris.append(uri)
            case .dnsName(let name): hosts.append(EndpointHost(dnsName: name))
            case .ipAddress(let octets):
                hosts.append(IPAddress(bytes: Array(octets.bytes)).map(EndpointHost.address))
            default: throw .foreignName
            }
        }
        guard let uri = uris.first else { throw .noIdentity }
        guard uris.count == 1 else { throw .severalIdentities }
        guard let identity = NodeIdentity(spiffeURI: uri) else { throw .identityFormat }
        let readableHosts = hosts.compactMap(\.self)
        guard (1...CertificateProfile.hostsMax).contains(hosts.count),
            readableHosts.count == hosts.count
        else { throw .hosts }
        self.identity = identity
        self.hosts = readableHosts
    }
}
