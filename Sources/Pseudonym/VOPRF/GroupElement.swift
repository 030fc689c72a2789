/// A point of ristretto255 as it travels: 32 bytes, canonical, not the identity. `Role` tells at
/// compile time which side's point it is; the bytes are the same.
public struct GroupElement<Role>: Hashable, Sendable {
    /// The length in bytes.
    public static var count: Int { 32 }

    let point: RistrettoPoint

    /// A point received (RFC 9497 §4.1, `DeserializeElement`).
    ///
    /// - Throws: `GroupError.length`, `.encoding` or `.identity`; the sender's fault.
    public init(bytes: some Collection<UInt8>) throws(GroupError) {
        guard let encoding = Bytes32(bytes) else { throw .length(expected: Self.count) }
        guard let point = RistrettoPoint(canonical: encoding) else { throw .encoding }
        guard !point.isIdentity else { throw .identity }
        self.point = point
    }

    /// A point computed here, which is the identity with no more than a chance of 2^-252.
    init(_ point: RistrettoPoint) {
        self.point = point
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { point.encoding.array }
}

/// The role of what an asker sends.
public enum Blinded {}

/// The role of what an answerer sends back.
public enum Evaluated {}

/// The role of a node's public key.
public enum KeyHolder {}

/// A subject hidden under a random factor of the asker, as it is sent for evaluation: 32 bytes.
public typealias BlindedElement = GroupElement<Blinded>

/// A blinded element multiplied by the answerer's secret key: 32 bytes.
public typealias EvaluatedElement = GroupElement<Evaluated>

/// The generator multiplied by a node's secret key, as the directory lists it: 32 bytes.
public typealias VOPRFPublicKey = GroupElement<KeyHolder>
