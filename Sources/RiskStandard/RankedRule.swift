/// A rule in the form that classifies: the floor that it sets, and where its condition begins in
/// the program.
struct RankedRule: Sendable {
    let floor: Floor
    let start: Int
}
