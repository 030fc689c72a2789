/// Optional parts of the peer protocol that this version speaks. The directory lists those of each node
/// under `features`; nobody is asked for a part that its entry does not list.
public enum PeerFeature: String, Sendable, CaseIterable {
    /// The node tells an asker whether it reaches it: `GET /v1/reachability`.
    case reachability
}
