import AsyncHTTPClient
import Membership
import NIOSSL

/// A node's side of a renewal (RFC 7030 §4.2.2; protocol/enrolment.md): shows the present certificate
/// and gets the next one.
public struct RenewalClient: Sendable {
    private let service: Endpoint
    private let tls: TLSConfiguration

    /// Dials nothing yet.
    ///
    /// - Parameter service: where the authority's service is; it is under the consortium's roots.
    public init(_ service: Endpoint, showing material: TLSMaterial) {
        self.service = service
        tls = material.clientConfiguration
    }

    /// The certificate in DER; that it is this node's and of the request's key is checked.
    public func renew(_ request: CertificateRequest) async throws(EnrolmentFailure) -> [UInt8] {
        let client = EnrolmentClient.makeClient(tls)
        let body: [UInt8]
        do throws(EnrolmentFailure) {
            let wire = EnrolmentClient.Wire(client: client, base: service.description)
            body = try await wire.send(
                .POST, EnrolmentPath.renew.text,
                body: (MediaType.certificateRequest, EnrolmentBase64.text(request.der)),
                expecting: .ok
            ).body
        } catch {
            try? await client.shutdown()
            throw error
        }
        try? await client.shutdown()
        guard let bundle = EnrolmentBase64.bytes(body),
            let certificate = CertificateBundle.certificates(in: bundle)?
                .first(where: request.hasKey)
        else { throw .malformed }
        let identity = try? CertificateProfile.identity(
            fromDER: certificate, consortium: request.identity.consortium)
        guard identity == request.identity else { throw .untrusted }
        return certificate
    }
}
