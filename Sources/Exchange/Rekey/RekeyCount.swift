/// How far the subjects of a member have tokens under a key.
public struct RekeyCount: Sendable, Equatable {
    /// Subjects.
    public var subjects = 0
    /// Of them, those that had a token before.
    public var had = 0
    /// Those for which one was made.
    public var made = 0
    /// Those without one, of which nothing is sealed: they came before there was a rekey key.
    public var unsealed = 0
    /// Those without one, whose sealed identifier none of the private halves opens.
    public var unopened = 0
    /// Those without one that are in filters, so that the key cannot become current.
    public var lacking = 0

    /// None.
    public init() {}

    /// Both together.
    public static func + (one: RekeyCount, other: RekeyCount) -> RekeyCount {
        var sum = one
        sum.subjects += other.subjects
        sum.had += other.had
        sum.made += other.made
        sum.unsealed += other.unsealed
        sum.unopened += other.unopened
        sum.lacking += other.lacking
        return sum
    }
}
