/// How a restructured loan stands in its observation.
public enum Observation: String, Sendable {
    /// The observation runs.
    case running
    /// Something made it begin anew: a missed payment, a test of a non-performing class, or another
    /// restructuring, now or at the latest restart that is stated.
    case restarted
}
